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
}
