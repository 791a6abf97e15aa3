using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using OrderHub.Inventory.Contracts;
using OrderHub.Orders.Contracts;
using OrderHub.Platform.Data;
using OrderHub.PostgresTests.Infrastructure;

namespace OrderHub.PostgresTests.Schema;

public sealed class MigrationTests(TestHub hub) : IClassFixture<TestHub>
{
    [Fact]
    public async Task The_migrations_and_the_mappings_say_the_same()
    {
        await using var scope = hub.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<OrderHubDbContext>().Database.HasPendingModelChanges().ShouldBeFalse("run eng/migration.sh NAME");
    }

    [Theory]
    [InlineData("update inventory_movements set delta = 1")]
    [InlineData("delete from orders_timeline")]
    [InlineData("truncate reconciliation_money_entries")]
    [InlineData("update platform_audit set actor = 'somebody else'")]
    public async Task A_ledger_cannot_be_rewritten_by_anyone(string sql)
    {
        await hub.ReceiveAsync(TestHub.Shirt, hub.Suzhou, 1);
        var refusal = await Should.ThrowAsync<PostgresException>(() => hub.Database.RunAsync(tx => tx.ExecuteAsync(sql, default), default));
        refusal.MessageText.ShouldContain("append-only");
    }

    [Theory]
    [InlineData("delete from inventory_reservations where order_id = $1")]
    [InlineData("update inventory_reservations set quantity = quantity + 1 where order_id = $1")]
    [InlineData("update inventory_reservations set ended_at = now(), warehouse_id = warehouse_id + 1 where order_id = $1")]
    [InlineData("update inventory_reservations set ended_at = now() + interval '1 hour' where order_id = $1 and ended_at is not null")]
    public async Task A_hold_ends_once_and_is_otherwise_never_changed(string sql)
    {
        await hub.ReceiveAsync(TestHub.Shirt, hub.Suzhou, 2);
        var order = hub.Order(hub.LockOnOrder, PlatformStatus.Unpaid);
        var placed = await hub.AcceptOneAsync(order);
        await hub.AcceptOneAsync(order with { Version = 2, Status = PlatformStatus.ClosedUnpaid });
        await hub.AcceptOneAsync(hub.Order(hub.LockOnOrder, PlatformStatus.Unpaid));

        var refusal = await Should.ThrowAsync<PostgresException>(() => hub.Database.RunAsync(tx => tx.ExecuteAsync(sql, default, placed.OrderId), default));
        refusal.MessageText.ShouldContain("append-only");
    }

    [Fact]
    public async Task A_hold_says_why_it_was_taken()
    {
        await hub.ReceiveAsync(TestHub.Shirt, hub.Suzhou, 9);
        var placed = await hub.AcceptOneAsync(hub.Order(hub.LockOnOrder, PlatformStatus.Unpaid));
        var deposit = await hub.AcceptOneAsync(hub.Order(hub.LockOnPayment, PlatformStatus.Unpaid) with { Extras = new() { Presale = new(1_000, 8_900, false) { DepositPaid = true } } });
        var paid = await hub.AcceptOneAsync(hub.Order());

        (await Task.WhenAll(ReasonOfAsync(placed), ReasonOfAsync(deposit), ReasonOfAsync(paid))).ShouldBe([HoldReason.Placed, HoldReason.Deposit, HoldReason.Paid]);

        async Task<HoldReason> ReasonOfAsync(IntakeAnswer order) => (HoldReason)(await hub.Database.QueryAsync("select reason from inventory_reservations where order_id = $1", r => r.GetInt16(0), default, order.OrderId)).Single();
    }
}
