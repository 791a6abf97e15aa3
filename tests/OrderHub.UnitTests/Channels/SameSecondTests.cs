using OrderHub.AfterSales.Contracts;
using OrderHub.Channels.Adapters;
using OrderHub.Channels.Inbox;
using OrderHub.Channels.Mall;
using OrderHub.Channels.Taobao;

namespace OrderHub.UnitTests.Channels;

public sealed class SameSecondTests
{
    private static readonly IncomingRefund Asked = new(1, "R1", 1_795_306_208_000, "T1", null, RefundKind.RefundOnly, RefundStatus.Applied, 3800, 0, "不想要了", default, default);

    [Fact]
    public void A_refund_asked_and_paid_back_within_one_second_counts_as_paid_back()
    {
        IPlatformAdapter taobao = new TaobaoAdapter(null!);
        var done = SameSecond.Newest(taobao, Asked with { Status = RefundStatus.Done, RefundedFen = 3800 });
        done.Version.ShouldBeGreaterThan(SameSecond.Newest(taobao, Asked).Version);
        done.Version.ShouldBeLessThan(SameSecond.Newest(taobao, Asked with { Version = Asked.Version + 1000 }).Version, "a second later is later, whatever the status");
    }

    [Fact]
    public void A_platform_that_numbers_its_versions_is_taken_at_its_word() =>
        SameSecond.Newest(new MallAdapter(null!, TimeProvider.System), Asked with { Version = 7 }).Version.ShouldBe(7);
}
