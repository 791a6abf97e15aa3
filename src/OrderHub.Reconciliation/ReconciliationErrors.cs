using OrderHub.Platform.Results;

namespace OrderHub.Reconciliation;

internal static class ReconciliationErrors
{
    public static readonly Error DayNotBegun = new("reconciliation.day_not_begun", "这一天还没有开始，不能结算。", ErrorKind.Invalid);
    public static readonly Error NotSettled = new("reconciliation.not_settled", "这一天还没有结算。", ErrorKind.NotFound);
    public static readonly Error MayNotSettle = new("reconciliation.may_not_settle", "只有财务和管理员可以结算。", ErrorKind.Forbidden);

    public static Error StillAwaited(int entries) => new(
        "reconciliation.still_awaited", "还有 {0} 笔收款或退款没有记入账本，请稍后再结算。", ErrorKind.Conflict, entries);
}
