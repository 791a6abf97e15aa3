using OrderHub.Orders.Contracts;
using OrderHub.Orders.States;
using OrderHub.Platform.Results;
using OrderHub.Platform.Units;

namespace OrderHub.Orders;

internal static class OrdersErrors
{
    public static Error NotFound(object order) => new("orders.not_found", "没有订单 {0}，请核对单号。", ErrorKind.NotFound, order);
    public static Error IllegalMove(long orderId, OrderState state, OrderTrigger trigger) =>
        new("orders.illegal_move", "订单 {0} 现在是「{1}」，不能{2}。", ErrorKind.Conflict, OrderNo.From(orderId), state.Chinese(), trigger.Chinese());
    public static Error Held(long orderId, string reason) => new("orders.held", "订单 {0} 已被拦下：{1}。处理后再继续。", ErrorKind.Conflict, OrderNo.From(orderId), reason);
    public static Error StillUnmapped(long orderId, string lines) => new("orders.sku_unmapped", "订单 {0} 还有商品没有对应 SKU：{1}。先在商品资料里建立对应。", ErrorKind.Conflict, OrderNo.From(orderId), lines);
    public static Error CannotBeWaived(long orderId, string reason) => new("orders.review_blocked", "订单 {0} 不能直接放行：{1}。请在平台上更正后重新拉取，或取消。", ErrorKind.Conflict, OrderNo.From(orderId), reason);
    public static Error BadFilter(string name, string value) => new("orders.bad_filter", "筛选条件 {0} 的值「{1}」无法识别。", ErrorKind.Invalid, name, value);
    public static readonly Error ReasonMissing = new("orders.reason_missing", "请填写原因。", ErrorKind.Invalid);
}
