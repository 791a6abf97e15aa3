using System.Globalization;
using OrderHub.Sandbox.Living;
using OrderHub.Sandbox.Replaying;
using OrderHub.Sandbox.Trading;

namespace OrderHub.Sandbox;

/// <param name="Published">Rows that are visible on the platform.</param>
/// <param name="Finished">Every row is visible and nothing of it is left to happen but shipping.</param>
public sealed record ReplayProgress(int Published, int Total, bool Finished);

/// <summary>Where replayed orders are found.</summary>
public static class Replay
{
    /// <summary>The Taobao trade number of a row of the file.</summary>
    public static long TidOf(ReplayRow row) => 2_020_020_000_000_000_000 + row.OrderNo;
}

/// <summary>Real time at which the replay began, and how fast it runs; kept, so that a restart goes on instead of beginning again.</summary>
internal sealed record ReplayStart(DateTimeOffset At, double Speed, int Published)
{
    public DateTimeOffset Compressed(DateTimeOffset original, DateTimeOffset origin) => At + (original - origin) / Speed;
}

/// <summary>Publishes a file of real orders on Taobao, time-shifted to now and sped up. Orders get a plan for payment, closing and refunds; the rest is the market's.</summary>
internal sealed class ReplayPlayer
{
    private readonly IReadOnlyList<ReplayRow> _rows;
    private readonly Market _market;
    private readonly ReplayBasket _basket;
    private readonly ReplayStart _start;
    private int _published;

    public ReplayPlayer(IReadOnlyList<ReplayRow> rows, Market market, ReplayStart start)
    {
        (_rows, _market, _start) = (rows, market, start);
        _basket = new(market.Listings.Of(SandboxPlatform.Taobao));
        _published = start.Published;
    }

    public int Published => Volatile.Read(ref _published);

    public ReplayProgress Progress()
    {
        var published = Published;
        var finished = published == _rows.Count && !_rows.Any(row => _market.Orders.Find(SandboxPlatform.Taobao, No(row)) is { } order
            && order.Plan.Any(s => s.Act is PlannedAct.Pay or PlannedAct.Close or PlannedAct.RequestRefund or PlannedAct.CompleteRefund));
        return new(published, _rows.Count, finished);
    }

    public void PublishDue(DateTimeOffset now)
    {
        while (Published < _rows.Count && At(_rows[Published].CreatedAt) <= now)
        {
            var row = _rows[Published];
            _market.Orders.Add(Order(row, Published));
            Interlocked.Increment(ref _published);
        }
    }

    private DateTimeOffset At(DateTimeOffset original) => _start.Compressed(original, _rows[0].CreatedAt);

    private SandboxOrder Order(ReplayRow row, int index)
    {
        var person = new People(new Random((int)(StableHash.Of($"person/{row.OrderNo}") & 0x7fffffff)));
        return new SandboxOrder
        {
            Platform = SandboxPlatform.Taobao,
            No = No(row),
            Sequence = _market.Orders.NextSequence(),
            State = SandboxOrderState.Unpaid,
            CreatedAt = At(row.CreatedAt),
            Buyer = person.Buyer(),
            Receiver = person.ReceiverIn(row.Province),
            Lines = _basket.For(row),
            ReplayIndex = index,
            Plan = [.. Plan(row)],
        };
    }

    private IEnumerable<PlannedStep> Plan(ReplayRow row)
    {
        if (row.PaidAt is not { } paid)
        {
            yield return new(At(row.CreatedAt + ReplayRow.UnpaidLife), PlannedAct.Close);
            yield break;
        }
        yield return new(At(paid), PlannedAct.Pay);
        if (row.RefundAskedAt is not { } asked) yield break;
        yield return new(At(asked), PlannedAct.RequestRefund, row.RefundFen);
        yield return new(At(asked + ReplayRow.RefundDecision), PlannedAct.CompleteRefund);
    }

    private static string No(ReplayRow row) => Replay.TidOf(row).ToString(CultureInfo.InvariantCulture);
}
