using OrderHub.Channels.Adapters;
using OrderHub.Channels.Douyin;
using OrderHub.Channels.Jd;
using OrderHub.Channels.Mall;
using OrderHub.Channels.Pinduoduo;
using OrderHub.Channels.Taobao;
using OrderHub.Orders.Contracts;

namespace OrderHub.UnitTests.Channels;

public sealed class OrderMappingTests
{
    private static readonly DateTimeOffset Created = new(2026, 11, 10, 16, 1, 0, TimeSpan.Zero);

    [Fact]
    public void A_Taobao_trade_becomes_an_order()
    {
        var order = TaobaoOrders.Map(7, SamplePayloads.TaobaoTrade);
        order.ShopId.ShouldBe(7);
        order.PlatformOrderNo.ShouldBe("3061234567890123456");
        order.Version.ShouldBe(Created.AddMinutes(9).ToUnixTimeMilliseconds());
        order.Status.ShouldBe(PlatformStatus.Paid);
        order.CreatedAt.ShouldBe(Created);
        order.PaidAt.ShouldBe(Created.AddMinutes(1));
        order.Receiver.ShouldBe(new IncomingReceiver("张**", "138****0000", "广东省", "深圳市", "南山区", "", "科***", "1Zx1"));
        order.Amounts.ShouldBe(new IncomingAmounts(9900, 0, 0, 1000, 0, 10900));
        order.Lines.ShouldBe([new IncomingLine { PlatformLineNo = "3061234567890123456", PlatformProductId = "68000001", PlatformSkuId = "5001", MerchantCode = "SKU-A", Title = "T恤", Quantity = 1, UnitPriceFen = 9900, PayFen = 9900 }]);
        order.BuyerNote.ShouldBe("请发顺丰");
        order.SellerNote.ShouldBe("老客户");
        order.SellerFlag.ShouldBe(1);
    }

    [Fact]
    public void A_refund_that_shrinks_the_trades_payment_leaves_the_gross_alone()
    {
        var refunded = SamplePayloads.TaobaoTrade.Replace("\"payment\":\"109.00\",\"post_fee\"", "\"payment\":\"59.00\",\"post_fee\"", StringComparison.Ordinal).Replace("WAIT_SELLER_SEND_GOODS", "TRADE_CLOSED", StringComparison.Ordinal);
        var order = TaobaoOrders.Map(7, refunded);
        order.Status.ShouldBe(PlatformStatus.ClosedAfterPayment);
        order.Amounts.PayFen.ShouldBe(10900);
    }

    [Theory]
    // several lines: discounts per line, a shared one of 30 of which the platform pays 10, freight 5
    [InlineData("""{"price":"100.00","num":2,"payment":"190.00","discount_fee":"10.00","adjust_fee":"0.00","divide_order_fee":"170.00","part_mjz_discount":"20.00"},{"price":"60.00","num":1,"payment":"55.00","discount_fee":"0.00","adjust_fee":"-5.00","divide_order_fee":"45.00","part_mjz_discount":"10.00"}""", "220.00", "5.00", "10.00", 26000, 3000, 1000, 500, -500, 22000)]
    // the same without the shares: the difference between payment and divide_order_fee says it
    [InlineData("""{"price":"100.00","num":2,"payment":"190.00","discount_fee":"10.00","adjust_fee":"0.00","divide_order_fee":"170.00"},{"price":"60.00","num":1,"payment":"55.00","discount_fee":"0.00","adjust_fee":"-5.00","divide_order_fee":"45.00"}""", "220.00", "5.00", "0.00", 26000, 4000, 0, 500, -500, 22000)]
    // a subsidy on top of the discounts
    [InlineData("""{"price":"50.00","num":1,"payment":"43.00","discount_fee":"5.00","adjust_fee":"0.00","divide_order_fee":"43.00"}""", "43.00", "0.00", "2.00", 5000, 500, 200, 0, 0, 4300)]
    // a price that does not add up stays as stated
    [InlineData("""{"price":"50.00","num":1,"payment":"60.00","discount_fee":"5.00","adjust_fee":"0.00"}""", "60.00", "0.00", "0.00", 5000, 500, 0, 0, 0, 6000)]
    public void Taobao_amounts_follow_the_sheets_formulas(string orders, string payment, string post, string subsidy, long goods, long shop, long platform, long freight, long adjust, long pay)
    {
        var lines = string.Join(',', orders.Split("},{").Select((o, i) => $"{{\"oid\":{i + 1},{o.Trim('{', '}')}}}"));
        var order = TaobaoOrders.Map(1, $$$"""
            {"tid":1,"status":"WAIT_SELLER_SEND_GOODS","created":"2026-11-11 00:01:00","modified":"2026-11-11 00:10:00","payment":"{{{payment}}}","post_fee":"{{{post}}}","platform_subsidy_fee":"{{{subsidy}}}","orders":{"order":[{{{lines}}}]}}
            """);
        order.Amounts.ShouldBe(new IncomingAmounts(goods, shop, platform, freight, adjust, pay));
        (order.Lines.Sum(l => l.PayFen) + freight).ShouldBe(pay);
    }

