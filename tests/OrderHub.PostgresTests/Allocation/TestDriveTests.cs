using OrderHub.Allocation.Contracts;
using OrderHub.Allocation.Rules;
using OrderHub.Allocation.Trials;
using OrderHub.Platform.Data;
using OrderHub.PostgresTests.Infrastructure;

namespace OrderHub.PostgresTests.Allocation;

public sealed class TestDriveTests(TestHub hub) : IClassFixture<TestHub>
{
    private const string Everything = """
        select concat_ws(';', (select version from allocation_version), (select count(*) from allocation_decisions), (select coalesce(sum(orders), 0) from allocation_loads),
               (select string_agg(concat_ws(',', sku_id, warehouse_id, on_hand, reserved), ' ' order by sku_id, warehouse_id) from inventory_stock),
               (select string_agg(concat_ws(',', order_id, sku_id, quantity, ended_at), ' ' order by order_id, sku_id, since) from inventory_reservations),
               (select string_agg(concat_ws(',', id, state, warehouse_id), ' ' order by id) from orders_orders), (select count(*) from platform_audit), (select count(*) from platform_outbox))
        """;

    private readonly PlanningOffice _office = new(hub);

    [Fact]
    public async Task A_test_drive_decides_as_a_real_order_and_changes_nothing()
    {
        await hub.ReceiveAsync(TestHub.Shirt, hub.Suzhou, 5);
        await hub.ReceiveAsync(TestHub.Sock, hub.Suzhou, 5);
        var before = await StateAsync();
        var tried = (await _office.TryAsync(new TrialDraft("浙江/杭州", "SHIRT×1\nset*2", hub.LockOnPayment.Id, 29_700, null, null))).Value;
        (await StateAsync()).ShouldBe(before);

        tried.Demand.Lines.Select(l => (l.SkuId, l.Quantity)).ShouldBe([(hub.Sku(TestHub.Shirt).Id, 3), (hub.Sku(TestHub.Sock).Id, 4)], "kits count as their parts");
        tried.Demand.WeightGrams.ShouldBe(800);
        tried.Decision.Candidates.Select(c => c.Obstacle).ShouldBe([Obstacle.None, Obstacle.Stock]);

        var real = await hub.AcceptOneAsync(hub.Order(lines: [(TestHub.Shirt, 1), (TestHub.Set, 2)]));
        var view = await hub.ViewAsync(real.OrderId);
        (tried.Decision.WarehouseId, tried.Decision.CourierId).ShouldBe((view.WarehouseId, view.CourierId));
    }

    [Fact]
    public async Task An_order_that_holds_the_last_unit_is_judged_as_if_it_had_given_it_back()
    {
        await hub.ReceiveAsync(TestHub.Cap, hub.Guangzhou, 1);
        var order = await hub.AcceptOneAsync(hub.Order(lines: (TestHub.Cap, 1)));
        var before = await StateAsync();
        var tried = (await _office.TryOrderAsync(" " + order.OrderNo.ToLowerInvariant())).Value;
        (await StateAsync()).ShouldBe(before);
        tried.Decision.WarehouseId.ShouldBe(hub.Guangzhou);
        tried.Kept!.WarehouseId.ShouldBe(hub.Guangzhou);
        (await hub.StockAsync(TestHub.Cap, hub.Guangzhou)).Available.ShouldBe(0);

        (await _office.SaveAsync(PlanningOffice.Draft("试算看得到新规则", "浙江", RuleEffect.Never, [hub.Guangzhou]))).IsOk.ShouldBeTrue();
        (await _office.TryOrderAsync(order.OrderNo)).Value.Decision.WarehouseId.ShouldBeNull();
        (await hub.ViewAsync(order.OrderId)).WarehouseId.ShouldBe(hub.Guangzhou, "the order itself stays");
    }

    [Theory]
    [InlineData("火星", "SHIRT", "allocation.province_unknown")]
    [InlineData("浙江", "", "allocation.no_goods")]
    [InlineData("浙江", "NOPE×1", "allocation.sku_unknown")]
    [InlineData("浙江", "SHIRT×0", "allocation.quantity_unreadable")]
    public async Task A_case_that_cannot_be_read_is_refused(string region, string goods, string code) =>
        (await _office.TryAsync(new TrialDraft(region, goods, null, 0, null, null))).Error!.Code.ShouldBe(code);

    [Fact]
    public async Task An_order_is_found_by_the_platforms_number_unless_two_shops_use_it()
    {
        await hub.ReceiveAsync(TestHub.Shirt, hub.Suzhou, 5);
        var order = hub.Order();
        var answer = await hub.AcceptOneAsync(order);
        (await _office.TryOrderAsync($" {order.PlatformOrderNo} ")).Value.OrderNo.ShouldBe(answer.OrderNo);
        await hub.AcceptOneAsync(order with { ShopId = hub.LockOnOrder.Id });
        (await _office.TryOrderAsync(order.PlatformOrderNo)).Error!.Code.ShouldBe("allocation.order_ambiguous");
        (await _office.TryOrderAsync(answer.OrderNo)).Value.OrderNo.ShouldBe(answer.OrderNo);
    }

    [Fact]
    public async Task A_mistyped_or_unknown_order_is_refused()
    {
        (await _office.TryOrderAsync("H123")).Error!.Code.ShouldBe("allocation.order_unknown");
        (await _office.TryOrderAsync(Platform.Units.OrderNo.From(999_999_999))).Error!.Code.ShouldBe("allocation.order_unknown");
    }

    private async Task<string> StateAsync() => (await hub.Database.QueryAsync(Everything, r => r.GetString(0), default))[0];
}
