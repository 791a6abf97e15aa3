using OrderHub.Catalog.Contracts;
using OrderHub.Orders.Contracts;
using OrderHub.Platform.Data;
using OrderHub.Platform.Outbox;

namespace OrderHub.Reconciliation.MoneyLedger;

/// <summary>The buyer's money arrived: receivable, and the platform's commission accrued on the same day.</summary>
internal sealed class BookPayments(ICatalog catalog) : IConsume<OrderPaid>
{
    public const string Consumer = "reconciliation.payments";

    public async Task ConsumeAsync(HubTransaction tx, IReadOnlyList<OrderPaid> events, CancellationToken ct)
    {
        var shops = await catalog.CurrentAsync(ct);
        await tx.LockLedgerAsync(ct);
        await tx.BookAsync([.. events.SelectMany(paid => Entries(paid, RateOf(shops, paid.ShopId)))], ct);
        await tx.ReverseFeesAsync([.. events.Select(e => (e.ShopId, e.PlatformOrderNo))], ct);
    }

    private static int RateOf(CatalogSnapshot shops, int shopId) => shops.Shop(shopId)?.PlatformFeeBasisPoints
        ?? throw new InvalidOperationException($"Shop {shopId} is not in the catalogue: its commission is unknown.");

    private static IEnumerable<NewEntry> Entries(OrderPaid paid, int rate) =>
    [
        new(paid.ShopId, MoneyKind.Receivable, paid.PlatformOrderNo, paid.OrderId, $"order:{paid.OrderId}", paid.PaidFen, paid.PaidAt),
        new(paid.ShopId, MoneyKind.Fee, paid.PlatformOrderNo, paid.OrderId, $"fee:{paid.OrderId}", PlatformFee.On(paid.PaidFen, rate), paid.PaidAt, rate),
    ];
}
