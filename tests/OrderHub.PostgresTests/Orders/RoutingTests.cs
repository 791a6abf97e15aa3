using Microsoft.Extensions.DependencyInjection;
using OrderHub.Allocation.Contracts;
using OrderHub.Allocation.Freight;
using OrderHub.Orders.Contracts;
using OrderHub.Orders.Detail;
using OrderHub.Orders.Listing;
using OrderHub.Orders.Routing;
using OrderHub.Platform.Accounts;
using OrderHub.Platform.Actions;
using OrderHub.Platform.Data;
using OrderHub.Platform.Results;
using OrderHub.PostgresTests.Infrastructure;

namespace OrderHub.PostgresTests.Orders;

public sealed class RoutingTests(TestHub hub) : IClassFixture<TestHub>, IAsyncLifetime
{
    private static readonly Actor Lin = new("小林", 9);

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        await hub.DrainOutboxAsync();
        (await hub.BreachesAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task An_order_sent_elsewhere_by_hand_takes_its_stock_along()
    {
        await hub.ReceiveAsync(TestHub.Shirt, hub.Suzhou, 5);
        await hub.ReceiveAsync(TestHub.Shirt, hub.Guangzhou, 5);
        var order = await hub.AcceptOneAsync(hub.Order(lines: (TestHub.Shirt, 2)));
        var from = (await hub.ViewAsync(order.OrderId)).WarehouseId!.Value;
        var to = from == hub.Suzhou ? hub.Guangzhou : hub.Suzhou;
        var before = (From: (await hub.StockAsync(TestHub.Shirt, from)).Reserved, To: (await hub.StockAsync(TestHub.Shirt, to)).Reserved);

        (await ByHandAsync(order.OrderId, to, "SF")).Error.ShouldBeNull();

        var view = await hub.ViewAsync(order.OrderId);
        (view.State, view.WarehouseId, view.CourierId).ShouldBe((OrderState.Allocated, to, hub.Network.CourierByCode("SF")!.Id));
        ((await hub.StockAsync(TestHub.Shirt, from)).Reserved, (await hub.StockAsync(TestHub.Shirt, to)).Reserved).ShouldBe((before.From - 2, before.To + 2));
        (await hub.Database.QueryAsync("select reason from platform_audit where action = 'orders.routed_by_hand' and subject = $1", r => r.GetString(0), default, order.OrderNo)).ShouldBe(["买家要求"]);
        await hub.DrainOutboxAsync();
        (await hub.Database.QueryAsync("select warehouse_id, courier_code from warehousing_pick_tasks where order_id = $1", r => (r.GetInt32(0), r.GetString(1)), default, order.OrderId)).ShouldBe([(to, "SF")]);
    }

    [Fact]
    public async Task By_hand_is_refused_where_the_stock_is_not_and_nothing_moves()
    {
        await hub.ReceiveAsync(TestHub.Cap, hub.Guangzhou, 3);
        var order = await hub.AcceptOneAsync(hub.Order(lines: (TestHub.Cap, 2)));

        var refused = await ByHandAsync(order.OrderId, hub.Suzhou, "YTO");

        refused.Error!.Code.ShouldBe("orders.not_enough_there");
        (await hub.HeldByAsync(order.OrderId)).ShouldHaveSingleItem().WarehouseId.ShouldBe(hub.Guangzhou);
    }

    [Fact]
    public async Task By_hand_an_order_keeps_what_it_costs_and_the_version_of_the_rules()
    {
        await hub.ReceiveAsync(TestHub.Shirt, hub.Suzhou, 20);
        var order = await hub.AcceptOneAsync(hub.Order(lines: (TestHub.Shirt, 6)));
        var at = (await hub.ViewAsync(order.OrderId)).WarehouseId!.Value;
        var chosen = (await DecisionAsync(order.OrderId))!;

        (await ByHandAsync(order.OrderId, at, "SF")).Error.ShouldBeNull();

        var decision = (await DecisionAsync(order.OrderId))!;
        (decision.WarehouseId, decision.FreightFen, decision.RuleVersion).ShouldBe((at, 1_800, chosen.RuleVersion));
        var candidate = decision.Candidates.ShouldHaveSingleItem();
        (candidate.Rule, candidate.Cost!.Freight).ShouldBe(("人工指定", 1_800));
        candidate.Scarcest.Free.ShouldBe(chosen.Candidates[0].Scarcest.Free, "with what it held itself");
    }

    [Fact]
    public async Task Programs_get_the_decision_with_the_order_what_every_warehouse_had_and_which_rule_spoke()
    {
        await hub.ReceiveAsync(TestHub.Shirt, hub.Guangzhou, 20);
        await hub.ReceiveAsync(TestHub.Cap, hub.Guangzhou, 20);
        var order = await hub.AcceptOneAsync(hub.Order(province: "广东省", lines: [(TestHub.Shirt, 1), (TestHub.Cap, 2)]) with { NamedCourier = "顺丰速运" });
        var json = OrderJson.From((await RunAsync<ReadOrderDetail, OrderDetail?>(read => read.HandleAsync(order.OrderNo, default)))!);
        var chosen = json.Decision!.Candidates[0];
        (chosen.Warehouse, chosen.Rule, chosen.Courier, chosen.CourierRule).ShouldBe(("CAN", "华南就近", "SF", "指定快递"));
        json.Decision.Candidates.Count.ShouldBe(2);
        json.Decision.Candidates.ShouldAllBe(c => c.Stock.Count == 2);
        chosen.Stock.Single(s => s.Sku == TestHub.Cap).ShouldSatisfyAllConditions(s => s.Wanted.ShouldBe(2), s => s.Free.ShouldBeGreaterThanOrEqualTo(20));
    }

    [Fact]
    public async Task By_hand_a_courier_that_does_not_go_there_is_refused_and_nothing_moves()
    {
        await hub.ReceiveAsync(TestHub.Shirt, hub.Suzhou, 5);
        await hub.ReceiveAsync(TestHub.Shirt, hub.Guangzhou, 5);
        var order = await hub.AcceptOneAsync(hub.Order());
        var before = (await WhereAsync(order.OrderId), (await hub.HeldByAsync(order.OrderId)).Single());
        (await RunAsync<SaveCourierHandler, Result>(save => save.SaveAsync(new Courier(0, "EMS", "中国邮政", true), default))).IsOk.ShouldBeTrue();
        var ems = (await hub.InScopeAsync<IFulfilmentNetwork, FulfilmentNetwork>(network => network.CurrentAsync(default).AsTask())).CourierByCode("EMS")!;

        var refused = await RunAsync<RouteByHand, Result>(route => route.HandleAsync(order.OrderId, hub.Guangzhou, ems.Id, "买家要求", default));

        refused.Error!.Code.ShouldBe("orders.courier_does_not_go");
        (await WhereAsync(order.OrderId), (await hub.HeldByAsync(order.OrderId)).Single()).ShouldBe(before);
    }

    [Fact]
    public async Task A_courier_alone_changes_without_touching_the_stock()
    {
        await hub.ReceiveAsync(TestHub.Sock, hub.Suzhou, 1);
        var order = await hub.AcceptOneAsync(hub.Order(lines: (TestHub.Sock, 1)));
        var at = (await hub.ViewAsync(order.OrderId)).WarehouseId!.Value;

        (await ByHandAsync(order.OrderId, at, "SF")).Error.ShouldBeNull();

        (await hub.ViewAsync(order.OrderId)).CourierId.ShouldBe(hub.Network.CourierByCode("SF")!.Id);
        (await hub.HeldByAsync(order.OrderId)).ShouldHaveSingleItem().Quantity.ShouldBe(1);
    }

    [Fact]
    public async Task Asked_again_an_order_goes_where_the_rules_say_now_and_else_stays()
    {
        await hub.ReceiveAsync(TestHub.Shirt, hub.Suzhou, 2);
        await hub.ReceiveAsync(TestHub.Shirt, hub.Guangzhou, 2);
        var order = await hub.AcceptOneAsync(hub.Order(province: "广东省", lines: (TestHub.Shirt, 1)));
        (await hub.ViewAsync(order.OrderId)).WarehouseId.ShouldBe(hub.Guangzhou);
        (await AgainAsync(order.OrderId)).Value.Changed.ShouldBeFalse();
        (await ByHandAsync(order.OrderId, hub.Suzhou, "YTO")).Error.ShouldBeNull();

        var again = (await AgainAsync(order.OrderId)).Value;

        (again.From, again.To, again.Changed).ShouldBe((hub.Suzhou, hub.Guangzhou, true));
        (await hub.HeldByAsync(order.OrderId)).ShouldHaveSingleItem().WarehouseId.ShouldBe(hub.Guangzhou);
    }

    [Fact]
    public async Task A_warehouse_that_refuses_is_passed_over_from_then_on_and_its_reason_is_kept()
    {
        await hub.ReceiveAsync(TestHub.Shirt, hub.Guangzhou, 2);
        await hub.ReceiveAsync(TestHub.Shirt, hub.Suzhou, 2);
        var order = await hub.AcceptOneAsync(hub.Order(province: "广东省", lines: (TestHub.Shirt, 1)));

        (await RejectAsync(order.OrderId, hub.Guangzhou, "找不到")).Value.ShouldBe(hub.Suzhou);
        (await RejectAsync(order.OrderId, hub.Suzhou, "损坏")).Value.ShouldBeNull("both have refused");

        (await hub.ViewAsync(order.OrderId)).State.ShouldBe(OrderState.Shortage);
        (await hub.HeldByAsync(order.OrderId)).ShouldBeEmpty();
        await hub.ReceiveAsync(TestHub.Shirt, hub.Guangzhou, 5);
        await hub.DrainOutboxAsync();
        (await hub.ViewAsync(order.OrderId)).State.ShouldBe(OrderState.Shortage, "it is not sent back to who refused it");
        (await hub.Database.QueryAsync("select reason from orders_rejections where order_id = $1 order by at", r => r.GetString(0), default, order.OrderId)).ShouldBe(["找不到", "损坏"]);
        (await ByHandAsync(order.OrderId, hub.Guangzhou, "YTO")).Error.ShouldBeNull("a person may know better");
    }

    [Fact]
    public async Task Asked_again_together_every_order_has_a_result_of_its_own_and_none_stops_the_others()
    {
        await hub.ReceiveAsync(TestHub.Shirt, hub.Suzhou, 20);
        await hub.ReceiveAsync(TestHub.Shirt, hub.Guangzhou, 20);
        async Task<long> BuyAsync(string province, int pieces = 1) => (await hub.AcceptOneAsync(hub.Order(province: province, lines: (TestHub.Shirt, pieces)))).OrderId;
        var (moves, stays, shipped, scarce) = (await BuyAsync("广东省"), await BuyAsync("浙江省"), await BuyAsync("浙江省"), await BuyAsync("浙江省", 5_000));
        (await ByHandAsync(moves, hub.Suzhou, "YTO")).Error.ShouldBeNull();
        foreach (var trigger in new[] { OrderTrigger.Pack, OrderTrigger.Ship })
            (await RunAsync<IOrderFlow, Result>(flow => hub.Database.RunAsync(tx => flow.MoveAsync(tx, shipped, trigger, Lin, null, default), default))).Error.ShouldBeNull();
        var at = (await hub.ViewAsync(stays)).WarehouseId!.Value;

        var results = new List<(RouteOutcome?, string?)>();
        foreach (var id in new[] { shipped, moves, 999_999_999, scarce, stays })
        {
            var result = await AgainAsync(id);
            results.Add((result.Error is null ? result.Value : null, result.Error?.Code));
        }

        results.ShouldBe([(null, "orders.not_routable"), (new(hub.Suzhou, hub.Guangzhou, true), null), (null, "orders.not_routable"), (new(null, null, false), null), (new(at, at, false), null)]);
        (await hub.ViewAsync(shipped)).State.ShouldBe(OrderState.Shipped);
        (await hub.HeldByAsync(moves)).ShouldHaveSingleItem().WarehouseId.ShouldBe(hub.Guangzhou);
    }

    [Fact]
    public async Task All_orders_a_filter_finds_can_be_taken_at_once_up_to_a_bound()
    {
        var day = new DateTimeOffset(2033, 5, 1, 0, 0, 0, TimeSpan.Zero);
        var there = await hub.AcceptAsync([.. Enumerable.Range(0, 7).Select(i => hub.Order(lines: (TestHub.Shirt, 5_000)) with { CreatedAt = day.AddMinutes(i) })]);
        var filter = new OrderFilter(State: OrderState.Shortage, CreatedFrom: day, CreatedTo: day.AddDays(1));
        var newest = there.Select(a => a.OrderId).Reverse().ToList();
        (await RunAsync<ListOrders, IReadOnlyList<long>>(list => list.IdsAsync(filter, 500, default))).ShouldBe(newest);
        (await RunAsync<ListOrders, IReadOnlyList<long>>(list => list.IdsAsync(filter, 3, default))).ShouldBe(newest[..3]);
        (await RunAsync<ListOrders, IReadOnlyList<long>>(list => list.IdsAsync(filter with { State = OrderState.Allocated }, 500, default))).ShouldBeEmpty();
    }

    private Task<Result> ByHandAsync(long order, int warehouse, string courier) =>
        RunAsync<RouteByHand, Result>(route => route.HandleAsync(order, warehouse, hub.Network.CourierByCode(courier)!.Id, "买家要求", default));

    private async Task<(OrderState, int?, int?)> WhereAsync(long order)
    {
        var view = await hub.ViewAsync(order);
        return (view.State, view.WarehouseId, view.CourierId);
    }

    private Task<AllocationDecision?> DecisionAsync(long order) => hub.InScopeAsync<IAllocator, AllocationDecision?>(allocator => allocator.LastDecisionAsync(order, default));

    private Task<Result<RouteOutcome>> AgainAsync(long order) => RunAsync<RouteAgain, Result<RouteOutcome>>(route => route.HandleAsync(order, "规则改了", default));

    private Task<Result<int?>> RejectAsync(long order, int warehouse, string reason) =>
        RunAsync<IOrderRouting, Result<int?>>(routing => hub.Database.RunAsync(tx => routing.RejectAsync(tx, order, warehouse, reason, Lin, default), default));

    private async Task<T> RunAsync<THandler, T>(Func<THandler, Task<T>> act) where THandler : notnull
    {
        await using var scope = hub.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentActor>().Actor = Lin;
        return await act(scope.ServiceProvider.GetRequiredService<THandler>());
    }
}
