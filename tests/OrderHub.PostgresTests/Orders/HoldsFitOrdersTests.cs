using Microsoft.Extensions.DependencyInjection;
using OrderHub.Orders.Checks;
using OrderHub.Orders.Contracts;
using OrderHub.Platform.Verification;
using OrderHub.PostgresTests.Infrastructure;

namespace OrderHub.PostgresTests.Orders;

public sealed class HoldsFitOrdersTests(TestHub hub) : IClassFixture<TestHub>
{
    [Theory]
    [InlineData("update inventory_reservations set quantity = quantity - 1 where order_id = $1", "要 SHIRT × 2，占用和发出 SHIRT × 1")]
    [InlineData("delete from inventory_reservations where order_id = $1", "要 SHIRT × 2，占用和发出 无")]
    [InlineData("update orders_orders set state = 80 where id = $1", "还占用 SHIRT × 2")]
    [InlineData("update orders_orders set state = 50 where id = $1", "还占用 SHIRT × 2")]
    [InlineData("with shipped as (update inventory_reservations set ended_at = now(), end_reason = 0, quantity = 3 where order_id = $1) update orders_orders set state = 50 where id = $1", "占用和发出 SHIRT × 3")]
    public async Task An_order_whose_hold_is_not_what_was_bought_is_named(string damage, string told)
    {
        await hub.ReceiveAsync(TestHub.Shirt, hub.Suzhou, 2);
        var order = await hub.AcceptOneAsync(hub.Order(lines: [(TestHub.Shirt, 1), (TestHub.Shirt, 1)]));
        order.State.ShouldBe(OrderState.Allocated);
        (await CheckAsync()).Examples.ShouldNotContain(e => e.Contains(order.OrderNo));

        await hub.Database.RunAsync(async tx =>
        {
            await tx.ExecuteAsync("alter table inventory_reservations disable trigger user", default); // else the database refuses the damage
            await tx.ExecuteAsync(damage, default, order.OrderId);
            return await tx.ExecuteAsync("alter table inventory_reservations enable trigger user", default);
        }, default);

        (await CheckAsync()).Examples.Single(e => e.Contains(order.OrderNo)).ShouldContain(told.Replace("SHIRT", TestHub.Shirt));
    }

    [Fact]
    public async Task Kits_and_loose_goods_waiting_and_cancelled_orders_are_as_they_should_be()
    {
        var before = (await CheckAsync()).Breaches;
        await hub.ReceiveAsync(TestHub.Shirt, hub.Guangzhou, 9);
        await hub.ReceiveAsync(TestHub.Sock, hub.Guangzhou, 9);
        (await hub.AcceptOneAsync(hub.Order(province: "广东省", lines: [(TestHub.Set, 1), (TestHub.Sock, 1)]))).State.ShouldBe(OrderState.Allocated);
        (await hub.AcceptOneAsync(hub.Order(lines: (TestHub.Cap, 9_999)))).State.ShouldBe(OrderState.Shortage);
        var unpaid = hub.Order(hub.LockOnOrder, PlatformStatus.Unpaid, "广东省", (TestHub.Shirt, 1));
        await hub.AcceptOneAsync(unpaid);
        await hub.AcceptOneAsync(unpaid with { Version = 2, Status = PlatformStatus.ClosedUnpaid });

        (await CheckAsync()).Breaches.ShouldBe(before);
    }

    private async Task<VerifyResult> CheckAsync()
    {
        await using var scope = hub.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetServices<IVerifyCheck>().OfType<HoldsFitOrders>().Single().RunAsync(default);
    }
}
