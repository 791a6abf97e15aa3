using OrderHub.Platform.Results;

namespace OrderHub.Warehousing;

/// <summary>What the warehouse refuses, and what to do about it.</summary>
internal static class WarehousingErrors
{
    public static readonly Error NothingToPick = new("warehousing.nothing_to_pick", "没有待拣货的任务。", ErrorKind.NotFound);
    public static readonly Error OtherWarehouse = new("warehousing.other_warehouse", "这是别的仓库的任务，请回到自己的仓库。", ErrorKind.Forbidden);
    public static readonly Error OrderGone = new("warehousing.order_gone", "找不到这个订单，请把货放回货架并告知主管。", ErrorKind.NotFound);

    public static readonly Error NoLabel = new("warehousing.no_label", "没有这张面单：包裹不在本仓，或面单已作废。", ErrorKind.NotFound);

    public static Error NoTask(string orderNo) => new("warehousing.no_task", "本仓没有订单 {0} 的任务，请核对单号。", ErrorKind.NotFound, orderNo);
    public static Error TaskClosed(string orderNo) => new("warehousing.task_closed", "订单 {0} 的任务已结束，请取下一个任务。", ErrorKind.Conflict, orderNo);
    public static Error TakenBy(string orderNo, string who) => new("warehousing.taken", "订单 {0} 已被 {1} 领取，请取下一个任务。", ErrorKind.Conflict, orderNo, who);

    public static Error OrderHeld(string orderNo, string reason) => new("warehousing.order_held", "停止：订单 {0} 已暂停（{1}），请把货放到问题区。", ErrorKind.Conflict, orderNo, reason);
    public static Error OrderNotAllocated(string orderNo, string state) => new("warehousing.order_not_allocated", "停止：订单 {0} 现在是“{1}”，请把货放回货架。", ErrorKind.Conflict, orderNo, state);
    public static Error OrderNotPacked(string orderNo, string state) => new("warehousing.order_not_packed", "停止：订单 {0} 现在是“{1}”，不能交给快递。", ErrorKind.Conflict, orderNo, state);
    public static Error ReceiversDiffer(string orderNo) => new("warehousing.receivers_differ", "停止：订单 {0} 的合单里有收货人改了，合单即将拆开，请把货放回货架，稍后再领。", ErrorKind.Conflict, orderNo);
    public static Error ReceiverChanged(string orderNo) => new("warehousing.receiver_changed", "订单 {0} 的收货人刚刚改了，原面单已作废，请重新打单。", ErrorKind.Conflict, orderNo);

    public static Error UnknownCode(string code) => new("warehousing.unknown_code", "不认识的条码 {0}，请重扫或改用商品编码。", ErrorKind.Invalid, code);
    public static Error IsKit(string name) => new("warehousing.scan_parts", "{0} 是套装，请逐件扫描里面的商品。", ErrorKind.Invalid, name);
    public static Error WrongItem(string scanned, string expected) => new("warehousing.wrong_item", "拿错了：扫到 {0}，需要 {1}。", ErrorKind.Conflict, scanned, expected);
    public static Error TooMany(string name, int quantity) => new("warehousing.too_many", "多拿了：{0} 只要 {1} 件，请放回多出的。", ErrorKind.Conflict, name, quantity);

    public static Error NotAllScanned(string orderNo, int left) => new("warehousing.not_all_scanned", "订单 {0} 还差 {1} 件没扫。", ErrorKind.Conflict, orderNo, left);
    public static Error NoCourier(string orderNo) => new("warehousing.no_courier", "订单 {0} 没有可打单的快递公司，请主管指定快递。", ErrorKind.Conflict, orderNo);
    public static Error WaybillRefused(string message) => new("warehousing.waybill_refused", "快递没有给出面单：{0}。货放一边，稍后再打。", ErrorKind.Unavailable, message);
    public static Error WaybillTaken(string waybillNo) => new("warehousing.waybill_taken", "面单号 {0} 已用在别的订单上，请联系快递网点。", ErrorKind.Conflict, waybillNo);

    public static Error MergeCount(int most) => new("warehousing.merge_count", "请选 2 到 {0} 个订单合单。", ErrorKind.Invalid, most);
    public static Error CannotMerge(string orderNo, string why) => new("warehousing.cannot_merge", "订单 {0} 不能合单：{1}。", ErrorKind.Conflict, orderNo, why);
    public static Error NotMerged(string orderNo) => new("warehousing.not_merged", "订单 {0} 没有合单，或包裹已打包；已打包的请先拆包。", ErrorKind.Conflict, orderNo);
    public static readonly Error BadBuffer = new("warehousing.bad_buffer", "等待时间须在 0 到 1440 分钟之间。", ErrorKind.Invalid);

    public static Error NotPackedYet(string orderNo) => new("warehousing.not_packed", "订单 {0} 没有可拆的包裹：还没打包，或已交给快递。", ErrorKind.Conflict, orderNo);
    public static Error NoParcel(string waybillNo) => new("warehousing.no_parcel", "本仓没有待交接的包裹 {0}，请核对面单。", ErrorKind.NotFound, waybillNo);
}
