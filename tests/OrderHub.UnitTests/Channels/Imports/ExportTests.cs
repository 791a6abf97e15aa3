using OrderHub.Catalog.Contracts;
using OrderHub.Channels.Imports.Columns;
using OrderHub.Channels.Imports.Rows;
using OrderHub.Channels.Imports.Sheets;
using OrderHub.Orders.Contracts;

namespace OrderHub.UnitTests.Channels.Imports;

/// <summary>The header rows of the platforms' own exports, with rows in their manner.</summary>
public sealed class ExportTests
{
    private const string Taobao = "订单编号,买家会员名,买家支付宝账号,买家应付货款,买家应付邮费,买家支付积分,总金额,返点积分,买家实际支付金额,买家实际支付积分,订单状态,买家留言,收货人姓名,收货地址 ,运送方式,联系电话 ,联系手机,订单创建时间,订单付款时间 ,"
        + "宝贝标题 ,宝贝种类 ,物流单号 ,物流公司,订单备注,宝贝总数量,店铺Id,店铺名称,订单关闭原因,卖家服务费,买家服务费,发票抬头,是否手机订单\n"
        + "=\"3894567890123456789\",\"tb买家\",a@b.cn,90.00,10.00,0,100.00,0,100.00,0,\"买家已付款,等待卖家发货\",请快点,王小明,\"浙江省 杭州市 西湖区 文三路 1号 (310000)\",快递,'0571-88880000,'13812345678,2026-01-02 10:00:00,2026-01-02 10:00:30,"
        + "纯棉T恤，中筒袜,2,,,,3,1,店,,0,0,,手机订单\n";

    private const string Pinduoduo = "商品,订单号,订单状态,商品总价(元),邮费(元),店铺优惠折扣(元),平台优惠折扣(元),用户实付金额(元),商家实收金额(元),商品数量(件),身份证姓名,收货人,手机,国家,省,市,区,街道,支付时间,拼单成功时间,订单确认时间,承诺发货时间,发货时间,确认收货时间,"
        + "商品id,商品规格,用户购买手机号,样式ID,商家编码-SKU维度,商家编码-商品维度,快递单号,快递公司,买家留言,商家备注,售后状态\n"
        + "纯棉T恤,260102-123456789012345,待发货,59.80,0,5.00,2.80,52.00,54.80,2,,李*,\t138****0000\t,中国,江苏省,苏州市,工业园区,星湖街道,2026-01-02 10:00:30\t,2026-01-02 10:00:31,2026-01-02 10:00:31,2026-01-04 10:00:30,,,88001,白 L,,77002,SHIRT-WL,SHIRT,,,,,无售后\n";

    private const string Douyin = "主订单编号,子订单编号,选购商品,商品规格,商品数量,商品ID,商家编码,商品金额,订单应付金额,运费,优惠总金额,平台优惠,商家优惠,达人优惠,收件人,收件人手机号,省,市,区,街道,详细地址,买家留言,订单提交时间,旗帜颜色,商家备注,订单完成时间,支付完成时间,订单状态,承诺发货时间\n"
        + "'6912345678901234567,'6912345678901234567,T恤,白 L,1,'3500,SHIRT-WL,50,45,0,5,2,3,0,张**,1*********8,广东省,深圳市,南山区,粤海街道,科技园 1 号,,2026-01-02 10:00:00,,,,2026-01-02 10:00:10,待发货,2026-01-04 10:00:00\n"
        + "'6912345678901234567,'6912345678901234568,袜子,黑,2,'3501,SOCK-B,10,18,0,2,0,2,0,张**,1*********8,广东省,深圳市,南山区,粤海街道,科技园 1 号,,2026-01-02 10:00:00,,,,2026-01-02 10:00:10,待发货,2026-01-04 10:00:00\n";

