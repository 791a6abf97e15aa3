using OrderHub.Channels.Imports.Rows;
using OrderHub.Orders.Contracts;

namespace OrderHub.Channels.Imports.Runs;

/// <summary>What became of a batch, and what there is to say about its rows.</summary>
internal sealed record Tally
{
    private const string ReasonSign = "；", GoodsUnknown = "有商品没有对应 SKU";
    public int Added { get; init; }
    public int Changed { get; init; }
    public int Unchanged { get; init; }
    public int Stale { get; init; }
    public int Refused { get; init; }
    public int ToReview { get; init; }
    public int Short { get; init; }
    public IReadOnlyList<RowFinding> Findings { get; init; } = [];

    /// <param name="readable">Those of <paramref name="all"/> that were handed to acceptance; <paramref name="answers"/> in the same sequence.</param>
    /// <param name="known">Orders that were here before, by their platform number.</param>
    public static Tally Of(IReadOnlyList<ReadOrder> all, IReadOnlyList<ReadOrder> readable, IReadOnlyList<IntakeAnswer> answers, IReadOnlyDictionary<string, long> known)
    {
        var accepted = readable.Zip(answers).Where(x => x.Second.Outcome == IntakeOutcome.Accepted).ToList();
        return new()
        {
            Added = accepted.Count(x => !known.ContainsKey(x.First.OrderNo)), Changed = accepted.Count(x => known.ContainsKey(x.First.OrderNo)),
            Unchanged = answers.Count(a => a.Outcome == IntakeOutcome.Unchanged), Stale = answers.Count(a => a.Outcome == IntakeOutcome.Stale), Refused = all.Count - readable.Count,
            ToReview = accepted.Count(x => x.Second.State == OrderState.Review), Short = accepted.Count(x => x.Second.State == OrderState.Shortage),
            Findings = [.. all.Where(o => o.Order is null).SelectMany(o => o.Findings), .. accepted.SelectMany(x => Remarks(x.First, x.Second))],
        };
    }

    /// <summary>Only what took effect is worth a remark; nobody needs to hear the same about an order that is here already.</summary>
    private static IEnumerable<RowFinding> Remarks(ReadOrder read, IntakeAnswer answer)
    {
        var saysNoGoods = read.Findings.Any(f => f.Error.Code == RowErrors.NoGoods.Code);
        var reasons = answer is { State: OrderState.Review, Reason: { } reason } ? reason.Split(ReasonSign) : [];
        return read.Findings.Concat(reasons.Where(r => !(saysNoGoods && r == GoodsUnknown)).Select(r => new RowFinding(read.FirstRow, read.OrderNo, RowErrors.Review(r))));
    }
}