    [Fact]
    public void A_JD_order_becomes_an_order()
    {
        var order = JdOrders.Map(7, SamplePayloads.JdOrder);
        order.PlatformOrderNo.ShouldBe("290000000001");
        order.Status.ShouldBe(PlatformStatus.Paid);
        order.CreatedAt.ShouldBe(Created);
        order.Amounts.ShouldBe(new IncomingAmounts(10900, 1000, 0, 0, 0, 9900));
        order.Lines.ShouldBe([new IncomingLine { PlatformLineNo = "100000000001", PlatformProductId = "1000001", PlatformSkuId = "100000000001", MerchantCode = "SKU-A", Title = "T恤", Quantity = 1, UnitPriceFen = 10900, PayFen = 9900 }]);
        order.Receiver.ShouldBe(new IncomingReceiver("张*", "138****0000", "广东", "深圳市", "南山区", "", "广东深圳市南山区***", null));
        order.Invoice.ShouldBe(new IncomingInvoice("电子发票", "某公司", "91440300X", "a@example.com"));
        order.Coupons.ShouldBe([new IncomingCoupon("30-单品促销优惠", 1000, BornByPlatform: false)]);
    }

    [Theory, InlineData("LOCKED", PlatformStatus.Paid), InlineData("PAUSE", PlatformStatus.Paid), InlineData("POP_ORDER_PAUSE", PlatformStatus.Paid)]
    public void JD_holds_what_the_buyer_asked_to_cancel(string state, PlatformStatus status)
    {
        var order = JdOrders.Map(7, SamplePayloads.JdOrder.Replace("WAIT_SELLER_STOCK_OUT", state, StringComparison.Ordinal));
        order.Status.ShouldBe(status);
        order.PlatformHold.ShouldNotBeNull();
    }

    [Fact]
    public void What_JD_pays_back_is_the_platforms_discount()
    {
        var order = JdOrders.Map(7, SamplePayloads.JdOrder.Replace("\"actualPay\":\"99.00\"", "\"actualPay\":\"94.00\"", StringComparison.Ordinal)
            .Replace("\"couponDetailList\":[", "\"couponDetailList\":[{\"couponType\":\"34-京东红包\",\"couponPrice\":\"5.00\"},", StringComparison.Ordinal));
        order.Amounts.ShouldBe(new IncomingAmounts(10900, 1000, 500, 0, 0, 9400));
    }

    [Fact]
    public void An_unpaid_JD_order_states_no_payment_but_what_is_due()
    {
        var order = JdOrders.Map(7, SamplePayloads.JdOrder.Replace("WAIT_SELLER_STOCK_OUT", "NOT_PAY", StringComparison.Ordinal).Replace("2026-11-11 00:02:00", "0001-01-01 00:00:00", StringComparison.Ordinal)
            .Replace("\"actualPay\":\"99.00\"", "\"actualPay\":\"0.00\"", StringComparison.Ordinal));
        order.Status.ShouldBe(PlatformStatus.Unpaid);
        order.PaidAt.ShouldBeNull();
        order.Amounts.PayFen.ShouldBe(9900);
    }