    private const string Jd = "订单号,商品ID,商品名称,订购数量,支付方式,下单时间,京东价,订单金额,结算金额,余额支付,应付金额,订单状态,订单类型,下单帐号,客户姓名,客户地址,联系电话,订单备注,发票类型,发票抬头,发票内容,商家备注,商家备注等级（等级1-5为由高到低）,运费金额,付款确认时间,增值税发票,货号,订单完成时间,订单来源,订单渠道,商家SKUID\n"
        + "290012345678,100123,T恤,1,在线支付,2026-01-02 10:00:00,50.00,70.00,66.00,0.00,66.00,等待出库,SOP,jd_1,\"赵六\",\"江西南昌市青山湖区昌东工业区1号\",\"13900000000\",尽快,,,,,,6.00,2026-01-02 10:00:30,,H1,,移动端订单,,SHIRT-WL\n"
        + "290012345678,100124,袜子,2,在线支付,2026-01-02 10:00:00,10.00,70.00,66.00,0.00,66.00,等待出库,SOP,jd_1,\"赵六\",\"江西南昌市青山湖区昌东工业区1号\",\"13900000000\",尽快,,,,,,6.00,2026-01-02 10:00:30,,H2,,移动端订单,,SOCK-B\n";

    [Theory]
    [InlineData(Taobao, "淘宝/天猫订单报表"), InlineData(Pinduoduo, "拼多多订单导出"), InlineData(Douyin, "抖店订单导出"), InlineData(Jd, "京东订单导出")]
    public void Every_platforms_export_is_known_by_its_header(string file, string name) => KnownExport.Of(SheetTable.Open(SheetFile.Csv(file)).Value.Headers)!.Name.ShouldBe(name);

    [Fact]
    public void A_taobao_report_becomes_an_order_with_its_receiver_taken_apart()
    {
        var order = SheetFile.One(SheetFile.Csv(Taobao));
        order.PlatformOrderNo.ShouldBe("3894567890123456789");
        order.Status.ShouldBe(PlatformStatus.Paid);
        order.Receiver.ShouldBe(new IncomingReceiver("王小明", "13812345678", "浙江省", "杭州市", "西湖区", "", "文三路 1号", null));
        order.Amounts.ShouldBe(new IncomingAmounts(9000, 0, 0, 1000, 0, 10000));
        order.Lines.ShouldHaveSingleItem().Quantity.ShouldBe(3);
        order.BuyerNote.ShouldBe("请快点");
        order.ShouldAddUp();
    }

    private const string TaobaoGoods = "订单编号,标题,价格,购买数量,外部系统编号,商品属性,套餐信息,备注,订单状态,商家编码\n"
        + "=\"3894567890123456789\",纯棉T恤,30.00,2,OUT-1,颜色分类:白;尺码:L,,,\"买家已付款,等待卖家发货\",SHIRT-WL\n"
        + "=\"3894567890123456789\",\"中筒袜 \"\"黑\"\"\",30.00,1,OUT-2,颜色分类:黑,,,\"买家已付款,等待卖家发货\",SOCK-B\n"
        + "=\"3894567890123459999\",别店的货,9.00,1,,,,,已发货,X-1\n";

    [Theory]
    [InlineData(true), InlineData(false)]
    public void A_taobao_report_joined_with_that_of_its_goods_has_the_goods_of_each_order(bool ordersFirst)
    {
        byte[][] files = [SheetFile.Csv(Taobao), SheetFile.Csv(TaobaoGoods, System.Text.Encoding.UTF8)];
        var read = SheetFile.Read(JoinSheets.Of(ordersFirst ? files : [.. files.Reverse()]).Value);

        read.Count.ShouldBe(2);
        var order = read[0].Order.ShouldNotBeNull();
        (order.PlatformOrderNo, order.Receiver.Name, order.Status).ShouldBe(("3894567890123456789", "王小明", PlatformStatus.Paid));
        order.Lines.Select(l => (l.MerchantCode, l.Title, l.Quantity, l.UnitPriceFen)).ShouldBe([("SHIRT-WL", "纯棉T恤", 2, 3000L), ("SOCK-B", "中筒袜 \"黑\"", 1, 3000L)]);
        order.Lines[0].Spec.ShouldBe("颜色分类:白;尺码:L");
        order.Amounts.ShouldBe(new IncomingAmounts(9000, 0, 0, 1000, 0, 10000));
        read[0].Findings.ShouldBeEmpty();
        order.ShouldAddUp();

        read[1].Order.ShouldBeNull("goods whose order is not in the other file are refused, not guessed");
        read[1].Findings.ShouldNotBeEmpty();
    }

