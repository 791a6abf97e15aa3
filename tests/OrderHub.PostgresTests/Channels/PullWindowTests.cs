using OrderHub.Channels.Adapters;
using OrderHub.Channels.Pulling;

namespace OrderHub.PostgresTests.Channels;

public sealed class PullWindowTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 11, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_regular_pull_is_one_window_that_looks_back_over_the_overlap_and_stops_short_of_the_lag() =>
        All(new(Now.AddMinutes(-10), Now, Platform(maxMinutes: 30, overlapMinutes: 2, lagMinutes: 1), null)).ShouldBe([new(Now.AddMinutes(-12), Now.AddMinutes(-1))]);

    [Fact]
    public void After_an_outage_the_gap_is_cut_into_windows_that_touch_and_never_exceed_the_longest()
    {
        var windows = All(new(Now.AddHours(-2), Now, Platform(maxMinutes: 30, overlapMinutes: 5, lagMinutes: 0), null));

        windows[0].From.ShouldBe(Now.AddHours(-2).AddMinutes(-5));
        windows[^1].Until.ShouldBe(Now);
        windows.ShouldAllBe(w => w.Until - w.From <= TimeSpan.FromMinutes(30) && w.Until > w.From);
        windows.Zip(windows.Skip(1)).ShouldAllBe(pair => pair.First.Until == pair.Second.From);
    }

    [Fact]
    public void Nothing_is_asked_while_the_lag_has_not_passed() =>
        All(new(Now.AddSeconds(-30), Now, Platform(maxMinutes: 30, overlapMinutes: 2, lagMinutes: 1), null)).ShouldBeEmpty();

    [Fact]
    public void A_window_that_fails_is_halved_and_grows_again_as_the_parts_succeed()
    {
        var windows = new PullWindows(Now.AddHours(-24), Now, Platform(maxMinutes: 360, overlapMinutes: 2, lagMinutes: 0), null);
        for (var i = 0; i < 3; i++) windows.Failed(windows.Next!.Value);
        windows.Stride.ShouldBe(TimeSpan.FromMinutes(45));

        var lengths = All(windows).Select(w => (w.Until - w.From).TotalMinutes).ToList();
        lengths[..4].ShouldBe([45, 90, 180, 360]);
        lengths.Sum().ShouldBe(24 * 60 + 2);
        windows.Stride.ShouldBeNull();
    }

    [Fact]
    public void Even_the_shortest_window_brings_the_cursor_forward()
    {
        var windows = new PullWindows(Now.AddHours(-1), Now, Platform(maxMinutes: 30, overlapMinutes: 5, lagMinutes: 0), null);
        for (var i = 0; i < 20; i++) windows.Failed(windows.Next!.Value);
        windows.Next!.Value.Until.ShouldBe(Now.AddHours(-1).AddMinutes(1));
    }

    private static List<PullWindow> All(PullWindows windows)
    {
        var all = new List<PullWindow>();
        while (windows.Next is { } window)
        {
            all.Add(window);
            windows.Succeeded(window);
        }
        return all;
    }

    private static PlatformAbilities Platform(int maxMinutes, int overlapMinutes, int lagMinutes) =>
        new(TimeSpan.FromMinutes(maxMinutes), TimeSpan.FromMinutes(overlapMinutes), TimeSpan.FromMinutes(lagMinutes), 10, SplitAbility.Whole, true);
}