    [Fact]
    public void A_Pinduoduo_order_becomes_an_order()
    {
        var order = PinduoduoOrders.Map(7, SamplePayloads.PinduoduoOrder);
        order.PlatformOrderNo.ShouldBe("261111-123456789012345");
        order.Status.ShouldBe(PlatformStatus.Paid);
        order.ShipBy.ShouldBe(Created.AddMinutes(1).AddDays(2));
        order.Amounts.ShouldBe(new IncomingAmounts(3990, 100, 200, 0, 0, 3690));
        order.Receiver.ShouldBe(new IncomingReceiver("张*", "", "浙江省", "杭州市", "余杭区", "", "", "merge-1"));
        order.Lines.ShouldBe([new IncomingLine { PlatformLineNo = "700001", PlatformProductId = "600001", PlatformSkuId = "700001", MerchantCode = "SKU-A", Title = "T恤", Spec = "白,L", Quantity = 1, UnitPriceFen = 3990, PayFen = 3690 }]);
        order.Coupons.ShouldBe([new IncomingCoupon("商家优惠", 100, false), new IncomingCoupon("平台优惠", 200, true)]);
        order.NamedCourier.ShouldBe("SF");
        order.PlatformHold.ShouldBeNull();
    }

    [Theory]
    [InlineData("\"risk_control_status\":0", "\"risk_control_status\":1", "平台风控审核中")]
    [InlineData("\"group_status\":1", "\"group_status\":0", "拼团中,尚未成团")]
    [InlineData("\"ship_hold\",\"value\":0", "\"ship_hold\",\"value\":1", "平台要求暂缓发货")]
    public void Pinduoduo_forbids_shipping_for_now(string from, string to, string reason) =>
        PinduoduoOrders.Map(7, SamplePayloads.PinduoduoOrder.Replace(from, to, StringComparison.Ordinal)).PlatformHold.ShouldBe(reason);

    [Fact]
    public void A_Pinduoduo_order_refunded_before_shipping_is_closed() =>
        PinduoduoOrders.Map(7, SamplePayloads.PinduoduoOrder.Replace("\"refund_status\":1", "\"refund_status\":4", StringComparison.Ordinal)).Status.ShouldBe(PlatformStatus.ClosedAfterPayment);

    [Fact]
    public void A_Douyin_order_becomes_an_order()
    {
        var order = DouyinOrders.Map(7, SamplePayloads.DouyinOrder);
        order.PlatformOrderNo.ShouldBe("6910000000000000001");
        order.Version.ShouldBe(1795016000_000);
        order.Status.ShouldBe(PlatformStatus.Paid);
        order.Amounts.ShouldBe(new IncomingAmounts(10900, 600, 400, 0, 0, 9900));
        order.Receiver.ShouldBe(new IncomingReceiver("张*", "", "广东省", "深圳市", "南山区", "粤海街道", "", "|##t|##d"));
        order.Lines.ShouldBe([new IncomingLine { PlatformLineNo = "6910000000000000001", PlatformProductId = "3500000000000000001", PlatformSkuId = "1700000000000001", MerchantCode = "SKU-A", Title = "T恤", Quantity = 1, UnitPriceFen = 10900, PayFen = 9900 }]);
        order.SellerFlag.ShouldBe(1);
    }

    [Fact]
    public void What_the_payment_channel_gave_a_Douyin_buyer_was_not_paid_by_them()
    {
        var order = DouyinOrders.Map(7, SamplePayloads.DouyinOrder.Replace("\"promotion_pay_amount\":0", "\"promotion_pay_amount\":100", StringComparison.Ordinal));
        order.Amounts.ShouldBe(new IncomingAmounts(10900, 600, 500, 0, 0, 9800));
    }

