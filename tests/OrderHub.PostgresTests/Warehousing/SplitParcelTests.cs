using Microsoft.Extensions.DependencyInjection;
using OrderHub.Allocation.Contracts;
using OrderHub.Channels.Taobao;
using OrderHub.Inventory.Contracts;
using OrderHub.Orders.Contracts;
using OrderHub.Orders.Splitting;
using OrderHub.Platform.Actions;
using OrderHub.Platform.Data;
using OrderHub.Platform.Accounts;
using OrderHub.Platform.Results;
using OrderHub.PostgresTests.Infrastructure;
using OrderHub.Warehousing.Contracts;
using OrderHub.Warehousing.PickTasks;

namespace OrderHub.PostgresTests.Warehousing;

/// <summary>An order whose shirts lie in Suzhou and whose caps lie in Guangzhou.</summary>
public sealed class SplitParcelTests(TestHub hub) : IClassFixture<TestHub>
{
    private const string ForbiddenToSplit = """
        {"tid":3061234567890123456,"tid_str":"3061234567890123456","type":"fixed","status":"WAIT_SELLER_SEND_GOODS","payment":"150.00","post_fee":"0.00","created":"2026-11-11 00:01:00",
        "pay_time":"2026-11-11 00:02:00","modified":"2026-11-11 00:10:00","buyer_open_uid":"AAG1","receiver_state":"浙江省","receiver_city":"杭州市","receiver_district":"西湖区",
        "receiver_address":"文***","receiver_name":"王**","receiver_mobile":"138****0000","oaid":"1Zx1","logistics_agreement":{"no_detail_part_consign":"1"},
        "orders":{"order":[{"oid":3061234567890123457,"status":"WAIT_SELLER_SEND_GOODS","refund_status":"NO_REFUND","num_iid":68000001,"sku_id":"5001","outer_sku_id":"SHIRT","title":"T恤",
        "price":"90.00","num":1,"payment":"90.00","discount_fee":"0.00","adjust_fee":"0.00","divide_order_fee":"90.00"},{"oid":3061234567890123458,"status":"WAIT_SELLER_SEND_GOODS",
        "refund_status":"NO_REFUND","num_iid":68000002,"sku_id":"5002","outer_sku_id":"CAP","title":"棒球帽","price":"60.00","num":1,"payment":"60.00","discount_fee":"0.00","adjust_fee":"0.00","divide_order_fee":"60.00"}]}}
        """;

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
    public async Task An_order_that_Taobao_forbids_to_split_waits_until_one_warehouse_has_it_all_and_no_person_splits_it()
    {
        await ApartAsync(shirts: 1, caps: 1);
        var answer = await hub.AcceptOneAsync(TaobaoOrders.Map(hub.LockOnOrder.Id, ForbiddenToSplit));
        (answer.State, answer.Reason).ShouldBe((OrderState.Shortage, "没有一个仓库能单独发齐，平台不许拆单"));

        await hub.ReceiveAsync(TestHub.Cap, hub.Guangzhou, 1);
        await hub.DrainOutboxAsync();
        (await hub.ViewAsync(answer.OrderId)).State.ShouldBe(OrderState.Shortage, "asked again by what is stored of it, too");
        (await ActAsync(split => split.PlansAsync(answer.OrderId, default))).Value.ShouldSatisfyAllConditions(c => c.GoesWhole.ShouldBeTrue(), c => c.Plans.ShouldAllBe(p => p.Decision.Parts.Count == 0));
        (await ActAsync(split => split.TakeAsync(answer.OrderId, SplitKind.Warehouse, "先发一部分", default))).Error!.Code.ShouldBe("orders.may_not_be_split");

        await hub.ReceiveAsync(TestHub.Cap, hub.Suzhou, 1);
        await hub.DrainOutboxAsync();
        var view = await hub.ViewAsync(answer.OrderId);
        (view.State, view.WarehouseId, view.Parts.Count).ShouldBe((OrderState.Allocated, hub.Suzhou, 0));
        (await ActAsync(split => split.TakeAsync(answer.OrderId, SplitKind.Category, "分开寄", default))).Error!.Code.ShouldBe("orders.may_not_be_split");
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
        await ApartAsync(shirts, caps);
        var answer = await hub.AcceptOneAsync(hub.Order(lines: [(TestHub.Shirt, shirts), (TestHub.Cap, caps)]));
        answer.State.ShouldBe(OrderState.Allocated, answer.Reason);
        (await hub.ViewAsync(answer.OrderId)).Parts.Count.ShouldBe(2);
        await hub.DrainOutboxAsync();
        return answer.OrderId;
    }

    private async Task ApartAsync(int shirts, int caps)
    {
        foreach (var (sku, not, at, quantity) in new[] { (TestHub.Shirt, hub.Guangzhou, hub.Suzhou, shirts), (TestHub.Cap, hub.Suzhou, hub.Guangzhou, caps) })
        {
            await hub.ReceiveAsync(sku, at, quantity);
            if ((await hub.StockAsync(sku, not)).Available is var left and > 0)
                await hub.InScopeAsync<IStockAdjustments, Result<AdjustmentOutcome>>(adjust => adjust.AdjustAsync(new($"away-{Guid.NewGuid()}", hub.Sku(sku).Id, not, -left, "移走"), Actor.System, default));
        }
    }

    private async Task<PackedParcel> PackAsync(TaskKey task, int at)
    {
        await hub.ScanAllAsync(task, at);
        return (await hub.PackAsync(task)).Value;
    }

    private async Task<IReadOnlyList<(int Part, int Warehouse, PickTaskState State, int Pieces)>> TasksAsync(long order) => await hub.Database.QueryAsync(
        "select part, warehouse_id, state, piece_count from warehousing_pick_tasks where order_id = $1 order by part", r => ((int)r.GetInt16(0), r.GetInt32(1), (PickTaskState)r.GetInt32(2), r.GetInt32(3)), default, order);
}
