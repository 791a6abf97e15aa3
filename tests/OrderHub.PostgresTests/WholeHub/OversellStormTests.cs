using System.Globalization;
using OrderHub.PostgresTests.Infrastructure;

namespace OrderHub.PostgresTests.WholeHub;

/// <summary>
/// Sixteen workers on two hosts do everything that can happen to orders and stock at once.
/// ORDERHUB_STORM_STEPS makes it longer (steps per worker); the seed is in the failure's text.
/// </summary>
public sealed class OversellStormTests(TestHub hub) : IClassFixture<TestHub>
{
    private const int Fewest = 130;
    private static readonly int Steps = int.TryParse(Environment.GetEnvironmentVariable("ORDERHUB_STORM_STEPS"), CultureInfo.InvariantCulture, out var steps) ? steps : Fewest;

    [Theory]
    [InlineData(11)]
    [InlineData(20261111)]
    public Task Whatever_happens_at_once_nothing_is_sold_twice_and_every_counter_equals_its_ledger(int seed) => StormAsync(seed, async work => await work);

    [Fact]
    public async Task Connections_cut_in_the_middle_of_transactions_leave_nothing_half_done()
    {
        var cutter = new ConnectionCutter(hub.Database);
        var storm = await StormAsync(20261112, cutter.CutWhileAsync);
        storm.Done.GetValueOrDefault("cut").ShouldBeGreaterThan(0, $"{cutter.Cuts} connections were cut, none in the middle of something");
    }

    /// <param name="during">Waits for the workers, and does what it likes meanwhile.</param>
    private async Task<Storm> StormAsync(int seed, Func<Task, Task> during)
    {
        await Storm.StockUpAsync(hub);
        await using var other = hub.AnotherHost();
        var storm = new Storm(hub);

        await during(storm.RageAsync([hub.Services, other], seed, step => step < Steps || step < Steps * 10 && Storm.Kinds.Any(kind => !storm.Done.ContainsKey(kind)))); // until everything has happened at least once
        await hub.DrainOutboxAsync();

        (await hub.BreachesAsync()).ShouldBeEmpty($"seed {seed}, {Storm.Workers} × {Steps} steps");
        foreach (var kind in Storm.Kinds)
            storm.Done.GetValueOrDefault(kind).ShouldBeGreaterThan(0, $"seed {seed}: {kind} never happened");
        return storm;
    }
}