    [Fact]
    public void An_order_without_goods_in_the_other_report_stays_an_order_without_goods() =>
        SheetFile.Read(JoinSheets.Of([SheetFile.Csv(Taobao), SheetFile.Csv(TaobaoGoods.Replace("3894567890123456789", "3894567890123450000", StringComparison.Ordinal))]).Value)
            .Single(r => r.OrderNo == "3894567890123456789").Order!.Lines.ShouldHaveSingleItem().Title.ShouldBe(OrderReader.GoodsUnknown);

    [Fact]
    public void Two_files_that_are_no_pair_are_refused()
    {
        JoinSheets.Of([SheetFile.Csv(Taobao), SheetFile.Csv(Taobao)]).Error!.Code.ShouldBe("channels.sheet_not_a_pair");
        JoinSheets.Of([SheetFile.Csv(TaobaoGoods), SheetFile.Csv(TaobaoGoods)]).Error!.Code.ShouldBe("channels.sheet_not_a_pair");
        JoinSheets.Of([SheetFile.Csv(Taobao), SheetFile.Csv("a,b\n1,2\n")]).Error!.Code.ShouldBe("channels.sheet_not_a_pair");
    }

    [Fact]
    public void A_pinduoduo_row_keeps_who_bears_each_discount()
    {
        var order = SheetFile.One(SheetFile.Csv(Pinduoduo), ShopKind.Pinduoduo);
        order.Amounts.ShouldBe(new IncomingAmounts(5980, 500, 280, 0, 0, 5200));
        var line = order.Lines.ShouldHaveSingleItem();
        (line.UnitPriceFen, line.MerchantCode, line.PlatformSkuId, line.PlatformLineNo).ShouldBe((2990L, "SHIRT-WL", "77002", "77002"));
        order.ShipBy.ShouldBe(new DateTimeOffset(2026, 1, 4, 2, 0, 30, TimeSpan.Zero));
        order.ShouldAddUp();
    }

    [Fact]
    public void Douyins_amounts_are_each_lines_own_and_add_up()
    {
        var order = SheetFile.One(SheetFile.Csv(Douyin), ShopKind.Douyin);
        order.Amounts.ShouldBe(new IncomingAmounts(7000, 500, 200, 0, 0, 6300));
        order.Lines.Select(l => (l.PlatformLineNo, l.Quantity, l.PayFen)).ShouldBe([("6912345678901234567", 1, 4500L), ("6912345678901234568", 2, 1800L)]);
        order.ShouldAddUp();
    }

    [Fact]
    public void JDs_amounts_are_the_orders_and_stand_on_every_line()
    {
        var order = SheetFile.One(SheetFile.Csv(Jd), ShopKind.Jd);
        order.Amounts.ShouldBe(new IncomingAmounts(7000, 1000, 0, 600, 0, 6600));
        order.Lines.Select(l => l.PlatformLineNo).ShouldBe(["100123", "100124"]);
        order.Receiver.City.ShouldBe("南昌市");
        order.BuyerNote.ShouldBe("尽快");
        order.ShouldAddUp();
    }

    [Fact]
    public void Rows_of_one_order_need_not_stand_together()
    {
        var file = "订单号,下单时间,付款时间,收货地址,商家编码,数量,单价,实付金额\nA1,2026-01-01 10:00:00,2026-01-01 10:00:09,上海,X,1,10,30\nB1,2026-01-01 10:00:00,2026-01-01 10:00:09,上海,Z,1,5,5\nA1,2026-01-01 10:00:00,2026-01-01 10:00:09,上海,Y,2,10,30\n";
        var read = SheetFile.Read(SheetFile.Csv(file));
        read.Select(r => (r.OrderNo, r.Order!.Lines.Count)).ShouldBe([("A1", 2), ("B1", 1)]);
        read[0].Order!.ShouldAddUp();
    }

