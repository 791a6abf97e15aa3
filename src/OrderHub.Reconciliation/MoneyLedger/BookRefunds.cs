using OrderHub.AfterSales.Contracts;
using OrderHub.Platform.Data;
using OrderHub.Platform.Outbox;

namespace OrderHub.Reconciliation.MoneyLedger;

/// <summary>Money went back to a buyer: the refund, and the share of the commission that comes back with it.</summary>
internal sealed class BookRefunds : IConsume<RefundDone>
{
    public const string Consumer = "reconciliation.refunds";

    public async Task ConsumeAsync(HubTransaction tx, IReadOnlyList<RefundDone> events, CancellationToken ct)
    {
        await tx.LockLedgerAsync(ct);
        await tx.BookAsync([.. events.Select(done => new NewEntry(done.ShopId, MoneyKind.Refund, done.PlatformOrderNo, null,
            Document(done.ShopId, done.RefundNo), done.RefundedFen, done.DoneAt))], ct);
        await tx.ReverseFeesAsync([.. events.Select(e => (e.ShopId, e.PlatformOrderNo))], ct);
    }

    public static string Document(int shopId, string refundNo) => $"refund:{shopId}:{refundNo}";
}
