using Microsoft.Extensions.DependencyInjection;
using OrderHub.Orders.Contracts;
using OrderHub.Platform.Accounts;
using OrderHub.Platform.Actions;
using OrderHub.Platform.Data;
using OrderHub.Platform.Results;
using OrderHub.PostgresTests.Infrastructure;
using OrderHub.Warehousing.Contracts;
using OrderHub.Warehousing.PickTasks;

namespace OrderHub.PostgresTests.Warehousing;

public sealed class RejectTaskTests(TestHub hub) : IClassFixture<TestHub>
{
    [Fact]
    public async Task A_packer_who_cannot_send_an_order_sees_it_go_to_another_warehouse()
    {
        await hub.ReceiveAsync(TestHub.Shirt, hub.Suzhou, 3);
        await hub.ReceiveAsync(TestHub.Shirt, hub.Guangzhou, 3);
        var order = await hub.AcceptOneAsync(hub.Order(province: "广东省", lines: (TestHub.Shirt, 1)));
        await hub.DrainOutboxAsync();

        (await RejectAsync(order.OrderId, hub.Suzhou)).Error!.Code.ShouldBe("warehousing.other_warehouse");
        (await RejectAsync(order.OrderId, hub.Guangzhou)).Error.ShouldBeNull();
        await hub.DrainOutboxAsync();

        (await TaskAsync(order.OrderId)).ShouldBe((hub.Suzhou, PickTaskState.Open));
        (await hub.HeldByAsync(order.OrderId)).ShouldHaveSingleItem().WarehouseId.ShouldBe(hub.Suzhou);
        (await hub.Database.QueryAsync("select note from orders_timeline where order_id = $1 and what = '仓库拒单'", r => r.GetString(0), default, order.OrderId)).ShouldHaveSingleItem().ShouldStartWith("货品损坏");

        (await RejectAsync(order.OrderId, hub.Suzhou)).Error.ShouldBeNull();
        await hub.DrainOutboxAsync();
        (await TaskAsync(order.OrderId)).State.ShouldBe(PickTaskState.Cancelled);
        (await hub.ViewAsync(order.OrderId)).State.ShouldBe(OrderState.Shortage);
        (await hub.BreachesAsync()).ShouldBeEmpty();
    }

    private async Task<Result> RejectAsync(long order, int at)
    {
        await using var scope = hub.Services.CreateAsyncScope();
        var current = scope.ServiceProvider.GetRequiredService<CurrentActor>();
        (current.Actor, current.WarehouseId) = (new Actor("小马", 11), at);
        return await scope.ServiceProvider.GetRequiredService<RejectTaskHandler>().HandleAsync(order, "货品损坏", default);
    }

    private async Task<(int Warehouse, PickTaskState State)> TaskAsync(long order) =>
        (await hub.Database.QueryAsync("select warehouse_id, state from warehousing_pick_tasks where order_id = $1", r => (r.GetInt32(0), (PickTaskState)r.GetInt32(1)), default, order))[0];
}
