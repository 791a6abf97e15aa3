namespace OrderHub.Channels.Imports.Columns;

/// <summary>What a column may mean. Stored by name.</summary>
internal enum ImportField
{
    OrderNo, LineNo, Status, CreatedAt, PaidAt, ShippedAt, FinishedAt, ModifiedAt, ShipBy,
    BuyerNick, BuyerNote, SellerNote,
    ReceiverName, ReceiverPhone, Province, City, District, Town, Address,
    Title, Spec, Quantity, MerchantCode, PlatformSkuId, PlatformProductId, UnitPrice,
    Goods, Freight, ShopDiscount, PlatformDiscount, Payable, Paid, Refund,
    Warehouse,
}

internal static class ImportFields
{
    /// <summary>What another system's results may say about an order; the rest is about goods and people.</summary>
    public static readonly IReadOnlyList<ImportField> OfResults = [ImportField.OrderNo, ImportField.Warehouse, ImportField.Status, ImportField.Paid];

    public static readonly IReadOnlyList<ImportField> OfOrders = [.. Enum.GetValues<ImportField>().Where(f => f != ImportField.Warehouse)];

    /// <summary>Several columns with this meaning add up; of the others the first that is filled counts.</summary>
    public static bool AddsUp(this ImportField field) => field is ImportField.ShopDiscount or ImportField.PlatformDiscount;

    public static bool IsMoney(this ImportField field) => field is ImportField.UnitPrice or ImportField.Goods or ImportField.Freight or ImportField.ShopDiscount
        or ImportField.PlatformDiscount or ImportField.Payable or ImportField.Paid or ImportField.Refund;

    /// <summary>As the pages say it; a localizer key.</summary>
    public static string Chinese(this ImportField field) => field switch
    {
        ImportField.OrderNo => "订单号",
        ImportField.LineNo => "子订单号",
        ImportField.Status => "订单状态",
        ImportField.CreatedAt => "下单时间",
        ImportField.PaidAt => "付款时间",
        ImportField.ShippedAt => "发货时间",
        ImportField.FinishedAt => "完成时间",
        ImportField.ModifiedAt => "修改时间",
        ImportField.ShipBy => "最晚发货时间",
        ImportField.BuyerNick => "买家昵称",
        ImportField.BuyerNote => "买家留言",
        ImportField.SellerNote => "卖家备注",
        ImportField.ReceiverName => "收货人",
        ImportField.ReceiverPhone => "收货电话",
        ImportField.Province => "省",
        ImportField.City => "市",
        ImportField.District => "区县",
        ImportField.Town => "街道",
        ImportField.Address => "收货地址",
        ImportField.Title => "商品名称",
        ImportField.Spec => "商品规格",
        ImportField.Quantity => "数量",
        ImportField.MerchantCode => "商家编码",
        ImportField.PlatformSkuId => "平台 SKU",
        ImportField.PlatformProductId => "平台商品号",
        ImportField.UnitPrice => "单价",
        ImportField.Goods => "商品总价",
        ImportField.Freight => "运费",
        ImportField.ShopDiscount => "店铺优惠",
        ImportField.PlatformDiscount => "平台优惠",
        ImportField.Payable => "应付金额",
        ImportField.Paid => "实付金额",
        ImportField.Refund => "退款金额",
        ImportField.Warehouse => "仓库",
        _ => throw new ArgumentOutOfRangeException(nameof(field)),
    };
}