    [Fact]
    public void A_bad_row_keeps_its_whole_order_out_and_no_other()
    {
        var file = "订单号,下单时间,收货地址,商家编码,数量,单价\nA1,2026-01-01,上海,X,1,10\nA1,2026-01-01,上海,Y,很多,10\nB1,2026-01-01,上海,Z,1,5\n";
        var read = SheetFile.Read(SheetFile.Csv(file));
        read.Single(r => r.Order is not null).OrderNo.ShouldBe("B1");
        read[0].Findings.Select(f => (f.Row, f.Error.Code)).ShouldBe([(2, "channels.row_other_row"), (3, "channels.row_bad_quantity")]);
    }

    [Fact]
    public void A_time_in_the_future_would_shut_the_platform_out_and_is_refused()
    {
        var file = "订单号,下单时间,收货地址,实付金额\nA1,2062-01-01,上海,1\n";
        SheetFile.Read(SheetFile.Csv(file)).ShouldHaveSingleItem().Findings[0].Error.Code.ShouldBe("channels.row_future_time");
    }

    [Fact]
    public void An_order_level_summary_says_that_it_names_no_goods()
    {
        const string file = "订单编号,总金额,买家实际支付金额,收货地址,订单创建时间,订单付款时间,退款金额\n"
            + "1,178.8,0.0,上海,2020-02-21 00:00:00,,0.0\n2,21.0,21.0,内蒙古自治区,2020-02-20 23:59:54,2020-02-21 00:00:02,0.0\n3,50.0,30.0,安徽省,2020-02-20 23:59:35,2020-02-20 23:59:45,20.0\n4,50.0,0.0,安徽省,2020-02-20 23:59:35,2020-02-20 23:59:45,50.0\n";
        var read = SheetFile.Read(SheetFile.Csv(file));
        read.Select(r => (r.Order!.Status, r.Order.Amounts.PayFen)).ShouldBe([(PlatformStatus.Unpaid, 17880L), (PlatformStatus.Paid, 2100L), (PlatformStatus.Paid, 5000L), (PlatformStatus.ClosedAfterPayment, 5000L)]);
        read[1].Order!.Lines.ShouldHaveSingleItem().Title.ShouldBe(OrderReader.GoodsUnknown);
        read[1].Findings.Select(f => f.Error.Code).ShouldBe(["channels.remark_no_goods"]);
        read[2].Findings.Select(f => f.Error.Code).ShouldContain("channels.remark_has_refund");
        read.ForEach(r => r.Order!.ShouldAddUp());
    }

    [Fact]
    public void An_order_with_a_closed_line_is_held_instead_of_shipped_whole()
    {
        var last = Douyin.LastIndexOf("待发货", StringComparison.Ordinal);
        var file = Douyin[..last] + "已关闭" + Douyin[(last + 3)..];
        var order = SheetFile.One(SheetFile.Csv(file), ShopKind.Douyin);
        (order.Status, order.PlatformHold).ShouldBe((PlatformStatus.Paid, "订单里有商品已关闭，请核对后再处理"));
    }

    [Fact]
    public void Amounts_beyond_reason_and_an_order_of_a_thousand_rows_are_refused_not_a_crash()
    {
        const string huge = "订单号,下单时间,收货地址,数量,单价\nA1,2026-01-01,上海,999999999,90000000000000\n";
        SheetFile.Read(SheetFile.Csv(huge)).ShouldHaveSingleItem().Findings[0].Error.Code.ShouldBe("channels.row_amounts_too_big");
        var longOrder = "订单号,下单时间,收货地址,单价\n" + string.Concat(Enumerable.Repeat("A1,2026-01-01,上海,1\n", 1001));
        SheetFile.Read(SheetFile.Csv(longOrder)).ShouldHaveSingleItem().Findings[0].Error.Code.ShouldBe("channels.row_too_many_lines");
    }
}
