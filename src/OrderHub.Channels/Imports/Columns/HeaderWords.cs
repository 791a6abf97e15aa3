using System.Collections.Frozen;
using System.Text;
using OrderHub.Channels.Imports.Sheets;
using static OrderHub.Channels.Imports.Columns.ImportField;

namespace OrderHub.Channels.Imports.Columns;

/// <summary>What a header's words usually mean, whoever exported the file. Of two columns with one meaning the word that stands first here wins.</summary>
internal static class HeaderWords
{
    private static readonly (ImportField Field, string Words)[] Meanings =
    [
        (OrderNo, "订单编号 订单号 主订单编号 主订单号 平台订单号 平台单号 原始单号 外部单号 网店订单号 交易编号 order_no orderno"),
        (LineNo, "子订单编号 子订单号 商品单号 明细编号 line_no"),
        (Status, "订单状态 交易状态 状态 订单状态名称 发货状态 status"),
        (CreatedAt, "订单创建时间 下单时间 订单提交时间 拍单时间 订单成交时间 拼单成功时间 创建时间 订单时间 下单日期 订单日期 created_at"),
        (PaidAt, "订单付款时间 付款时间 支付时间 支付完成时间 付款确认时间 付款日期 支付日期 paid_at"),
        (ShippedAt, "发货时间 实际发货时间 商家发货时间 卖家发货时间 shipped_at"),
        (FinishedAt, "确认收货时间 订单完成时间 完成时间 交易结束时间"),
        (ModifiedAt, "修改时间 更新时间 最后修改时间 modified_at updated_at"),
        (ShipBy, "承诺发货时间 最晚发货时间 应发货时间 预计发货时间 约定发货时间 ship_by"),
        (BuyerNick, "买家会员名 买家昵称 买家旺旺 下单帐号 下单账号 会员名 买家账号 客户昵称 抖音昵称 买家 buyer"),
        (BuyerNote, "买家留言 买家备注 客户留言 买家/客户留言 buyer_note"),
        (SellerNote, "商家备注 卖家备注 订单备注 客服备注 商家/客服备注 备注 seller_note"),
        (ReceiverName, "收货人姓名 收货人 收件人 收件人姓名 客户姓名 收货姓名 receiver"),
        (ReceiverPhone, "联系手机 收货人手机号 收货人手机 收件人手机号 收件人手机 手机 手机号 手机号码 收货人电话 收件人电话 联系电话 电话 phone"),
        (Province, "省 省份 收货省份 收件人省 州/省 省/直辖市 province"),
        (City, "市 城市 收货城市 收件人市 city"),
        (District, "区 区县 区/县 县/区 县 收货区县 地区 district"),
        (Town, "街道 乡镇 街道/镇 收货街道 town"),
        (Address, "详细地址 收货地址 收货人地址 收件地址 收件人地址 客户地址 地址 修改后的收货地址 address"),
        (Title, "商品名称 宝贝标题 标题 商品标题 选购商品 商品 宝贝名称 货品名称 品名 title"),
        (Spec, "商品规格 商品属性 规格 规格名称 sku名称 颜色尺码 spec"),
        (Quantity, "商品数量 宝贝总数量 购买数量 订购数量 数量 件数 商品件数 quantity"),
        (MerchantCode, "商家编码-sku维度 商家skuid 商家sku 商家编码 外部系统编号 规格编码 sku编码 商品编码 货号 商家编码-商品维度 商家编码-规格维度 merchant_code sku"),
        (PlatformSkuId, "样式id sku-id skuid 平台skuid platform_sku_id"),
        (PlatformProductId, "商品id 商品编号 宝贝id 平台商品id product_id"),
        (UnitPrice, "商品单价 单价 价格 京东价 商品价格 销售单价 商品金额 成交单价 unit_price"),
        (Goods, "商品总价 买家应付货款 商品总额 货款 货款金额 商品合计 goods_amount"),
        (Freight, "邮费 买家应付邮费 运费 运费金额 快递费 freight"),
        (ShopDiscount, "店铺优惠折扣 店铺优惠 商家优惠 卖家优惠 店铺优惠金额 shop_discount"),
        (PlatformDiscount, "平台优惠折扣 平台优惠 平台优惠金额 达人优惠 platform_discount"),
        (Payable, "总金额 订单应付金额 应付金额 结算金额 订单金额 应付 应收金额 payable"),
        (Paid, "买家实际支付金额 用户实付金额 实付金额 实际支付金额 买家实付金额 支付金额 实付 实收金额 付款金额 金额 paid amount"),
        (Refund, "退款金额 退款 refund"),
        (Warehouse, "发货仓 发货仓库 仓库 仓库名称 发货仓名称 仓 warehouse"),
    ];

    private static readonly FrozenDictionary<string, (ImportField Field, int Rank)> Known = Meanings
        .SelectMany(m => m.Words.Split(' ').Select((word, rank) => (word, m.Field, rank)))
        .ToFrozenDictionary(m => m.word, m => (m.Field, m.rank));

    /// <returns>Empty when the header says nothing we know. The rank tells which of two columns means it more.</returns>
    public static IReadOnlyList<(ImportField Field, int Rank)> FieldsOf(string header) => Known.TryGetValue(Normalize(header), out var meaning) ? [meaning] : [];

    /// <summary>Without brackets, units, stars, spaces; one case: <c>商品数量（件）</c> → <c>商品数量</c>.</summary>
    public static string Normalize(string header)
    {
        var text = CellText.Plain(header).ToLowerInvariant();
        var plain = new StringBuilder(text.Length);
        foreach (var c in text)
            if (!char.IsWhiteSpace(c) && c is not '*' and not ':') plain.Append(c);
        text = plain.ToString();
        foreach (var unit in (ReadOnlySpan<string>)["(元)", "(件)", "(必填)", "(选填)", "(单位:元)", "(单位元)"])
            if (text.EndsWith(unit, StringComparison.Ordinal)) return text[..^unit.Length];
        return text;
    }
}
