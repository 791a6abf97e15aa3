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
    public static Error StillUnmapped(long orderId, string lines) => new("orders.sku_unmapped", "订单 {0} 还有商品没有对应 SKU：{1}。请先在商品行上对应 SKU。", ErrorKind.Conflict, OrderNo.From(orderId), lines);
    public static Error UnknownSku(string code) => new("orders.unknown_sku", "没有编码或条码为 {0} 的 SKU，请核对。", ErrorKind.Invalid, code);
    public static Error NothingToMap(long orderId, int lineNo) => new("orders.nothing_to_map", "订单 {0} 第 {1} 行已有对应 SKU，或没有这一行。", ErrorKind.Conflict, OrderNo.From(orderId), lineNo);
    public static Error NotInReview(long orderId, OrderState state) => new("orders.not_in_review", "订单 {0} 现在是「{1}」，只有待审核的订单可以对应 SKU。", ErrorKind.Conflict, OrderNo.From(orderId), state.Chinese());
    public static Error CannotBeWaived(long orderId, string reason) => new("orders.review_blocked", "订单 {0} 不能直接放行：{1}。请在平台上更正后重新拉取，或取消。", ErrorKind.Conflict, OrderNo.From(orderId), reason);
    public static Error BadFilter(string name, string value) => new("orders.bad_filter", "筛选条件 {0} 的值「{1}」无法识别。", ErrorKind.Invalid, name, value);
    public static readonly Error ReasonMissing = new("orders.reason_missing", "请填写原因。", ErrorKind.Invalid);
}
