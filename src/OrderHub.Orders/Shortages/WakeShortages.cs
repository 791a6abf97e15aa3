using OrderHub.Inventory.Contracts;
using OrderHub.Platform.Data;
using OrderHub.Platform.Outbox;

namespace OrderHub.Orders.Shortages;

/// <summary>Stock came in or came free: whoever waits for just these SKUs tries again at once.</summary>
internal sealed class WakeShortages(ServeShortages serving) : IConsume<StockChanged>
{
    public const string Consumer = "orders.wake-shortages";

    /// <summary>Where stock was only taken nobody who waits finds anything new.</summary>
    public static bool Wants(StockChanged changed) => !changed.OnlyTaken;

    public async Task ConsumeAsync(HubTransaction tx, IReadOnlyList<StockChanged> events, CancellationToken ct)
    {
        int[] skus = [.. events.SelectMany(e => e.SkuIds).Distinct().Order()];
        var tried = new HashSet<long>();
        while ((await serving.ServeAsync(tx, skus, tried, ct)).Tried == ServeShortages.Most) { }
    }
}
