using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using OrderHub.Platform.Data;
using OrderHub.Platform.Outbox;
using OrderHub.PostgresTests.Infrastructure;

namespace OrderHub.PostgresTests.Data;

public sealed class OutboxTests(TestHub hub) : IClassFixture<TestHub>
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(20);

    private static OutboxSubscription Consumer(string name, Func<IReadOnlyList<string>, CancellationToken, Task> take) =>
        new(name, typeof(int), _ => true, async (_, _, payloads, ct) =>
        {
            await take(payloads, ct);
            return payloads.Count;
        });

    private OutboxDispatcher Dispatcher(params OutboxSubscription[] consumers) => new(hub.Database, hub.Services.GetRequiredService<OutboxSignal>(), consumers,
        hub.Services.GetRequiredService<IServiceScopeFactory>(), Options.Create(new OutboxOptions()), NullLogger<OutboxDispatcher>.Instance);

    private Task SayAsync(string consumer, string payload) =>
        hub.Database.RunAsync(tx => tx.ExecuteAsync("insert into platform_outbox (consumer, payload) values ($1, $2::json)", default, consumer, payload), default);

    private Task<List<string>> WaitingAsync(string consumer) => hub.Database.QueryAsync("select payload::text from platform_outbox where consumer = $1 order by id", r => r.GetString(0), default, consumer);

    [Fact]
    public async Task A_consumer_that_hangs_keeps_the_others_waiting_for_a_moment_only()
    {
        var (begun, released, served) = (new TaskCompletionSource(), new TaskCompletionSource(), new TaskCompletionSource());
        using var dispatcher = Dispatcher(
            Consumer("test.hanging", async (_, ct) =>
            {
                begun.TrySetResult();
                await released.Task.WaitAsync(ct);
            }),
            Consumer("test.quick", (_, _) =>
            {
                served.TrySetResult();
                return Task.CompletedTask;
            }));
        await SayAsync("test.hanging", "[1]");
        await dispatcher.StartAsync(default);
        await begun.Task.WaitAsync(Soon);

        await SayAsync("test.quick", "[1]");
        await served.Task.WaitAsync(Soon);

        (await WaitingAsync("test.hanging")).ShouldBe(["[1]"], "it is still at it");
        released.SetResult();
        for (var patience = 0; patience < 200 && (await WaitingAsync("test.hanging")).Count > 0; patience++) await Task.Delay(50);
        (await WaitingAsync("test.hanging")).ShouldBeEmpty();
        await dispatcher.StopAsync(default);
    }

    [Fact]
    public async Task An_event_that_cannot_be_taken_waits_alone_with_its_error_while_the_others_pass()
    {
        var taken = new List<string>();
        using var dispatcher = Dispatcher(Consumer("test.choosy", (payloads, _) =>
        {
            if (payloads.Any(p => p.Contains('2', StringComparison.Ordinal))) throw new InvalidOperationException("not this one");
            taken.AddRange(payloads);
            return Task.CompletedTask;
        }));
        await SayAsync("test.choosy", "[1, 2, 3]");
        await SayAsync("test.choosy", "[4]");

        await dispatcher.DrainAsync(default);

        taken.ShouldBe(["[1]", "[3]", "[4]"], ignoreOrder: true);
        (await WaitingAsync("test.choosy")).ShouldBe(["[2]"]);
        (await hub.Database.QueryAsync("select last_error from platform_outbox where consumer = 'test.choosy' and attempts = 1 and due_at > now()", r => r.GetString(0), default)).ShouldBe(["not this one"]);
    }

    [Fact]
    public async Task A_consumer_that_loses_a_race_is_run_again_and_counted_and_its_event_has_no_error()
    {
        var (tries, before) = (0, hub.Database.Races.LostRaces);
        using var dispatcher = Dispatcher(Consumer("test.racing", (_, _) => ++tries == 1 ? throw new LostRaceException("taken meanwhile") : Task.CompletedTask));
        await SayAsync("test.racing", "[1, 2]");

        await dispatcher.DrainAsync(default);

        (tries, hub.Database.Races.LostRaces - before).ShouldBe((2, 1));
        (await WaitingAsync("test.racing")).ShouldBeEmpty();
    }
}
