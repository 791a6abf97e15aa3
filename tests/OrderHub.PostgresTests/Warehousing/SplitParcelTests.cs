using Microsoft.Extensions.DependencyInjection;
using OrderHub.Allocation.Contracts;
using OrderHub.Inventory.Contracts;
using OrderHub.Orders.Contracts;
using OrderHub.Orders.Splitting;
using OrderHub.Platform.Actions;
using OrderHub.Platform.Data;
using OrderHub.Platform.Results;
using OrderHub.PostgresTests.Infrastructure;
using OrderHub.Warehousing.Contracts;
using OrderHub.Warehousing.PickTasks;

namespace OrderHub.PostgresTests.Warehousing;

/// <summary>An order whose shirts lie in Suzhou and whose caps lie in Guangzhou.</summary>
public sealed class SplitParcelTests(TestHub hub) : IClassFixture<TestHub>
{
    [Fact]
    public async Task Each_warehouse_gets_its_part_and_the_order_is_shipped_when_the_last_parcel_has_left()
    {
        var order = await SplitAsync(shirts: 2, caps: 1);
        (await TasksAsync(order)).ShouldBe([(1, hub.Suzhou, PickTaskState.Open, 2), (2, hub.Guangzhou, PickTaskState.Open, 1)]);
        (await hub.HeldByAsync(order)).Select(h => (h.WarehouseId, (int)h.Part, h.Quantity)).ShouldBe([(hub.Suzhou, 1, 2), (hub.Guangzhou, 2, 1)]);
        var before = (await hub.StockAsync(TestHub.Shirt, hub.Suzhou)).OnHand;

        var first = await PackAsync(new(order, 1), hub.Suzhou);
        (await hub.ViewAsync(order)).State.ShouldBe(OrderState.Packed, "the first box is closed");
        (await hub.StationAsync(Floor.Li, s => s.HandOverAsync(new(hub.Suzhou, WaybillNo: first.WaybillNo), default))).Value.HandedOver.ShouldBe(1);
        await hub.NewsAsync(first, "1");
        (await hub.ViewAsync(order)).State.ShouldBe(OrderState.Packed, "the cap still lies in Guangzhou");
        (await hub.StockAsync(TestHub.Shirt, hub.Suzhou)).OnHand.ShouldBe(before - 2, "the shirts are gone");
        (await hub.HeldByAsync(order)).ShouldHaveSingleItem().WarehouseId.ShouldBe(hub.Guangzhou);

        var second = await PackAsync(new(order, 2), hub.Guangzhou);
        second.WaybillNo.ShouldNotBe(first.WaybillNo);
        await hub.StationAsync(Floor.Li, s => s.HandOverAsync(new(hub.Guangzhou, WaybillNo: second.WaybillNo), default));
        await hub.NewsAsync(second, "1");
        (await hub.ViewAsync(order)).State.ShouldBe(OrderState.Shipped);
        (await hub.HeldByAsync(order)).ShouldBeEmpty();
        var parcels = await hub.InScopeAsync<IParcelReader, IReadOnlyList<ParcelView>>(reader => reader.OfOrderAsync(order, default));
        parcels.Select(p => (p.WaybillNo, p.Lines.Single())).ShouldBe([(first.WaybillNo, new ParcelLine(1, 2)), (second.WaybillNo, new ParcelLine(2, 1))]);
        await hub.DrainOutboxAsync();
        (await hub.BreachesAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_full_refund_after_the_first_parcel_left_stops_the_second_and_keeps_the_books_right()
    {
        var order = await SplitAsync(shirts: 1, caps: 1);
        var first = await PackAsync(new(order, 1), hub.Suzhou);
        await hub.NewsAsync(first, "1");
        (await hub.MoveAsync(order, OrderTrigger.Cancel)).Error.ShouldBeNull();
        await hub.DrainOutboxAsync();
        (await hub.HeldByAsync(order)).ShouldBeEmpty();
        (await hub.PackAsync(new TaskKey(order, 2))).Error!.Code.ShouldBe("warehousing.task_closed");
        (await hub.BreachesAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task An_opened_box_makes_the_order_packable_again_only_when_no_other_box_is_closed()
    {
        var order = await SplitAsync(shirts: 1, caps: 1);
        await PackAsync(new(order, 1), hub.Suzhou);
        await PackAsync(new(order, 2), hub.Guangzhou);
        (await hub.StationAsync(Floor.Li, s => s.UnpackAsync(new(order, 1), default))).Error.ShouldBeNull();
        (await hub.ViewAsync(order)).State.ShouldBe(OrderState.Packed);
        (await hub.StationAsync(Floor.Li, s => s.UnpackAsync(new(order, 2), default))).Error.ShouldBeNull();
        (await hub.ViewAsync(order)).State.ShouldBe(OrderState.Allocated);
        (await TasksAsync(order)).ShouldAllBe(t => t.State == PickTaskState.Open);
        (await hub.BreachesAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_warehouse_that_refuses_its_part_sends_the_whole_order_to_be_planned_anew()
    {
        var order = await SplitAsync(shirts: 1, caps: 1);
        await hub.ReceiveAsync(TestHub.Cap, hub.Suzhou, 1);
        await using (var scope = hub.Services.CreateAsyncScope())
        {
            scope.ServiceProvider.GetRequiredService<CurrentActor>().Actor = Floor.Wang;
            (await scope.ServiceProvider.GetRequiredService<RejectTaskHandler>().HandleAsync(new(order, 2), "找不到货", default)).Error.ShouldBeNull();
        }
        await hub.DrainOutboxAsync();
        (await hub.ViewAsync(order)).Parts.ShouldBeEmpty("Suzhou has it all now");
        (await TasksAsync(order)).ShouldBe([(1, hub.Suzhou, PickTaskState.Open, 2), (2, hub.Guangzhou, PickTaskState.Cancelled, 1)]);
        (await hub.BreachesAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_person_splits_by_category_sees_the_cost_and_takes_it_back()
    {
        await hub.ReceiveAsync(TestHub.Shirt, hub.Suzhou, 5);
        await hub.ReceiveAsync(TestHub.Cap, hub.Suzhou, 5);
        var order = (await hub.AcceptOneAsync(hub.Order(province: "浙江省", lines: [(TestHub.Shirt, 1), (TestHub.Cap, 1)]))).OrderId;
        await hub.DrainOutboxAsync();
        var plans = (await ActAsync(split => split.PlansAsync(order, default))).Value.Plans;
        plans.Single(p => p.Kind == SplitKind.Category).TotalFen.ShouldBeGreaterThan(plans.Single(p => p.Kind == SplitKind.Whole).TotalFen);

        (await ActAsync(split => split.TakeAsync(order, SplitKind.Category, "买家要求分开寄", default))).Error.ShouldBeNull();
        await hub.DrainOutboxAsync();
        (await TasksAsync(order)).Select(t => (t.Part, t.State)).ShouldBe([(1, PickTaskState.Open), (2, PickTaskState.Open)]);
        (await ActAsync(split => split.TakeAsync(order, SplitKind.Weight, "试试", default))).Error!.Code.ShouldBe("orders.nothing_to_split");

        (await ActAsync(split => split.TakeAsync(order, SplitKind.Whole, "不拆了", default))).Error.ShouldBeNull();
        await hub.DrainOutboxAsync();
        (await TasksAsync(order)).Select(t => (t.Part, t.State)).ShouldBe([(1, PickTaskState.Open), (2, PickTaskState.Cancelled)]);
        (await hub.BreachesAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_box_filled_before_its_order_was_split_or_put_together_is_not_closed()
    {
        await hub.ReceiveAsync(TestHub.Shirt, hub.Suzhou, 5);
        await hub.ReceiveAsync(TestHub.Cap, hub.Suzhou, 5);
        var order = (await hub.AcceptOneAsync(hub.Order(province: "浙江省", lines: [(TestHub.Shirt, 1), (TestHub.Cap, 1)]))).OrderId;
        await hub.DrainOutboxAsync();
        await hub.ScanAllAsync(order, hub.Suzhou);
        (await ActAsync(split => split.TakeAsync(order, SplitKind.Category, "买家要求分开寄", default))).Error.ShouldBeNull();
        (await hub.PackAsync(order)).Error!.Code.ShouldBe("warehousing.task_closed", "the box holds both, and each has its own parcel now");

        await hub.DrainOutboxAsync();
        await hub.ScanAllAsync(new(order, 1), hub.Suzhou);
        (await ActAsync(split => split.TakeAsync(order, SplitKind.Whole, "不拆了", default))).Error.ShouldBeNull();
        (await hub.PackAsync(new TaskKey(order, 1))).Error!.Code.ShouldBe("warehousing.task_closed", "one piece is missing in the box");

        await hub.DrainOutboxAsync();
        await PackAsync(new(order, 1), hub.Suzhou);
        (await hub.ViewAsync(order)).State.ShouldBe(OrderState.Packed);
        (await hub.BreachesAsync()).ShouldBeEmpty();
    }

    private async Task<T> ActAsync<T>(Func<SplitOrder, Task<T>> act)
    {
        await using var scope = hub.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentActor>().Actor = Floor.Li;
        return await act(scope.ServiceProvider.GetRequiredService<SplitOrder>());
    }

    /// <summary>A fresh order split over both; what other tests left is taken away first.</summary>
    private async Task<long> SplitAsync(int shirts, int caps)
    {
        foreach (var (sku, not, at, quantity) in new[] { (TestHub.Shirt, hub.Guangzhou, hub.Suzhou, shirts), (TestHub.Cap, hub.Suzhou, hub.Guangzhou, caps) })
        {
            await hub.ReceiveAsync(sku, at, quantity);
            if ((await hub.StockAsync(sku, not)).Available is var left and > 0)
                await hub.InScopeAsync<IStockAdjustments, Result<StockRow>>(adjust => adjust.AdjustAsync(new($"away-{Guid.NewGuid()}", hub.Sku(sku).Id, not, -left, "移走"), Floor.Li, default));
        }
        var answer = await hub.AcceptOneAsync(hub.Order(lines: [(TestHub.Shirt, shirts), (TestHub.Cap, caps)]));
        answer.State.ShouldBe(OrderState.Allocated, answer.Reason);
        (await hub.ViewAsync(answer.OrderId)).Parts.Count.ShouldBe(2);
        await hub.DrainOutboxAsync();
        return answer.OrderId;
    }

    private async Task<PackedParcel> PackAsync(TaskKey task, int at)
    {
        await hub.ScanAllAsync(task, at);
        return (await hub.PackAsync(task)).Value;
    }

    private async Task<IReadOnlyList<(int Part, int Warehouse, PickTaskState State, int Pieces)>> TasksAsync(long order) => await hub.Database.QueryAsync(
        "select part, warehouse_id, state, piece_count from warehousing_pick_tasks where order_id = $1 order by part", r => ((int)r.GetInt16(0), r.GetInt32(1), (PickTaskState)r.GetInt32(2), r.GetInt32(3)), default, order);
}
