using OrderHub.Platform.Results;

namespace OrderHub.Allocation;

internal static class AllocationErrors
{
    public static Error ProvinceUnknown(string typed) => new("allocation.province_unknown", "“{0}”不是省，请写省名，如 广东、内蒙古。", ErrorKind.Invalid, typed);
    public static Error CityUnknown(string above, string typed) => new("allocation.city_unknown", "{0}没有“{1}”，请写官方名称。", ErrorKind.Invalid, above, typed);
    public static Error RegionUnknown(string typed) => new("allocation.region_unknown", "认不出地区“{0}”，请写成 省、省/市 或 省/市/区。", ErrorKind.Invalid, typed);
    public static Error SkuUnknown(string code) => new("allocation.sku_unknown", "没有 SKU {0}。", ErrorKind.NotFound, code);
    public static Error SkuIsKit(string code) => new("allocation.sku_is_kit", "{0} 是组合装，分仓时已拆成组成 SKU，请写组成 SKU。", ErrorKind.Invalid, code);
    public static Error ShopUnknown(int id) => new("allocation.shop_unknown", "没有店铺 {0}。", ErrorKind.NotFound, id);
    public static Error CategoryUnknown(string category) => new("allocation.category_unknown", "没有品类“{0}”。", ErrorKind.NotFound, category);
    public static Error WarehouseUnknown(object warehouse) => new("allocation.warehouse_unknown", "没有仓库 {0}。", ErrorKind.NotFound, warehouse);
    public static Error CourierUnknown(object courier) => new("allocation.courier_unknown", "没有快递 {0}。", ErrorKind.NotFound, courier);
    public static readonly Error ReasonMissing = new("allocation.reason_missing", "请填写原因。", ErrorKind.Invalid);

    public static readonly Error RuleNameMissing = new("allocation.rule_name_missing", "请给规则起个名字，不超过 60 个字。", ErrorKind.Invalid);
    public static Error RuleNameTaken(string name) => new("allocation.rule_name_taken", "已经有规则叫“{0}”，请换个名字。", ErrorKind.Conflict, name);
    public static readonly Error RuleWithoutEffect = new("allocation.rule_without_effect", "规则要对仓库或快递起作用：选优先、只能或不能，再点选是哪些。", ErrorKind.Invalid);
    public static readonly Error WeightRange = new("allocation.weight_range", "重量范围不对：不能是负数，下限不能大于上限。", ErrorKind.Invalid);
    public static readonly Error AmountRange = new("allocation.amount_range", "金额范围不对：不能是负数，下限不能大于上限。", ErrorKind.Invalid);
    public static Error RuleChangedMeanwhile(string name) => new("allocation.rule_changed_meanwhile", "“{0}”刚被别人改过，这次没有生效。请看过最新的内容再操作。", ErrorKind.Conflict, name);
    public static readonly Error RuleGone = new("allocation.rule_gone", "这条规则已被删除，请刷新。", ErrorKind.NotFound);

    public static readonly Error WarehouseCode = new("allocation.warehouse_code", "仓库编码要 2 到 20 位大写字母、数字或短横线。", ErrorKind.Invalid);
    public static Error WarehouseCodeTaken(string code) => new("allocation.warehouse_code_taken", "编码、名称或别名“{0}”已被别的仓库用了。", ErrorKind.Conflict, code);
    public static Error WarehouseAliases(int most, int longest) => new("allocation.warehouse_aliases", "平台别名最多 {0} 个，每个不超过 {1} 个字。", ErrorKind.Invalid, most, longest);
    public static readonly Error WarehouseIncomplete = new("allocation.warehouse_incomplete", "请填写仓库的名称、地址和联系人。", ErrorKind.Invalid);
    public static Error PhoneInvalid(string phone) => new("allocation.phone_invalid", "“{0}”不是电话号码。", ErrorKind.Invalid, phone);
    public static readonly Error WarehouseNumbers = new("allocation.warehouse_numbers", "每日产能要大于 0（不限请留空），包装费不能是负数。", ErrorKind.Invalid);
    public static readonly Error LastWarehouse = new("allocation.last_warehouse", "至少要有一个启用的仓库，否则所有订单都会缺货。", ErrorKind.Conflict);
    public static readonly Error LastCourier = new("allocation.last_courier", "至少要有一个启用的快递，否则所有订单都发不出去。", ErrorKind.Conflict);

