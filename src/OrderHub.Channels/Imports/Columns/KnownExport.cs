using OrderHub.Catalog.Contracts;
using static OrderHub.Channels.Imports.Columns.ImportField;

namespace OrderHub.Channels.Imports.Columns;

/// <summary>A back office's own export, known by headers that only it has, and what its columns mean where the words alone mislead.</summary>
/// <param name="Name">Chinese, a localizer key.</param>
/// <param name="Signature">All of these stand in the header.</param>
/// <param name="Overrides">Null = the column says nothing about the order.</param>
internal sealed record KnownExport(string Name, ShopKind? Kind, IReadOnlyList<string> Signature, IReadOnlyDictionary<string, ImportField?> Overrides)
{
    private static readonly Dictionary<string, ImportField?> None = [];

    public static readonly IReadOnlyList<KnownExport> All =
    [
        new("淘宝/天猫订单报表", ShopKind.Taobao, ["订单编号", "买家会员名", "买家应付货款", "买家实际支付金额"], None),
        // its sub-order numbers are called like orders, its 备注 repeats the package
        new("淘宝/天猫宝贝报表", ShopKind.Taobao, ["订单编号", "标题", "价格", "购买数量", "外部系统编号"], new Dictionary<string, ImportField?> { ["备注"] = null, ["商家编码"] = MerchantCode, ["外部系统编号"] = null }),
        new("天猫订单汇总", ShopKind.Taobao, ["订单编号", "总金额", "买家实际支付金额", "收货地址", "订单创建时间", "退款金额"], None),
        new("拼多多订单导出", ShopKind.Pinduoduo, ["订单号", "商品", "商品数量", "用户实付金额", "商家编码-sku维度"], None),
        new("抖店订单导出", ShopKind.Douyin, ["主订单编号", "子订单编号", "商品数量", "订单应付金额"], None),
        // 商品ID is what JD calls its SKU; 应付金额 is what is left to pay at the door
        new("京东订单导出", ShopKind.Jd, ["订单号", "订购数量", "京东价", "结算金额"], new Dictionary<string, ImportField?>
        {
            ["商品id"] = PlatformSkuId, ["订单金额"] = Goods, ["应付金额"] = null, ["余额支付"] = null, ["订单备注"] = BuyerNote,
        }),
        new("OrderHub 模板", null, ["订单号", "商家编码", "数量", "实付金额"], None),
    ];

    public static KnownExport? Of(IReadOnlyList<string> headers)
    {
        var there = headers.Select(HeaderWords.Normalize).ToHashSet();
        return All.FirstOrDefault(e => e.Signature.All(there.Contains));
    }
}