    [Theory]
    [InlineData(1, 0, PlatformStatus.Unpaid), InlineData(105, 1, PlatformStatus.Paid), InlineData(101, 1, PlatformStatus.PartShipped), InlineData(3, 1, PlatformStatus.Shipped)]
    [InlineData(5, 1, PlatformStatus.Received), InlineData(4, 1, PlatformStatus.ClosedAfterPayment), InlineData(4, 0, PlatformStatus.ClosedUnpaid), InlineData(103, 1, PlatformStatus.Unpaid)]
    public void Douyin_states_are_understood(int state, int paid, PlatformStatus expected)
    {
        var json = SamplePayloads.DouyinOrder.Replace("\"order_status\":2", $"\"order_status\":{state}", StringComparison.Ordinal);
        DouyinOrders.Map(7, paid == 1 ? json : json.Replace("\"pay_time\":1795015960", "\"pay_time\":0", StringComparison.Ordinal)).Status.ShouldBe(expected);
    }

    [Fact]
    public void A_mall_order_becomes_an_order()
    {
        var order = MallOrders.Map(7, SamplePayloads.MallOrder);
        order.Version.ShouldBe(3);
        order.Status.ShouldBe(PlatformStatus.Paid);
        order.CreatedAt.ShouldBe(Created);
        order.Amounts.ShouldBe(new IncomingAmounts(13800, 1000, 500, 600, 0, 12900));
        order.Lines.Select(l => (l.PlatformLineNo, l.MerchantCode, l.Quantity, l.PayFen, l.IsGift)).ShouldBe([("1", "SKU-A", 2, 9000L, false), ("2", "SKU-B", 1, 3300L, false), ("gift:SKU-G", "SKU-G", 1, 0L, true)]);
        order.Coupons.ShouldBe([new IncomingCoupon("满减", 1000, false), new IncomingCoupon("平台券", 500, true)]);
        order.Invoice.ShouldBe(new IncomingInvoice("company", "某公司", "91440300X", "a@example.com"));
        order.Receiver.Token.ShouldBeNull();
    }

    [Theory]
    [InlineData("\"order_no\":\"MP20261111000001\",", "", "缺少 order_no")]
    [InlineData("\"order_no\":\"MP20261111000001\"", "\"order_no\":7", "order_no 不是文本")]
    [InlineData("\"order_no\":\"MP20261111000001\"", "\"order_no\":\" \"", "order_no 是空的")]
    [InlineData("\"version\":3", "\"version\":\"3\"", "version 不是整数")]
    [InlineData("\"status\":\"paid\"", "\"status\":\"maybe\"", "status 是未知的订单状态")]
    [InlineData("\"qty\":1,\"price\"", "\"qty\":\"1\",\"price\"", "lines[1].qty 不是整数")]
    [InlineData("\"qty\":1,\"price\"", "\"qty\":1.5,\"price\"", "lines[1].qty 不是整数")]
    [InlineData("\"qty\":1,\"price\"", "\"qty\":0,\"price\"", "lines[1].qty 不是合理的数量")]
    [InlineData("\"pay\":12900", "\"pay\":129.5", "amounts.pay 不是整数")]
    [InlineData("\"pay\":12900", "\"pay\":99999999999999", "amounts.pay 金额超出范围")]
    [InlineData("\"amounts\":", "\"amount\":", "缺少 amounts")]
    [InlineData("\"line_id\":\"2\"", "\"line_id\":\"1\"", "lines 的 line_id 有重复")]
    [InlineData("\"created_at\":\"2026-11-11T00:01:00+08:00\"", "\"created_at\":\"yesterday\"", "created_at 不是ISO 8601 时间")]
    public void A_mall_order_that_breaks_its_own_protocol_says_where(string from, string to, string reason)
    {
        var broken = SamplePayloads.MallOrder.Replace(from, to, StringComparison.Ordinal);
        broken.ShouldNotBe(SamplePayloads.MallOrder);
        Should.Throw<UnreadablePayloadException>(() => MallOrders.Map(7, broken)).Message.ShouldBe(reason);
    }
}