    public static readonly Error RateNumbers = new("allocation.rate_numbers", "首重和续重单位要大于 0，价格不能是负数，最多两位小数。", ErrorKind.Invalid);
    public static readonly Error RateExists = new("allocation.rate_exists", "这个发货仓到这个省已经有价格了，请改那一行。", ErrorKind.Conflict);
    public static readonly Error RateGone = new("allocation.rate_gone", "这一行已被删除，请刷新。", ErrorKind.NotFound);

    public static readonly Error FileUnreadable = new("allocation.file_unreadable", "读不出这个文件，请上传 .xlsx、.xls 或 .csv。", ErrorKind.Invalid);
    public static Error FileTooBig(int megabytes, int rows) => new("allocation.file_too_big", "文件超过 {0} MB 或 {1} 行，请分成几份。", ErrorKind.Invalid, megabytes, rows);
    public static Error ColumnMissing(string column) => new("allocation.column_missing", "找不到“{0}”这一列，请先导出一份，照它的表头填。", ErrorKind.Invalid, column);
    public static readonly Error FileEmpty = new("allocation.file_empty", "文件里没有价格行。", ErrorKind.Invalid);
    public static Error NumberUnreadable(string column, string cell) => new("allocation.number_unreadable", "{0}“{1}”不是数字，或小数太多。", ErrorKind.Invalid, column, cell);
    public static Error RateTwice(int row) => new("allocation.rate_twice", "和第 {0} 行是同一个发货仓和省份。", ErrorKind.Invalid, row);

    public static readonly Error StopPeriod = new("allocation.stop_period", "结束时间要晚于开始时间，也要晚于现在。", ErrorKind.Invalid);
    public static readonly Error StopEnded = new("allocation.stop_ended", "这条停发已经结束。", ErrorKind.Conflict);
    public static Error RemoteAreaTooFine(string region) => new("allocation.remote_area_too_fine", "偏远地区写到市为止，“{0}”太细了。", ErrorKind.Invalid, region);
    public static readonly Error WeightsRange = new("allocation.weights_range", "百分比要在 0 到 1000 之间，金额要在 0 到 100000 元之间。", ErrorKind.Invalid);
    public static readonly Error SplitRange = new("allocation.split_range", "拆单设置超出范围：包裹数 2 到 10，金额、重量、体积要大于 0。", ErrorKind.Invalid);

    public static readonly Error WeightsChangedMeanwhile = new("allocation.weights_changed_meanwhile", "权重刚被别人改过，这次没有保存。下面已换成最新的值，请看过再改。", ErrorKind.Conflict);

    public static readonly Error CourierCode = new("allocation.courier_code", "快递编码要 2 到 20 位大写字母、数字或短横线。", ErrorKind.Invalid);
    public static Error CourierTaken(string taken) => new("allocation.courier_taken", "编码或名称“{0}”已被别的快递用了。", ErrorKind.Conflict, taken);
    public static readonly Error CourierNumbers = new("allocation.courier_numbers", "请填写快递名称；体积除数要在 1000 到 100000 之间，不按体积计费请留空。", ErrorKind.Invalid);

    public static Error OrderUnknown(string no) => new("allocation.order_unknown", "没有订单 {0}，请输入 H 开头的订单号或平台单号。", ErrorKind.NotFound, no);
    public static Error OrderAmbiguous(string no, int orders) => new("allocation.order_ambiguous", "平台单号 {0} 有 {1} 张订单，请输入 H 开头的订单号。", ErrorKind.Conflict, no, orders);
    public static Error OrderWithoutGoods(string no) => new("allocation.order_without_goods", "订单 {0} 没有能对应 SKU 的商品，先去订单页对应。", ErrorKind.Conflict, no);
    public static readonly Error NoGoods = new("allocation.no_goods", "请至少写一行 SKU 和件数，如 SHIRT×2。", ErrorKind.Invalid);
    public static readonly Error VolumeRange = new("allocation.volume_range", "体积不能是负数。", ErrorKind.Invalid);
    public static Error QuantityUnreadable(string line) => new("allocation.quantity_unreadable", "看不懂“{0}”，请写成 SKU×件数，件数 1 到 10000。", ErrorKind.Invalid, line);
}
