using Microsoft.Extensions.DependencyInjection;
using OrderHub.AfterSales.Contracts;
using OrderHub.Orders.Contracts;
using OrderHub.Platform.Accounts;
using OrderHub.Platform.Data;
using OrderHub.PostgresTests.Infrastructure;
using OrderHub.Reconciliation.Contracts;

namespace OrderHub.PostgresTests.Reconciliation;

/// <summary>What the tests of after-sales and reconciliation do as the business does it.</summary>
internal static class Finance
{
    private static int _refunds;

    /// <summary>A refund of an order; change it with <c>with</c>.</summary>
    public static IncomingRefund Refund(IncomingOrder order, RefundStatus status, long fen, DateTimeOffset? at = null)
    {
        var modified = at ?? order.PaidAt!.Value.AddHours(1);
        return new(order.ShopId, $"RF{Interlocked.Increment(ref _refunds)}", 1, order.PlatformOrderNo, null, RefundKind.RefundOnly, status,
            fen, status == RefundStatus.Done ? fen : 0, "不想要了", modified, modified);
    }

    public static Task AcceptAsync(this TestHub hub, params IReadOnlyList<IncomingRefund> refunds) => hub.InScopeAsync<IRefundIntake, bool>(async intake =>
    {
        await hub.Database.RunAsync(tx => intake.AcceptAsync(tx, refunds, default), default);
        return true;
    });

    public static Task<SettlementReport> SettleAsync(this TestHub hub, DateOnly day) => hub.InScopeAsync<IDailySettlement, SettlementReport>(settlement => settlement.SettleAsync(day, default));

    public static async Task MoveAsync(this TestHub hub, long orderId, params OrderTrigger[] triggers)
    {
        foreach (var trigger in triggers)
            (await hub.InScopeAsync<IOrderFlow, Platform.Results.Result>(flow =>
                hub.Database.RunAsync(tx => flow.MoveAsync(tx, orderId, trigger, Actor.System, null, default), default))).Error.ShouldBeNull();
    }

    /// <summary>Ledger entries of an order, by kind number and amount.</summary>
    public static Task<List<(short Kind, long Fen)>> LedgerOfAsync(this TestHub hub, IncomingOrder order) => hub.Database.QueryAsync(
        "select kind, amount_fen from reconciliation_money_entries where shop_id = $1 and platform_order_no = $2 order by kind, id",
        r => (r.GetInt16(0), r.GetInt64(1)), default, order.ShopId, order.PlatformOrderNo);

    /// <summary>The order, its money on a day of the test's own.</summary>
    public static IncomingOrder PaidOn(this IncomingOrder order, DateOnly day) =>
        order with { CreatedAt = Platform.Units.ShopTime.StartOf(day).AddHours(9), PaidAt = Platform.Units.ShopTime.StartOf(day).AddHours(10) };
}
