using OrderHub.Platform.Notifications.Sending;

namespace OrderHub.UnitTests.Platform.Notifications;

public sealed class PaceTests
{
    [Fact]
    public void A_few_messages_go_one_by_one() => Pace.Next(Ordinary(3), used: 0).ShouldBe([1L]);

    [Fact]
    public void More_than_fifteen_a_minute_become_one() => Pace.Next(Ordinary(16), used: 0).Count.ShouldBe(16);

    [Fact]
    public void What_was_sent_already_counts() => Pace.Next(Ordinary(6), used: 10).Count.ShouldBe(6);

    [Fact]
    public void The_last_four_of_a_minute_are_for_critical_ones()
    {
        Pace.Next(Ordinary(3), used: 16).ShouldBeEmpty();
        Pace.Next([.. Ordinary(3), new(9, true)], used: 16).ShouldBe([9L]);
    }

    [Fact]
    public void Nothing_goes_beyond_twenty() => Pace.Next([new(1, true)], used: 20).ShouldBeEmpty();

    [Fact]
    public void A_critical_one_is_never_merged() => Pace.Next([.. Ordinary(20), new(99, true)], used: 0).ShouldBe(Enumerable.Range(1, 20).Select(i => (long)i));

    [Fact]
    public void However_they_come_a_minute_holds_twenty_at_most_and_nobody_waits_for_ever()
    {
        var random = new Random(1);
        for (var round = 0; round < 200; round++)
        {
            var waiting = Enumerable.Range(1, random.Next(1, 80)).Select(i => new Waiting(i, random.Next(4) == 0)).ToList();
            var used = 0;
            for (var next = Pace.Next(waiting, used); next.Count > 0; next = Pace.Next(waiting, used))
            {
                used++;
                waiting.RemoveAll(w => next.Contains(w.Id));
            }
            used.ShouldBeLessThanOrEqualTo(Pace.PerMinute);
            if (waiting.Count > 0) used.ShouldBeGreaterThanOrEqualTo(Pace.PerMinute - Pace.Reserve);
        }
    }

    [Fact]
    public void An_outage_is_asked_three_times_quickly_and_then_ever_slower() =>
        new[] { 1, 2, 3, 4, 5, 9, 10, 40 }.Select(a => SendBackoff.After(a).TotalSeconds).ShouldBe([2, 4, 8, 60, 120, 1920, 3600, 3600]);

    private static Waiting[] Ordinary(int count) => [.. Enumerable.Range(1, count).Select(i => new Waiting(i, false))];
}
