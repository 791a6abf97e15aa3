using System.Globalization;
using OrderHub.AfterSales.Contracts;
using OrderHub.Orders.Contracts;
using OrderHub.Platform.Actions;
using OrderHub.Platform.Audit;
using OrderHub.Platform.Data;
using OrderHub.Platform.Outbox;
using OrderHub.Platform.Units;
using OrderHub.Reconciliation.Contracts;
using OrderHub.Reconciliation.MoneyLedger;

namespace OrderHub.Reconciliation.Settlements;

/// <summary>See <see cref="IDailySettlement"/>.</summary>
internal sealed class SettleDay(HubDatabase database, OutboxBacklog backlog, IOrderReports orders, CurrentActor current, AuditTrail audit, TimeProvider clock) : IDailySettlement
{
    /// <summary>How long a run waits for the outbox to deliver what the day still lacks.</summary>
    internal TimeSpan Patience { get; set; } = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(250);

    public async Task<SettlementReport> SettleAsync(DateOnly day, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        if (ShopTime.StartOf(day) > now) return new(day, SettlementStatus.NotYet, 0, false, [], ReconciliationErrors.DayNotBegun);
        if (await StillAwaitedAsync(day, ct) is var awaited and > 0)
            return new(day, SettlementStatus.Waiting, 0, false, [], ReconciliationErrors.StillAwaited(awaited));
        var end = ShopTime.StartOf(day.AddDays(1));
        var unsigned = await orders.ShippedNotSignedAsync(now < end ? now : end, ct);
        return await database.RunAsync(tx => WriteAsync(tx, day, unsigned, now, ct), ct);
    }

    /// <summary>Also earlier days' news: a payment that comes late moves the commission of a refund of this day.</summary>
    private async Task<int> StillAwaitedAsync(DateOnly day, CancellationToken ct)
    {
        for (var waited = TimeSpan.Zero; ; waited += Step)
        {
            var payments = await backlog.PendingAsync<OrderPaid>(BookPayments.Consumer, ct);
            var refunds = await backlog.PendingAsync<RefundDone>(BookRefunds.Consumer, ct);
            var awaited = payments.Count(p => ShopTime.BusinessDay(p.PaidAt) <= day) + refunds.Count(r => ShopTime.BusinessDay(r.DoneAt) <= day);
            if (awaited == 0 || waited >= Patience) return awaited;
            await Task.Delay(Step, ct);
        }
    }

    private async Task<SettlementReport> WriteAsync(HubTransaction tx, DateOnly day, IReadOnlyList<ShippedOrderRow> unsigned, DateTimeOffset now, CancellationToken ct)
    {
        await tx.LockLedgerAsync(ct);
        var (money, lastEntry) = await tx.LedgerOfAsync(day, ct);
        var before = await tx.NewestAsync(day, ct);
        if (before is not null && SameMoney(before.Lines, money) && (!before.Provisional || await SameShipmentsAsync(tx, before, unsigned, ct)))
        {
            if (before.Provisional) await tx.ConfirmAsync(before.Id, now, ct);
            var confirmed = before.Provisional ? before with { ConfirmedAt = now } : before;
            return new(day, SettlementStatus.Unchanged, confirmed.Revision, confirmed.Provisional, confirmed.Lines);
        }
        var settled = new SettledDay(0, day, (before?.Revision ?? 0) + 1, now, current.Actor.Name, now, lastEntry, WithShipments(money, unsigned));
        await tx.WriteAsync(settled, unsigned, ct);
        await audit.WriteAsync(tx, current.Actor, "reconciliation.settle", day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), null,
            before is null ? null : new { before.Revision, before.Total }, new { settled.Revision, settled.Total }, ct);
        return new(day, SettlementStatus.Settled, settled.Revision, settled.Provisional, settled.Lines);
    }

    private static bool SameMoney(IReadOnlyList<SettlementLine> settled, IReadOnlyList<SettlementLine> ledger) =>
        settled.Select(l => l with { ShippedNotSigned = 0 }).Where(l => l != Empty(l.ShopId)).SequenceEqual(ledger.Where(l => l != Empty(l.ShopId)));

    private static async Task<bool> SameShipmentsAsync(HubTransaction tx, SettledDay settled, IReadOnlyList<ShippedOrderRow> unsigned, CancellationToken ct) =>
        (await tx.UnsignedOrdersAsync(settled.Id, ct)).SequenceEqual(unsigned.Select(u => u.OrderId).Order());

    internal static IReadOnlyList<SettlementLine> WithShipments(IReadOnlyList<SettlementLine> money, IReadOnlyList<ShippedOrderRow> unsigned)
    {
        var counts = unsigned.CountBy(u => u.ShopId).ToDictionary();
        return [.. money.UnionBy(counts.Keys.Select(Empty), l => l.ShopId).OrderBy(l => l.ShopId).Select(l => l with { ShippedNotSigned = counts.GetValueOrDefault(l.ShopId) })];
    }

    private static SettlementLine Empty(int shopId) => new(shopId, 0, 0, 0, 0, 0, 0);
}
