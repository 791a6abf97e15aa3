using OrderHub.Channels.Adapters;
using OrderHub.Channels.Pulling;

namespace OrderHub.PostgresTests.Channels;

public sealed class PullWindowTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 11, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_regular_pull_is_one_window_that_looks_back_over_the_overlap_and_stops_short_of_the_lag() =>
        PullWindows.Between(Now.AddMinutes(-10), Now, Platform(maxMinutes: 30, overlapMinutes: 2, lagMinutes: 1))
            .ShouldBe([new(Now.AddMinutes(-12), Now.AddMinutes(-1))]);

    [Fact]
    public void After_an_outage_the_gap_is_cut_into_windows_that_touch_and_never_exceed_the_longest()
    {
        var windows = PullWindows.Between(Now.AddHours(-2), Now, Platform(maxMinutes: 30, overlapMinutes: 5, lagMinutes: 0)).ToList();

        windows[0].From.ShouldBe(Now.AddHours(-2).AddMinutes(-5));
        windows[^1].Until.ShouldBe(Now);
        windows.ShouldAllBe(w => w.Until - w.From <= TimeSpan.FromMinutes(30) && w.Until > w.From);
        windows.Zip(windows.Skip(1)).ShouldAllBe(pair => pair.First.Until == pair.Second.From);
    }

    [Fact]
    public void Nothing_is_asked_while_the_lag_has_not_passed() =>
        PullWindows.Between(Now.AddSeconds(-30), Now, Platform(maxMinutes: 30, overlapMinutes: 2, lagMinutes: 1)).ShouldBeEmpty();

    private static PlatformAbilities Platform(int maxMinutes, int overlapMinutes, int lagMinutes) =>
        new(TimeSpan.FromMinutes(maxMinutes), TimeSpan.FromMinutes(overlapMinutes), TimeSpan.FromMinutes(lagMinutes), 10, SplitAbility.Whole, true);
}
