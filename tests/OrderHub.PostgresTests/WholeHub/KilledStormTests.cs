using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using OrderHub.PostgresTests.Infrastructure;
using Xunit.Abstractions;

namespace OrderHub.PostgresTests.WholeHub;

/// <summary>
/// The storm in a process of its own, which is killed without warning again and again: in the middle of packing, shipping, counting, moving.
/// ORDERHUB_KILLS sets how often it dies; the seed is in the failure's text.
/// </summary>
public sealed class KilledStormTests(TestHub hub, ITestOutputHelper output) : IClassFixture<TestHub>
{
    private const int Most = 15;
    private static readonly int Kills = int.TryParse(Environment.GetEnvironmentVariable("ORDERHUB_KILLS"), CultureInfo.InvariantCulture, out var kills) ? kills : 5;
    private readonly int _seed = Environment.TickCount & 0xFFFF;

    [Fact]
    public async Task A_host_killed_in_the_middle_of_whatever_it_does_leaves_nothing_half_done()
    {
        await Storm.StockUpAsync(hub);
        var (random, done) = (new Random(_seed), new ConcurrentDictionary<string, bool>());
        var life = 0;
        for (; life < Kills || life < Most && Storm.Kinds.Any(kind => !done.ContainsKey(kind)); life++)
        {
            using var storm = StormProcess.Start(hub.ConnectionString, _seed + life);
            if (await storm.StandardOutput.ReadLineAsync().WaitAsync(TimeSpan.FromMinutes(2)) is { } first) done.TryAdd(first, true);
            var reads = ReadAsync(storm.StandardOutput);
            await Task.Delay(random.Next(500, 4_000 + life * 1_000));
            storm.HasExited.ShouldBeFalse($"seed {_seed}: the storm ended by itself: {string.Join(' ', done.Keys)}");
            storm.Kill();
            await storm.WaitForExitAsync();
            await reads;
            (await hub.BreachesAsync()).ShouldBeEmpty($"seed {_seed}, killed {life + 1} times");
        }
        output.WriteLine($"seed {_seed}: killed {life} times; {string.Join(", ", done.Keys.Order())}");
        foreach (var kind in Storm.Kinds) done.ShouldContainKey(kind, $"seed {_seed}: {kind} never happened");

        await hub.DrainOutboxAsync();
        (await hub.BreachesAsync()).ShouldBeEmpty($"seed {_seed}, after what was left of the outbox");

        async Task ReadAsync(StreamReader lines)
        {
            while (await lines.ReadLineAsync() is { } kind) done.TryAdd(kind, true);
        }
    }
}

/// <summary>This assembly as a program: a storm on the database it is given, until it is killed. Writes each kind of work once it is done.</summary>
internal static class StormProcess
{
    public static Process Start(string connectionString, int seed)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, ArgumentList = { typeof(StormProcess).Assembly.Location, connectionString, seed.ToString(CultureInfo.InvariantCulture) } };
        return Process.Start(start)!;
    }

    private static async Task Main(string[] args)
    {
        var hub = await TestHub.AtAsync(args[0]);
        await new Storm(hub) { First = Console.WriteLine }.RageAsync([hub.Services], int.Parse(args[1], CultureInfo.InvariantCulture), _ => true);
    }
}
