using OrderHub.AfterSales.Contracts;
using OrderHub.Channels.Douyin;
using OrderHub.Channels.Jd;
using OrderHub.Channels.Mall;
using OrderHub.Channels.Pinduoduo;
using OrderHub.Channels.Taobao;

namespace OrderHub.UnitTests.Channels;

public sealed class RefundMappingTests
{
    [Fact]
    public void A_finished_Taobao_refund_says_what_was_paid_back()
    {
        var refund = TaobaoRefunds.Map(7, SamplePayloads.TaobaoRefund);
        (refund.RefundNo, refund.PlatformOrderNo, refund.Kind, refund.Status, refund.AppliedFen, refund.RefundedFen)
            .ShouldBe(("9000000001", "3061234567890123456", RefundKind.RefundOnly, RefundStatus.Done, 5000L, 5000L));
    }

    [Theory]
    [InlineData("WAIT_SELLER_AGREE", RefundStatus.Applied), InlineData("WAIT_BUYER_RETURN_GOODS", RefundStatus.Agreed), InlineData("WAIT_SELLER_CONFIRM_GOODS", RefundStatus.Returning)]
    [InlineData("SELLER_REFUSE_BUYER", RefundStatus.Refused), InlineData("CLOSED", RefundStatus.Closed)]
    public void Nothing_is_paid_back_before_a_refund_is_done(string state, RefundStatus expected)
    {
        var refund = TaobaoRefunds.Map(7, SamplePayloads.TaobaoRefund.Replace("SUCCESS", state, StringComparison.Ordinal));
        (refund.Status, refund.AppliedFen, refund.RefundedFen).ShouldBe((expected, 5000L, 0L));
    }

    [Fact]
    public void JD_counts_cancellations_in_fen_and_after_sales_in_yuan()
    {
        JdRefunds.Map(7, SamplePayloads.JdCancellation).RefundedFen.ShouldBe(9900);
        var afterSale = JdRefunds.Map(7, SamplePayloads.JdAfterSale);
        (afterSale.PlatformOrderNo, afterSale.Status, afterSale.RefundedFen).ShouldBe(("290000000001", RefundStatus.Done, 2050L));
    }

    [Fact]
    public void A_later_step_of_a_JD_paper_is_a_newer_version()
    {
        var applied = SamplePayloads.JdCancellation.Replace("\"status\":3", "\"status\":0", StringComparison.Ordinal).Replace("2026-11-11 02:00:00", "2026-11-11 01:00:00", StringComparison.Ordinal);
        var approved = applied.Replace("\"status\":0", "\"status\":1", StringComparison.Ordinal);
        JdRefunds.Map(7, approved).Version.ShouldBeGreaterThan(JdRefunds.Map(7, applied).Version);
    }

    [Theory, InlineData("1795016000"), InlineData("2026-11-19 07:33:20")]
    public void Pinduoduo_writes_times_of_refunds_in_two_ways(string time)
    {
        var json = SamplePayloads.PinduoduoRefund.Replace("1795016000", time, StringComparison.Ordinal);
        var refund = PinduoduoRefunds.Map(7, json);
        (refund.RefundNo, refund.Status, refund.RefundedFen).ShouldBe(("5001", RefundStatus.Done, 3690L));
        Math.Abs((refund.ModifiedAt - DateTimeOffset.FromUnixTimeSeconds(1795016000)).TotalDays).ShouldBeLessThan(10);
    }

    [Theory, InlineData(3, RefundStatus.Done, 9900), InlineData(2, RefundStatus.Agreed, 0)]
    public void A_Douyin_refund_is_done_when_the_money_went_back(int state, RefundStatus expected, long refunded)
    {
        var refund = DouyinRefunds.Map(7, SamplePayloads.DouyinRefund.Replace("\"refund_status\":3", $"\"refund_status\":{state}", StringComparison.Ordinal));
        (refund.PlatformOrderNo, refund.PlatformLineNo, refund.Kind, refund.Status, refund.RefundedFen, refund.Reason)
            .ShouldBe(("6910000000000000001", "6910000000000000001", RefundKind.ReturnRefund, expected, refunded, "尺码不合适"));
    }

    [Fact]
    public void A_mall_refund_may_pay_back_less_than_was_asked_for()
    {
        var refund = MallRefunds.Map(7, SamplePayloads.MallRefund);
        (refund.AppliedFen, refund.RefundedFen, refund.PlatformLineNo).ShouldBe((9000L, 8800L, "1"));
    }
}
