using OrderHub.Channels.Adapters;
using OrderHub.Channels.Completeness;
using OrderHub.Orders.Contracts;

namespace OrderHub.UnitTests.Channels;

public sealed class MissedChangeTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 11, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(101L, PlatformStatus.Paid, true)]      // went on there
    [InlineData(101L, PlatformStatus.Unpaid, true)]    // a note or a price was changed
    [InlineData(100L, PlatformStatus.Unpaid, false)]
    [InlineData(99L, PlatformStatus.Paid, false)]      // their list lags behind what we have
    [InlineData(100L, PlatformStatus.Paid, true)]      // a mall that forgot to raise the version
    [InlineData(null, PlatformStatus.Paid, true)]      // a list that tells no version
    [InlineData(null, PlatformStatus.Unpaid, false)]
    [InlineData(null, null, false)]
    internal void A_newer_version_or_another_status_is_a_change(long? version, PlatformStatus? status, bool changed) =>
        MissedChange.IsThere(Listed(version, status), Ours(100, PlatformStatus.Unpaid)).ShouldBe(changed);

    [Fact]
    public void What_changed_after_the_pull_was_last_here_is_the_next_pulls_business()
    {
        MissedChange.IsClaimed(Listed(1, null) with { ModifiedAt = Now.AddSeconds(-1) }, pulledTo: Now).ShouldBeTrue();
        MissedChange.IsClaimed(Listed(1, null) with { ModifiedAt = Now.AddSeconds(1) }, pulledTo: Now).ShouldBeFalse();
        MissedChange.IsClaimed(Listed(1, null), pulledTo: Now).ShouldBeTrue("a list that tells no time leaves no excuse");
    }

    [Fact]
    public void Once_fetched_only_a_status_the_details_do_not_confirm_is_told()
    {
        MissedChange.Words(Listed(101, PlatformStatus.Paid), Ours(100, PlatformStatus.Unpaid)).ShouldBe("有变更：平台 待发货，本系统 待付款");
        MissedChange.Words(Listed(101, PlatformStatus.Paid), Ours(100, PlatformStatus.Paid)).ShouldBeNull();
        MissedChange.Words(Listed(101, PlatformStatus.Paid), Ours(102, PlatformStatus.Shipped)).ShouldBeNull("it went on while we looked");
    }

    private static ListedOrder Listed(long? version, PlatformStatus? status) => new("1", Now, null) { Version = version, Status = status };

    private static OrderBrief Ours(long version, PlatformStatus status) => new(1, "1", OrderState.PendingPayment, 0, 0, version, status);
}
