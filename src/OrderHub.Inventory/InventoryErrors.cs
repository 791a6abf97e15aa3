using OrderHub.Platform.Results;

namespace OrderHub.Inventory;

internal static class InventoryErrors
{
    public static readonly Error NothingToAdjust = new("inventory.nothing_to_adjust", "调整数量不能为 0。", ErrorKind.Invalid);
    public static readonly Error ReasonMissing = new("inventory.reason_missing", "请填写调整原因。", ErrorKind.Invalid);
    public static readonly Error KeyInvalid = new("inventory.key_invalid", "缺少幂等键，或长度超过 100。", ErrorKind.Invalid);
    public static Error SkuUnknown(object sku) => new("inventory.sku_unknown", "没有 SKU {0}，请先在商品资料中建立。", ErrorKind.NotFound, sku);
    public static Error WarehouseUnknown(object warehouse) => new("inventory.warehouse_unknown", "没有仓库 {0}。", ErrorKind.NotFound, warehouse);
    public static readonly Error RuleNegative = new("inventory.rule_negative", "安全库存和归零线不能是负数。", ErrorKind.Invalid);
    public static readonly Error OtherWarehouse = new("inventory.other_warehouse", "你只能调整自己仓库的库存，请让对方仓库的同事处理。", ErrorKind.Forbidden);
    public static Error KitHasNoStock(string sku) => new("inventory.kit_has_no_stock", "{0} 是组合装，库存在它的组成 SKU 上，请调整组成 SKU。", ErrorKind.Invalid, sku);
    public static Error KeyUsedOtherwise(string key) => new("inventory.key_used", "幂等键 {0} 已用于另一笔调整，请换一个。", ErrorKind.Conflict, key);
    public static Error NotEnoughStock(string sku, int wanted, int free) => new("inventory.not_enough_stock", "SKU {0} 要减 {1} 件，可用只有 {2} 件；先释放占用或减少数量。", ErrorKind.Conflict, sku, wanted, free);
    public static Error BucketTooSmall(string sku, string bucket, int wanted, int there) => new("inventory.bucket_too_small", "SKU {0} 的{1}要减 {2} 件，只有 {3} 件。", ErrorKind.Conflict, sku, bucket, wanted, there);

    public static readonly Error NoLines = new("inventory.no_lines", "单据至少要有一行 SKU 和数量。", ErrorKind.Invalid);
    public static readonly Error SameWarehouse = new("inventory.same_warehouse", "调出仓和调入仓不能是同一个仓。", ErrorKind.Invalid);
    public static readonly Error FromWarehouseMissing = new("inventory.from_warehouse_missing", "请选择调出仓。", ErrorKind.Invalid);
    public static Error BatchNoTooLong(string sku) => new("inventory.batch_no_too_long", "SKU {0} 的批号超过 60 个字。", ErrorKind.Invalid, sku);
    public static Error QuantityNotPositive(string sku) => new("inventory.quantity_not_positive", "SKU {0} 的件数要大于 0。", ErrorKind.Invalid, sku);
    public static Error LineTwice(string sku) => new("inventory.line_twice", "SKU {0} 出现了两次，请合并成一行。", ErrorKind.Invalid, sku);
    public static Error DocumentUnknown(string no) => new("inventory.document_unknown", "没有单据 {0}。", ErrorKind.NotFound, no);
    public static Error DocumentClosed(string no) => new("inventory.document_closed", "单据 {0} 已经结束，不能再改。", ErrorKind.Conflict, no);
    public static Error NothingToDecide(string no) => new("inventory.nothing_to_decide", "单据 {0} 不在等待审批。", ErrorKind.Conflict, no);
    public static readonly Error OwnDocument = new("inventory.own_document", "自己提交的单据要由另一位同事审批。", ErrorKind.Forbidden);
    public static Error WrongStep(string no) => new("inventory.wrong_step", "单据 {0} 现在不能做这一步，请刷新后再看。", ErrorKind.Conflict, no);
    public static Error LineUnknown(string no) => new("inventory.line_unknown", "单据 {0} 里没有这一行。", ErrorKind.Invalid, no);
    public static readonly Error NothingArrived = new("inventory.nothing_arrived", "请填写实收件数，或选择“收完结单”。", ErrorKind.Invalid);
    public static readonly Error NegativeArrival = new("inventory.negative_arrival", "实收件数不能是负数。", ErrorKind.Invalid);
    public static Error PartlyArrived(string no) => new("inventory.partly_arrived", "单据 {0} 已经收过货，不能取消，请收完结单。", ErrorKind.Conflict, no);
    public static Error NotCounted(string no, int lines) => new("inventory.not_counted", "盘点单 {0} 还有 {1} 个 SKU 没有点数。", ErrorKind.Conflict, no, lines);
    public static readonly Error CountedInFuture = new("inventory.counted_in_future", "点数时间不能在将来，也不能早于建单。", ErrorKind.Invalid);
    public static readonly Error KitNeedsBothSides = new("inventory.kit_needs_both_sides", "组装单既要有领用（负数）也要有产出（正数）。", ErrorKind.Invalid);
    public static readonly Error NegativeCount = new("inventory.negative_count", "点数不能是负数。", ErrorKind.Invalid);
    public static readonly Error SettingNegative = new("inventory.setting_negative", "免审件数和预警天数不能是负数。", ErrorKind.Invalid);
    public static Error AdjustmentTurnedDown(string no) => new("inventory.adjustment_turned_down", "调整单 {0} 已被驳回或取消，库存没有改变；要再调整请换一个幂等键。", ErrorKind.Conflict, no);
    public static readonly Error QuotaPeriod = new("inventory.quota_period", "结束时间要晚于开始时间，也要晚于现在。", ErrorKind.Invalid);
    public static readonly Error QuotaEnded = new("inventory.quota_ended", "这份专享已经结束。", ErrorKind.Conflict);
    public static Error ShopUnknown(string shop) => new("inventory.shop_unknown", "没有店铺 {0}。", ErrorKind.NotFound, shop);
    public static Error NotEnoughShared(string sku, int wanted, int shared) => new("inventory.not_enough_shared", "SKU {0} 要留 {1} 件，共享可用只有 {2} 件；减少数量或先补货。", ErrorKind.Conflict, sku, wanted, shared);
    public static readonly Error SnapshotIdInvalid = new("inventory.snapshot_id_invalid", "缺少快照号，或长度超过 100。", ErrorKind.Invalid);
    public static readonly Error SnapshotTime = new("inventory.snapshot_time", "快照时间不能在将来，也不能早于 31 天前。", ErrorKind.Invalid);
    public static readonly Error SnapshotLines = new("inventory.snapshot_lines", "快照要有 1 到 20000 行，编码不能空，数量不能是负数。", ErrorKind.Invalid);
    public static readonly Error SnapshotUnknown = new("inventory.snapshot_unknown", "没有这个快照。", ErrorKind.NotFound);
    public static readonly Error NothingUnexplained = new("inventory.nothing_unexplained", "没有无法解释的差异，不用调整。", ErrorKind.Conflict);
}
