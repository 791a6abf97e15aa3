using OrderHub.Allocation.Contracts;
using OrderHub.Channels.Imports.Rows;
using OrderHub.Orders.Contracts;
using OrderHub.Platform.Units;

namespace OrderHub.Channels.DualRun;

/// <param name="Theirs">As their file says it; empty where it says nothing.</param>
/// <param name="Ours">A localizer key, a name or yuan.</param>
internal sealed record FoundDifference(DifferenceKind Kind, string OrderNo, long? OrderId, string Theirs, string Ours);

/// <summary>Compares by what matters to the buyer: a state counts as the same when it means the same step, however either side calls it. Pure.</summary>
internal static class Differences
{
    private enum Step { Unpaid, ToShip, PartShipped, Shipped, Received, Over }

    /// <param name="ours">The day's orders, and those of other days that the file names.</param>
    public static IEnumerable<FoundDifference> Between(IReadOnlyList<TheirResult> theirs, IReadOnlyDictionary<string, OrderResult> ours, DateTimeOffset from, DateTimeOffset until, FulfilmentNetwork network)
    {
        foreach (var their in theirs)
        {
            if (!ours.TryGetValue(their.OrderNo, out var our)) yield return new(DifferenceKind.MissingHere, their.OrderNo, null, Summary(their), "");
            else
                foreach (var difference in Of(their, our, network)) yield return difference;
        }
        var named = theirs.Select(t => t.OrderNo).ToHashSet(StringComparer.Ordinal);
        foreach (var our in ours.Values.Where(o => o.CreatedAt >= from && o.CreatedAt < until && !named.Contains(o.PlatformOrderNo)).OrderBy(o => o.CreatedAt).ThenBy(o => o.OrderId))
            yield return new(DifferenceKind.MissingThere, our.PlatformOrderNo, our.OrderId, "", our.State.Chinese());
    }

    private static IEnumerable<FoundDifference> Of(TheirResult their, OrderResult our, FulfilmentNetwork network)
    {
        var warehouse = network.Warehouse(our.WarehouseId);
        if (their.Warehouse is { } name && !IsNamed(warehouse, name)) yield return new(DifferenceKind.Warehouse, their.OrderNo, our.OrderId, name, warehouse?.Name ?? "");
        if (their.Status is { Length: > 0 } status && StepOf(status) != StepOf(our.State)) yield return new(DifferenceKind.Status, their.OrderNo, our.OrderId, status, our.State.Chinese());
        if (their.AmountFen is { } amount && amount != our.PayFen) yield return new(DifferenceKind.Amount, their.OrderNo, our.OrderId, Money.ToYuan(amount), Money.ToYuan(our.PayFen));
    }

    private static bool IsNamed(Warehouse? warehouse, string name) => warehouse is null ? name.Length == 0
        : name.Equals(warehouse.Code, StringComparison.OrdinalIgnoreCase) || Plain(name) == Plain(warehouse.Name);

    /// <summary>苏州仓, 苏州仓库 and 苏州 are one place.</summary>
    private static string Plain(string name)
    {
        name = name.Replace(" ", "", StringComparison.Ordinal);
        return name.EndsWith("仓库", StringComparison.Ordinal) ? name[..^2] : name.EndsWith('仓') ? name[..^1] : name;
    }

    private static Step? StepOf(string word) => StatusWords.Parse(word, wasPaid: true)?.Status switch
    {
        null => null,
        PlatformStatus.Unpaid => Step.Unpaid,
        PlatformStatus.Paid => Step.ToShip,
        PlatformStatus.PartShipped => Step.PartShipped,
        PlatformStatus.Shipped => Step.Shipped,
        PlatformStatus.Received => Step.Received,
        _ => Step.Over,
    };

    private static Step StepOf(OrderState state) => state switch
    {
        OrderState.PendingPayment => Step.Unpaid,
        OrderState.Shipped => Step.Shipped,
        OrderState.Signed or OrderState.Completed => Step.Received,
        OrderState.Cancelled or OrderState.Returned => Step.Over,
        _ => Step.ToShip,
    };

    private static string Summary(TheirResult their) =>
        string.Join(" · ", new[] { their.Status, their.Warehouse, their.AmountFen is { } fen ? Money.ToYuan(fen) : null }.Where(p => !string.IsNullOrEmpty(p)));
}
