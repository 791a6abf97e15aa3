using OrderHub.Allocation.Contracts;
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
    public static Error NotRoutable(long orderId) => new("orders.not_routable", "订单 {0} 现在不能改仓：只有已分仓或缺货的订单可以；已打包的请先拆包。", ErrorKind.Conflict, OrderNo.From(orderId));
    public static Error NotEnoughThere(string warehouse, string sku, int wanted, int free) => new("orders.not_enough_there", "{0} 的 SKU {1} 要 {2} 件，只有 {3} 件可用。请换一个仓库。", ErrorKind.Conflict, warehouse, sku, wanted, free);
    public static Error CourierNotTaken(string courier, string shop) => new("orders.courier_not_taken", "{1} 的平台不支持 {0}，请换一家快递。", ErrorKind.Conflict, courier, shop);
    public static Error PlanImpossible(SplitKind kind, string reason) => new("orders.plan_impossible", "不能{0}：{1}。", ErrorKind.Conflict, kind.Chinese(), reason);
    public static Error MayNotBeSplit(long orderId) => new("orders.may_not_be_split", "平台要求订单 {0} 整单发货，不能拆单。", ErrorKind.Conflict, OrderNo.From(orderId));
    public static Error NothingToSplit(SplitKind kind) => new("orders.nothing_to_split", "这个订单{0}也只有一个包裹，不需要拆。", ErrorKind.Conflict, kind.Chinese());
    public static Error CourierDoesNotGo(string courier, string warehouse, string province) => new("orders.courier_does_not_go", "{0} 现在不从{1}发往{2}：没有运费价格或正在停发，请换一家快递。", ErrorKind.Conflict, courier, warehouse, province);
    public static readonly Error WarehouseClosed = new("orders.warehouse_closed", "请选择一个在用的仓库。", ErrorKind.Invalid);
    public static readonly Error CourierClosed = new("orders.courier_closed", "请选择一家在用的快递。", ErrorKind.Invalid);
    public static readonly Error NoBuyerKey = new("orders.no_buyer_key", "平台没有给出这位买家的标识，不能设为 VIP。", ErrorKind.Conflict);
    public static Error NotWaiting(long orderId) => new("orders.not_waiting", "订单 {0} 已经不在等货。", ErrorKind.Conflict, OrderNo.From(orderId));
    public static Error UnknownShop(string code) => new("orders.unknown_shop", "没有编码为 {0} 的店铺，请核对。", ErrorKind.Invalid, code);
    public static readonly Error LockRuleForNothing = new("orders.lock_rule_for_nothing", "请至少填写店铺、SKU、活动中的一项。", ErrorKind.Invalid);
    public static readonly Error LockRuleTwice = new("orders.lock_rule_twice", "已有一条条件相同的规则，请改那一条。", ErrorKind.Conflict);
    public static readonly Error LockRuleGone = new("orders.lock_rule_gone", "这条规则已被删除，请刷新。", ErrorKind.NotFound);
    public static readonly Error BadHoldTime = new("orders.bad_hold_time", "未付款保留时间须在 1 分钟到 180 天之间。", ErrorKind.Invalid);
    public static readonly Error ReasonMissing = new("orders.reason_missing", "请填写原因。", ErrorKind.Invalid);
}
