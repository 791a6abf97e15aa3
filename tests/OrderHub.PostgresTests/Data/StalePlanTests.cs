using Microsoft.Extensions.DependencyInjection;
using OrderHub.Orders.Contracts;
using OrderHub.Platform.Accounts;
using OrderHub.Platform.Data;
using OrderHub.PostgresTests.Infrastructure;

namespace OrderHub.PostgresTests.Data;

public sealed class StalePlanTests(TestHub hub) : IClassFixture<TestHub>
{
    private const int Many = 4_000;

    [Fact]
    public async Task Plans_made_while_the_tables_were_empty_read_no_whole_table_after_the_first_bulk_load()
    {
        await hub.ReceiveAsync(TestHub.Shirt, hub.Suzhou, 3 * Many);
        var early = hub.AnotherHost("early");
        for (var i = 0; i < 8; i++) await LiveAsync(early); // often enough for the server to keep its plans

        foreach (var part in Enumerable.Range(0, Many).Select(_ => hub.Order()).Chunk(500)) await hub.AcceptAsync(part); // by another host, and nobody analyzes
        var before = await TuplesReadAsync();
        (await SessionsAsync()).ShouldBeGreaterThan(0);
        for (var i = 0; i < 20; i++) await LiveAsync(early);
        await early.DisposeAsync(); // its sessions tell what they read when they end

        for (var patience = 0; patience < 50 && await SessionsAsync() > 0; patience++) await Task.Delay(100);
        var after = await TuplesReadAsync();
        foreach (var (table, tuples) in after) (tuples - before.GetValueOrDefault(table)).ShouldBeLessThan(Many, $"{table} was read as a whole");
    }

    /// <summary>An order placed, paid, looked at and cancelled.</summary>
    private async Task LiveAsync(IServiceProvider host)
    {
        var order = hub.Order(hub.LockOnOrder, PlatformStatus.Unpaid);
        foreach (var version in new[] { order, order with { Version = 2, Status = PlatformStatus.Paid, PaidAt = order.CreatedAt }, order with { Version = 3, Status = PlatformStatus.ClosedAfterPayment, PaidAt = order.CreatedAt } })
        {
            await using var scope = host.CreateAsyncScope();
            var answer = (await host.GetRequiredService<HubDatabase>().RunAsync(tx => scope.ServiceProvider.GetRequiredService<IOrderIntake>().AcceptAsync(tx, [version], Actor.System, default), default))[0];
            (await scope.ServiceProvider.GetRequiredService<IOrderReader>().FindAsync(answer.OrderId, default))!.State.ShouldBe(answer.State);
        }
    }

    /// <summary>Rows read by sequential scans, of the tables the bulk load filled.</summary>
    private async Task<Dictionary<string, long>> TuplesReadAsync()
    {
        await hub.Database.QueryAsync("select pg_stat_clear_snapshot()", _ => 0, default);
        return (await hub.Database.QueryAsync("select relname::text, seq_tup_read from pg_stat_user_tables where schemaname = 'orderhub' and relname in ('orders_orders', 'orders_lines', 'orders_timeline', 'inventory_reservations', 'allocation_decisions')",
            r => (r.GetString(0), r.GetInt64(1)), default)).ToDictionary();
    }

    private async Task<long> SessionsAsync() => (await hub.Database.QueryAsync("select count(*) from pg_stat_activity where datname = current_database() and application_name = 'early'", r => r.GetInt64(0), default))[0];
}
