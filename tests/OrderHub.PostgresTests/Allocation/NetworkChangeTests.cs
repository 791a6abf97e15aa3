using System.Text;
using OrderHub.Allocation.Contracts;
using OrderHub.Allocation.Freight;
using OrderHub.Allocation.Rules;
using OrderHub.Allocation.Stops;
using OrderHub.Allocation.Warehouses;
using OrderHub.Allocation.Weighing;
using OrderHub.Catalog.Contracts;
using OrderHub.Orders.Contracts;
using OrderHub.Orders.Detail;
using OrderHub.Orders.Routing;
using OrderHub.Orders.Upkeep;
using OrderHub.Platform.Data;
using OrderHub.Platform.Exports;
using OrderHub.Platform.Jobs;
using OrderHub.Platform.Results;
using OrderHub.PostgresTests.Infrastructure;

namespace OrderHub.PostgresTests.Allocation;

/// <summary>Warehouses, couriers, prices, suspensions and weights as operations change them. A hub for each test: they change what all orders see.</summary>
public sealed class NetworkChangeTests : IAsyncLifetime
{
    private const string Header = "发货仓,到达省份,首重（公斤）,首重价格（元）,续重单位（公斤）,续重价格（元）\n";
    private readonly TestHub _hub = new();
    private readonly PlanningOffice _office;

    public NetworkChangeTests() => _office = new(_hub);

    public async Task InitializeAsync()
    {
        await _hub.InitializeAsync();
        await _hub.ReceiveAsync(TestHub.Shirt, _hub.Suzhou, 100);
        await _hub.ReceiveAsync(TestHub.Shirt, _hub.Guangzhou, 100);
    }

    public Task DisposeAsync() => _hub.DisposeAsync();

    private int Yto => _hub.Network.CourierByCode("YTO")!.Id;

    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    [Fact]
    public async Task A_suspended_area_is_avoided_until_it_is_served_again()
    {
        (await _office.BuyAsync("浙江省")).ShouldBe(("SUZ", "YTO"));
        (await _office.StopAsync(new(Yto, null, "浙江/杭州", Now.AddMinutes(-1), null, "台风"))).IsOk.ShouldBeTrue();
        (await _office.BuyAsync("浙江省")).ShouldBe(("SUZ", "SF"));
        (await _office.StopAsync(new(null, _hub.Suzhou, "", Now.AddMinutes(-1), Now.AddHours(1), "封控"))).IsOk.ShouldBeTrue();
        (await _office.BuyAsync("浙江省")).ShouldBe(("CAN", "SF"));

        foreach (var stop in (await StopsAsync()).Stops) (await EndAsync(stop.Id)).IsOk.ShouldBeTrue();
        (await _office.BuyAsync("浙江省")).ShouldBe(("SUZ", "YTO"));
        (await StopsAsync()).Stops.ShouldAllBe(s => s.State == StopState.Ended);
        (await EndAsync((await StopsAsync()).Stops[0].Id)).Error!.Code.ShouldBe("allocation.stop_ended");
    }

    [Fact]
    public async Task A_suspension_to_come_stops_nothing_yet_and_can_be_withdrawn()
    {
        (await _office.StopAsync(new(null, null, "", Now.AddHours(1), null, "春节"))).IsOk.ShouldBeTrue();
        (await _office.BuyAsync("浙江省")).Warehouse.ShouldBe("SUZ");
        (await EndAsync((await StopsAsync()).Stops.Single().Id)).IsOk.ShouldBeTrue();
        (await StopsAsync()).Stops.ShouldBeEmpty();
        (await _office.StopAsync(new(null, null, "火星", Now, null, "x"))).Error!.Code.ShouldBe("allocation.province_unknown");
        (await _office.StopAsync(new(null, null, "", Now, Now.AddHours(-1), "x"))).Error!.Code.ShouldBe("allocation.stop_period");
        (await _office.StopAsync(new(null, null, "", Now, null, " "))).Error!.Code.ShouldBe("allocation.reason_missing");
    }

    [Fact]
    public async Task A_days_capacity_is_counted_across_batches_and_then_another_warehouse_sends()
    {
        var suzhou = await _office.WarehouseAsync("SUZ");
        (await _office.SaveAsync(suzhou with { DailyCapacity = 3 })).IsOk.ShouldBeTrue();
        var first = await _hub.AcceptAsync([_hub.Order(), _hub.Order()]);
        first.Count.ShouldBe(2);
        (await _office.BuyAsync("浙江省")).Warehouse.ShouldBe("SUZ");
        (await _office.BuyAsync("浙江省")).Warehouse.ShouldBe("CAN");

        (await _office.SaveAsync((await _office.WarehouseAsync("SUZ")) with { DailyCapacity = 4 })).IsOk.ShouldBeTrue();
        (await _office.BuyAsync("浙江省")).Warehouse.ShouldBe("SUZ");
        (await _office.BuyAsync("浙江省")).Warehouse.ShouldBe("CAN");
    }

    [Fact]
    public async Task An_order_asked_about_again_is_not_pushed_out_of_a_full_warehouse_by_its_own_place()
    {
        (await _office.SaveAsync((await _office.WarehouseAsync("SUZ")) with { DailyCapacity = 1 })).IsOk.ShouldBeTrue();
        var order = (await _hub.AcceptOneAsync(_hub.Order())).OrderId;
        (await AgainAsync(order)).Value.ShouldBe(new RouteOutcome(_hub.Suzhou, _hub.Suzhou, false));
        (await ByHandAsync(order, _hub.Suzhou, "SF")).IsOk.ShouldBeTrue();
        (await AgainAsync(order)).Value.ShouldBe(new RouteOutcome(_hub.Suzhou, _hub.Suzhou, true), "back to the cheaper courier");
        (await LoadAsync("SUZ")).ShouldBe(1, "three decisions, one order");
        (await _office.BuyAsync("浙江省")).Warehouse.ShouldBe("CAN", "to others it is full");
    }

    [Fact]
    public async Task An_order_sent_elsewhere_leaves_its_place_of_the_day_to_another()
    {
        foreach (var code in new[] { "SUZ", "CAN" }) (await _office.SaveAsync((await _office.WarehouseAsync(code)) with { DailyCapacity = 1 })).IsOk.ShouldBeTrue();
        var order = (await _hub.AcceptOneAsync(_hub.Order())).OrderId;
        (await ByHandAsync(order, _hub.Guangzhou, "YTO")).IsOk.ShouldBeTrue();
        (await LoadAsync("SUZ"), await LoadAsync("CAN")).ShouldBe((0, 1));
        (await _office.BuyAsync("浙江省")).Warehouse.ShouldBe("SUZ");
        (await AgainAsync(order)).Value.Changed.ShouldBeFalse("Suzhou is full by now");
        (await _office.BuyAsync("浙江省")).Warehouse.ShouldBeNull();
    }

    [Fact]
    public async Task Intakes_at_the_same_time_never_give_a_warehouse_more_than_its_day_holds()
    {
        (await _office.SaveAsync((await _office.WarehouseAsync("SUZ")) with { DailyCapacity = 10 })).IsOk.ShouldBeTrue();
        var orders = Enumerable.Range(0, 20).Select(_ => _hub.Order()).ToList();
        var answers = await Task.WhenAll(orders.Chunk(2).Select(pair => Task.Run(() => _hub.AcceptAsync(pair))));
        var views = await Task.WhenAll(answers.SelectMany(a => a).Select(a => _hub.ViewAsync(a.OrderId)));
        (views.Count(v => v.WarehouseId == _hub.Suzhou), views.Count(v => v.WarehouseId == _hub.Guangzhou)).ShouldBe((10, 10));
        (await LoadAsync("SUZ")).ShouldBe(10);
    }

    [Fact]
    public async Task A_cancelled_order_leaves_its_place_of_the_day_whoever_cancels_it()
    {
        (await _office.SaveAsync((await _office.WarehouseAsync("SUZ")) with { DailyCapacity = 1 })).IsOk.ShouldBeTrue();
        var closed = _hub.Order();
        await _hub.AcceptOneAsync(closed);
        (await _office.BuyAsync("浙江省")).Warehouse.ShouldBe("CAN");
        await _hub.AcceptOneAsync(closed with { Version = 2, Status = PlatformStatus.ClosedAfterPayment });
        (await LoadAsync("SUZ")).ShouldBe(0);

        var refunded = (await _hub.AcceptOneAsync(_hub.Order())).OrderId;
        (await _hub.ViewAsync(refunded)).WarehouseId.ShouldBe(_hub.Suzhou);
        await CancelAsync(refunded);
        (await LoadAsync("SUZ")).ShouldBe(0);

        var unpaid = _hub.Order(_hub.LockOnOrder, PlatformStatus.Unpaid);
        var waiting = (await _hub.AcceptOneAsync(unpaid)).OrderId;
        (await LoadAsync("SUZ")).ShouldBe(1);
        await _hub.InScopeAsync<ReleaseUnpaid, JobReport>(job => job.RunAsync(default));
        (await LoadAsync("SUZ")).ShouldBe(0);
        (await _hub.AcceptOneAsync(unpaid with { Version = 2, Status = PlatformStatus.Paid, PaidAt = unpaid.CreatedAt })).OrderId.ShouldBe(waiting);
        (await _hub.ViewAsync(waiting)).WarehouseId.ShouldBe(_hub.Suzhou);
        (await LoadAsync("SUZ")).ShouldBe(1, "paid after all it is counted once");
        (await _office.BuyAsync("浙江省")).Warehouse.ShouldBe("CAN");
    }

    [Fact]
    public async Task A_place_is_given_back_on_the_day_it_was_taken()
    {
        (await _office.SaveAsync((await _office.WarehouseAsync("SUZ")) with { DailyCapacity = 5 })).IsOk.ShouldBeTrue();
        var yesterdays = (await _hub.AcceptOneAsync(_hub.Order())).OrderId;
        await _hub.Database.RunAsync(tx => tx.ExecuteAsync("insert into allocation_decisions (order_id, at, decision) select order_id, at - interval '1 day', decision from allocation_decisions where order_id = $1", default, yesterdays), default);
        await CancelAsync(yesterdays);
        (await LoadAsync("SUZ")).ShouldBe(1, "a place of yesterday helps nobody today");

        var over = (await _hub.AcceptOneAsync(_hub.Order())).OrderId;
        await _hub.InScopeAsync<IAllocator, bool>(async allocator =>
        {
            var decision = (await allocator.LastDecisionAsync(over, default))! with { At = Now.AddDays(1) };
            await _hub.Database.RunAsync(async tx => await allocator.RecordAsync(tx, [(over, decision with { CountedIn = [.. (await allocator.CountedAsync(tx, [over], default))[over]] })], default), default);
            return true;
        });
        (await LoadsAsync()).ShouldBe([1, 1], "moved to tomorrow it left today");
        await CancelAsync(over);
        (await LoadsAsync()).ShouldBe([1, 0]);

        Task<List<int>> LoadsAsync() => _hub.Database.QueryAsync("select orders from allocation_loads where warehouse_id = $1 order by day", r => r.GetInt32(0), default, _hub.Suzhou);
    }

    [Fact]
    public async Task A_person_may_send_more_from_a_full_warehouse()
    {
        (await _office.SaveAsync((await _office.WarehouseAsync("SUZ")) with { DailyCapacity = 1 })).IsOk.ShouldBeTrue();
        (await _office.BuyAsync("浙江省")).Warehouse.ShouldBe("SUZ");
        var order = (await _hub.AcceptOneAsync(_hub.Order())).OrderId;
        (await ByHandAsync(order, _hub.Suzhou, "YTO")).IsOk.ShouldBeTrue();
        (await LoadAsync("SUZ")).ShouldBe(2);
    }

    [Fact]
    public async Task A_capacity_set_at_noon_counts_what_the_warehouse_was_given_in_the_morning()
    {
        var answers = await _hub.AcceptAsync([_hub.Order(), _hub.Order()]);
        await _hub.Database.RunAsync(tx => tx.ExecuteAsync("insert into allocation_decisions (order_id, at, decision) select order_id, at, decision from allocation_decisions where order_id = $1", default, answers[0].OrderId), default);
        await _hub.Database.RunAsync(tx => tx.ExecuteAsync("insert into allocation_decisions (order_id, at, decision) select 999, at - interval '1 day', decision from allocation_decisions where order_id = $1 limit 1", default, answers[1].OrderId), default);
        (await _office.SaveAsync((await _office.WarehouseAsync("SUZ")) with { DailyCapacity = 3 })).IsOk.ShouldBeTrue();
        (await LoadAsync("SUZ")).ShouldBe(2, "two orders, one of them decided twice; yesterday's is none of today's");
        (await _office.BuyAsync("浙江省")).Warehouse.ShouldBe("SUZ");
        (await _office.BuyAsync("浙江省")).Warehouse.ShouldBe("CAN");

        (await _office.SaveAsync((await _office.WarehouseAsync("SUZ")) with { DailyCapacity = null })).IsOk.ShouldBeTrue();
        (await _office.BuyAsync("浙江省")).Warehouse.ShouldBe("SUZ", "not counted");
        (await _office.SaveAsync((await _office.WarehouseAsync("SUZ")) with { DailyCapacity = 5 })).IsOk.ShouldBeTrue();
        (await LoadAsync("SUZ")).ShouldBe(4);
        (await _office.SaveAsync((await _office.WarehouseAsync("SUZ")) with { DailyCapacity = 6 })).IsOk.ShouldBeTrue();
        (await LoadAsync("SUZ")).ShouldBe(4);
    }

    [Fact]
    public async Task A_courier_that_is_added_gets_orders_once_it_has_a_price_and_bills_bulky_goods_by_volume()
    {
        (await SaveAsync(new Courier(0, " dbl ", "德邦快递", true) { VolumeDivisor = 6000 })).IsOk.ShouldBeTrue();
        (await _office.BuyAsync("浙江省")).Courier.ShouldBe("YTO");
        (await ImportedAsync("DBL", Csv(",,1,1.00,1,9.00\n"))).ShouldBe((1, 0, 0, 0));
        (await _office.BuyAsync("浙江省")).Courier.ShouldBe("DBL");
        await BulkyShirtsAsync(6_001);
        (await _office.BuyAsync("浙江省")).Courier.ShouldBe("YTO", "1.001 kg cost 10 yuan by DBL");

        var pair = await _hub.AcceptOneAsync(_hub.Order(lines: (TestHub.Shirt, 2)));
        (await _office.TryOrderAsync(pair.OrderNo)).Value.Demand.VolumeCm3.ShouldBe(12_002, "an order placed again is measured as at intake");
        (await _office.TryAsync(new("浙江", "SET×2", null, 0, null, null))).Value.Demand.VolumeCm3.ShouldBe(12_002, "a kit takes what its parts take");
        await BulkyShirtsAsync(null);
        (await _office.TryOrderAsync(pair.OrderNo)).Value.Demand.VolumeCm3.ShouldBe(12_002, "an import that does not speak of it leaves it");

        var dbl = (await TableAsync("DBL"))!.Courier;
        (await SaveAsync(dbl with { Name = "德邦", VolumeDivisor = null })).IsOk.ShouldBeTrue();
        (await _office.BuyAsync("浙江省")).Courier.ShouldBe("DBL");
        var quotes = await _office.AsAsync<ReadRates, IReadOnlyList<Quote>>(rates => rates.QuoteAsync(_hub.Suzhou, "海南", 200, 6_001, default));
        quotes.Select(q => (q.Courier.Code, q.Fen, q.BilledGrams)).ShouldBe([("DBL", 100L, 200L), ("YTO", 500L, 200L), ("SF", 1_200L, 200L)]);
        (await _office.AuditAsync()).ShouldContain("allocation.courier_changed");
    }

    [Fact]
    public async Task A_courier_that_cannot_be_meant_is_refused()
    {
        var fresh = new Courier(0, "ZTO", "中通", true);
        (await SaveAsync(fresh with { Code = "中" })).Error!.Code.ShouldBe("allocation.courier_code");
        (await SaveAsync(fresh with { Code = "sf" })).Error!.Code.ShouldBe("allocation.courier_taken");
        (await SaveAsync(fresh with { Name = "顺丰速运" })).Error!.Code.ShouldBe("allocation.courier_taken");
        (await SaveAsync(fresh with { Name = " " })).Error!.Code.ShouldBe("allocation.courier_numbers");
        (await SaveAsync(fresh with { VolumeDivisor = 6 })).Error!.Code.ShouldBe("allocation.courier_numbers");
        (await SaveAsync(fresh with { Id = 9_999 })).Error!.Code.ShouldBe("allocation.courier_unknown");
    }

    [Fact]
    public async Task What_people_changed_in_the_network_outlives_the_next_start()
    {
        (await _office.SaveAsync((await _office.WarehouseAsync("SUZ")) with { Address = "新库 9 号" })).IsOk.ShouldBeTrue();
        (await _office.ImportAsync("SF", Csv(",,1,9.00,1,1.00\n"))).IsOk.ShouldBeTrue();
        var rules = (await _office.RulesAsync()).Rules;
        (await _office.ArrangeAsync(arrange => arrange.RemoveAsync(rules[0].Id, rules[0].Version, default))).IsOk.ShouldBeTrue();
        var version = await _office.VersionAsync();
        NetworkImport start = new([new("SUZ", "苏州仓", "江苏", "苏州", "工业园区1号", "张三", "13800000001", 1)], [new("SF", "顺丰速运", 6000)], [new("SF", null, null, 1000, 1200, 600)],
            [new(RuleKind.Region, rules[0].Rule.Name, ["广东"], ["SUZ"], 1)]);

        await SeedAsync(start);

        (await _office.VersionAsync()).ShouldBe(version);
        (await _office.WarehouseAsync("SUZ")).Address.ShouldBe("新库 9 号");
        (await TableAsync("SF"))!.Rates.Select(r => r.Rate.FirstFen).ShouldBe([900L]);
        (await _office.RulesAsync()).Rules.ShouldNotContain(r => r.Rule.Name == rules[0].Rule.Name);

        await SeedAsync(start with { Couriers = [.. start.Couriers, new("EMS", "邮政", 8000)], Rates = [.. start.Rates, new("EMS", "SUZ", "海南", 1000, 800, 300)] });
        (await TableAsync("EMS"))!.ShouldSatisfyAllConditions(t => t.Courier.VolumeDivisor.ShouldBe(8000), t => t.Rates.ShouldHaveSingleItem().Rate.FromWarehouseId.ShouldBe(_hub.Suzhou));
    }

    [Fact]
    public async Task Weights_that_somebody_else_changed_meanwhile_are_not_written_over()
    {
        var seen = await WeightsAsync();
        (await WeighAsync(seen.Weights with { Balance = 300 }, seen.Version)).IsOk.ShouldBeTrue();
        (await WeighAsync(seen.Weights with { LateDay = 1 }, seen.Version)).Error!.Code.ShouldBe("allocation.weights_changed_meanwhile");
        var now = await WeightsAsync();
        now.Weights.ShouldBe(seen.Weights with { Balance = 300 });
        (await WeighAsync(now.Weights with { LateDay = 1 }, now.Version)).IsOk.ShouldBeTrue();
        (await WeightsAsync()).Weights.ShouldBe(seen.Weights with { Balance = 300, LateDay = 1 });
    }

    [Fact]
    public async Task A_warehouse_that_cannot_be_meant_is_refused_and_the_last_one_stays_open()
    {
        var suzhou = await _office.WarehouseAsync("SUZ");
        (await _office.SaveAsync(suzhou with { City = "没有的市" })).Error!.Code.ShouldBe("allocation.city_unknown");
        (await _office.SaveAsync(suzhou with { ContactPhone = "张三" })).Error!.Code.ShouldBe("allocation.phone_invalid");
        (await _office.SaveAsync(suzhou with { DailyCapacity = 0 })).Error!.Code.ShouldBe("allocation.warehouse_numbers");
        (await _office.SaveAsync(suzhou with { Name = "广州仓" })).Error!.Code.ShouldBe("allocation.warehouse_code_taken");
        (await _office.SaveAsync(suzhou with { Id = 0, Code = "仓" })).Error!.Code.ShouldBe("allocation.warehouse_code");
        (await _office.SaveAsync(suzhou with { Active = false })).IsOk.ShouldBeTrue();
        (await _office.BuyAsync("浙江省")).Warehouse.ShouldBe("CAN");
        (await _office.SaveAsync((await _office.WarehouseAsync("CAN")) with { Active = false })).Error!.Code.ShouldBe("allocation.last_warehouse");
        (await _office.SaveAsync(suzhou with { Id = 0, Code = "wux", Name = "无锡仓", City = "无锡" })).IsOk.ShouldBeTrue();
        (await _office.WarehouseAsync("WUX")).City.ShouldBe("无锡市");
    }

    [Fact]
    public async Task A_warehouse_may_be_named_by_what_the_platform_calls_it_and_no_two_by_the_same()
    {
        (await _office.SaveAsync((await _office.WarehouseAsync("CAN")) with { Aliases = [" WH-SZ ", "", "wh-sz", "can"] })).IsOk.ShouldBeTrue();
        (await _office.WarehouseAsync("CAN")).Aliases.ShouldBe(["WH-SZ"]);
        var version = await _office.VersionAsync();
        (await _office.SaveAsync((await _office.WarehouseAsync("CAN")) with { Aliases = ["WH-SZ"] })).IsOk.ShouldBeTrue();
        (await _office.VersionAsync()).ShouldBe(version, "all is as it was");
        var suzhou = await _office.WarehouseAsync("SUZ");
        (await _office.SaveAsync(suzhou with { Aliases = ["wh-sz"] })).Error!.Code.ShouldBe("allocation.warehouse_code_taken");
        (await _office.SaveAsync(suzhou with { Name = "Wh-Sz" })).Error!.Code.ShouldBe("allocation.warehouse_code_taken");
        (await _office.SaveAsync(suzhou with { Aliases = ["广州仓"] })).Error!.Code.ShouldBe("allocation.warehouse_code_taken");

        var order = await _hub.AcceptOneAsync(_hub.Order() with { Extras = new() { NamedWarehouse = "wh-SZ" } });
        (await _hub.ViewAsync(order.OrderId)).WarehouseId.ShouldBe(_hub.Guangzhou);
        var unknown = await _hub.AcceptOneAsync(_hub.Order() with { Extras = new() { NamedWarehouse = "京仓订单 5" } });
        var decision = await _hub.InScopeAsync<IAllocator, AllocationDecision?>(allocator => allocator.LastDecisionAsync(unknown.OrderId, default));
        (decision!.WarehouseId, decision.UnknownWarehouse).ShouldBe((_hub.Suzhou, "京仓订单 5"));
    }

    [Fact]
    public async Task An_order_without_a_deadline_of_the_platform_is_due_by_the_shops_own_term()
    {
        (await _office.SaveAsync((await _office.WarehouseAsync("SUZ")) with { CutOff = TimeOnly.MinValue })).IsOk.ShouldBeTrue();
        (await BuyNowAsync()).ShouldBe((_hub.Suzhou, true, 0L), "48 hours are enough for tomorrow's pickup");

        var shop = _hub.LockOnPayment;
        await ShipWithinAsync(shop, 1);
        (await BuyNowAsync()).ShouldBe((_hub.Guangzhou, false, 0L), "Suzhou would be a day late");
        await ShipWithinAsync(shop, null);
        (await BuyNowAsync()).Warehouse.ShouldBe(_hub.Guangzhou, "an import that does not speak of it leaves it");
        var late = await _hub.AcceptOneAsync(_hub.Order());
        (await _office.TryOrderAsync(late.OrderNo)).Value.Demand.ShipBy.ShouldBe((await _hub.ViewAsync(late.OrderId)).PaidAt!.Value.AddHours(1), "asked again it is due at the same time");
        (await _hub.ViewAsync(late.OrderId)).ShipBy.ShouldBeNull("it is not the platform's");

        async Task<(int? Warehouse, bool AfterCutOff, long Lateness)> BuyNowAsync()
        {
            var order = await _hub.AcceptOneAsync(_hub.Order() with { CreatedAt = Now.AddMinutes(-59), PaidAt = Now.AddMinutes(-59) });
            var decision = (await _hub.InScopeAsync<IAllocator, AllocationDecision?>(allocator => allocator.LastDecisionAsync(order.OrderId, default)))!;
            return (decision.WarehouseId, decision.Candidates[0].AfterCutOff, decision.Candidates[0].Cost!.Lateness);
        }

        Task ShipWithinAsync(Shop changed, int? hours) => _hub.InScopeAsync<ICatalogImport, bool>(async catalog =>
        {
            await catalog.UpsertShopsAsync([new(changed.Code, changed.Name, changed.Kind, changed.LockPolicy, changed.UnpaidHoldHours, changed.PlatformFeeBasisPoints) { ShipHours = hours }], PlanningOffice.Zhou, default);
            return true;
        });
    }

    [Fact]
    public async Task An_order_whose_new_address_its_courier_does_not_reach_is_placed_again()
    {
        (await _office.StopAsync(new(Yto, null, "广东/深圳", Now.AddMinutes(-1), null, "台风"))).IsOk.ShouldBeTrue();
        var order = _hub.Order();
        var id = (await _hub.AcceptOneAsync(order)).OrderId;
        await _hub.DrainOutboxAsync();
        (await WhereAsync(id)).ShouldBe((OrderState.Allocated, "SUZ", "YTO"));

        await MoveToAsync(2, "江苏省", "苏州市");
        (await WhereAsync(id)).ShouldBe((OrderState.Allocated, "SUZ", "YTO"), "it is reached there as before");
        (await DecisionsAsync(id)).ShouldBe(1);

        await MoveToAsync(3, "广东省", "深圳市");
        (await WhereAsync(id)).ShouldBe((OrderState.Allocated, "CAN", "SF"));
        (await _hub.HeldByAsync(id)).ShouldHaveSingleItem().WarehouseId.ShouldBe(_hub.Guangzhou);
        await _hub.DrainOutboxAsync();
        (await _hub.Database.QueryAsync("select warehouse_id, courier_code from warehousing_pick_tasks where order_id = $1", r => (r.GetInt32(0), r.GetString(1)), default, id)).ShouldBe([(_hub.Guangzhou, "SF")]);
        (await TrailAsync(id)).ShouldContain("改了地址，原来的快递到不了");

        (await _office.StopAsync(new(null, null, "新疆", Now.AddMinutes(-1), null, "封路"))).IsOk.ShouldBeTrue();
        await MoveToAsync(4, "新疆维吾尔自治区", "喀什地区");
        (await WhereAsync(id)).ShouldBe((OrderState.Shortage, null, null));
        (await _hub.HeldByAsync(id)).ShouldBeEmpty();
        await _hub.DrainOutboxAsync();
        (await _hub.BreachesAsync()).ShouldBeEmpty();

        Task MoveToAsync(int version, string province, string city) => _hub.AcceptOneAsync(order with { Version = version, Receiver = order.Receiver with { Province = province, City = city, District = "", Token = $"oaid-{version}" } });

        Task<List<string>> TrailAsync(long order) => _hub.Database.QueryAsync("select what from orders_timeline where order_id = $1", r => r.GetString(0), default, order);

        async Task<long> DecisionsAsync(long order) => (await _hub.Database.QueryAsync("select count(*) from allocation_decisions where order_id = $1", r => r.GetInt64(0), default, order))[0];
    }

    [Fact]
    public async Task A_new_address_out_of_reach_counts_the_order_once_and_takes_its_last_piece_along()
    {
        (await _office.SaveAsync((await _office.WarehouseAsync("SUZ")) with { DailyCapacity = 5 })).IsOk.ShouldBeTrue();
        (await _office.StopAsync(new(Yto, null, "西藏", Now.AddMinutes(-1), null, "封路"))).IsOk.ShouldBeTrue();
        await _hub.ReceiveAsync(TestHub.Sock, _hub.Suzhou, 1);
        var order = _hub.Order(lines: (TestHub.Sock, 1));
        var id = (await _hub.AcceptOneAsync(order)).OrderId;
        await _hub.AcceptOneAsync(order with { Version = 2, Receiver = order.Receiver with { Province = "西藏自治区", City = "拉萨市", District = "" } });
        (await WhereAsync(id)).ShouldBe((OrderState.Allocated, "SUZ", "SF"));
        (await LoadAsync("SUZ")).ShouldBe(1);
    }

    [Fact]
    public async Task The_business_says_which_areas_are_remote_and_orders_are_marked_by_it()
    {
        var hainan = await _hub.AcceptOneAsync(AtCity("海南省", "三亚市"));
        var garze = await _hub.AcceptOneAsync(AtCity("四川省", "甘孜藏族自治州"));
        (await TagAsync(hainan.OrderNo), await TagAsync(garze.OrderNo)).ShouldBe(("remote", null));

        (await RemoteAsync("新疆、西藏，四川/甘孜")).IsOk.ShouldBeTrue();
        (await TagAsync(hainan.OrderNo), await TagAsync(garze.OrderNo)).ShouldBe((null, "remote"));
        (await TagAsync((await _hub.AcceptOneAsync(AtCity("四川省", "成都市"))).OrderNo)).ShouldBeNull();
        (await RemoteAsync("火星")).Error!.Code.ShouldBe("allocation.province_unknown");
        (await RemoteAsync("广东/深圳/南山区")).Error!.Code.ShouldBe("allocation.remote_area_too_fine");
        (await _office.AuditAsync()).ShouldContain("allocation.remote_areas_changed");

        IncomingOrder AtCity(string province, string city)
        {
            var order = _hub.Order();
            return order with { Receiver = order.Receiver with { Province = province, City = city, District = "" } };
        }

        async Task<string?> TagAsync(string no) => OrderJson.From((await _office.AsAsync<ReadOrderDetail, OrderDetail?>(read => read.HandleAsync(no, default)))!).AddressTag;

        Task<Result> RemoteAsync(string typed) => _office.AsAsync<ChangeRemoteAreasHandler, Result>(areas => areas.ChangeAsync(typed, default));
    }

    [Fact]
    public async Task A_courier_switched_off_gets_no_orders_and_the_last_one_stays()
    {
        (await SwitchAsync("YTO", false)).IsOk.ShouldBeTrue();
        (await _office.BuyAsync("浙江省")).Courier.ShouldBe("SF");
        (await SwitchAsync("SF", false)).Error!.Code.ShouldBe("allocation.last_courier");
    }

    [Fact]
    public async Task An_exported_rate_table_imports_as_it_is_and_a_cheaper_price_wins_the_next_order()
    {
        var file = new MemoryStream();
        SpreadsheetWriter.WriteXlsx(file, new SpreadsheetWriter.Sheet("运费表", RateSheet.Headers, ExportRates.Rows((await TableAsync("SF"))!)));
        (await ImportedAsync("SF", file.ToArray())).ShouldBe((0, 0, 0, 1));

        (await ImportedAsync("SF", Csv("苏州仓,浙江省、江苏,1,1.20,0.5,0.30\n"))).ShouldBe((2, 0, 0, 0));
        (await _office.BuyAsync("浙江省")).Courier.ShouldBe("SF");
        (await ImportedAsync("SF", Csv(",,1,12,1,7\n"), replace: true)).ShouldBe((0, 1, 2, 0));
        (await _office.BuyAsync("浙江省")).Courier.ShouldBe("YTO");
    }

    [Fact]
    public async Task A_file_with_one_faulty_row_is_refused_whole_and_every_fault_is_named()
    {
        var version = await _office.VersionAsync();
        var read = await _office.ImportAsync("SF", Csv("苏州仓,浙江,1,1.20,1,0.30\n火星仓,,1,1,1,1\n,广冬,1,1,1,1\n,,1,1.234,1,1\n,,0,1,1,1\n苏州仓,浙江,1,2,1,1\n"));
        read.Value.Faults.Select(f => (f.Row, f.Error.Code)).ShouldBe([(3, "allocation.warehouse_unknown"), (4, "allocation.province_unknown"), (5, "allocation.number_unreadable"), (6, "allocation.rate_numbers"), (7, "allocation.rate_twice")]);
        (await _office.ImportAsync("SF", Encoding.UTF8.GetBytes("发货仓,到达省份\n,\n"))).Error!.Code.ShouldBe("allocation.column_missing");
        (await _office.ImportAsync("SF", [0, 1, 2, 3, 0])).Error!.Code.ShouldBe("allocation.file_unreadable");
        (await _office.ImportAsync("SF", [.. "PK\u0003\u0004 broken"u8])).Error!.Code.ShouldBe("allocation.file_unreadable");
        (await TableAsync("SF"))!.Rates.Count.ShouldBe(1);
        (await _office.VersionAsync()).ShouldBe(version);
    }

    [Fact]
    public async Task A_second_price_for_the_same_way_is_refused()
    {
        var rate = new FreightRate(Yto, null, null, 1_000, 100, 1_000, 100);
        (await SaveAsync(null, rate)).Error!.Code.ShouldBe("allocation.rate_exists");
        (await SaveAsync(null, rate with { ToProvince = "海南", FirstGrams = 0 })).Error!.Code.ShouldBe("allocation.rate_numbers");
        (await SaveAsync(null, rate with { ToProvince = "海南" })).IsOk.ShouldBeTrue();
        (await SaveAsync((await TableAsync("YTO"))!.Rates.Single(r => r.Rate.ToProvince == "海南").Id, rate)).Error!.Code.ShouldBe("allocation.rate_exists");
        var quotes = await _office.AsAsync<ReadRates, IReadOnlyList<Quote>>(rates => rates.QuoteAsync(_hub.Suzhou, "海南", 1_001, 0, default));
        quotes.Select(q => (q.Courier.Code, q.Fen)).ShouldBe([("YTO", 200L), ("SF", 1_800L)]);
    }

    [Fact]
    public async Task Weights_decide_between_a_rules_rank_and_the_freight_and_go_back_to_usual()
    {
        await _office.ImportAsync("YTO", Csv("苏州仓,广东,1,0.50,1,1\n"));
        (await _office.BuyAsync("广东省")).Warehouse.ShouldBe("CAN", "rules decide as long as their step is dear");
        (await WeighAsync(new CostWeights(PreferenceStep: 0))).IsOk.ShouldBeTrue();
        (await _office.BuyAsync("广东省")).Warehouse.ShouldBe("SUZ");
        (await WeighAsync(new CostWeights())).IsOk.ShouldBeTrue();
        (await _office.BuyAsync("广东省")).Warehouse.ShouldBe("CAN");
        (await WeighAsync(new CostWeights(FreightPercent: -1))).Error!.Code.ShouldBe("allocation.weights_range");
    }

    private Task<Result<RouteOutcome>> AgainAsync(long order) => _office.AsAsync<RouteAgain, Result<RouteOutcome>>(route => route.HandleAsync(order, "再看一次", default));

    private Task<Result> ByHandAsync(long order, int warehouse, string courier) =>
        _office.AsAsync<RouteByHand, Result>(route => route.HandleAsync(order, warehouse, _hub.Network.CourierByCode(courier)!.Id, "买家要求", default));

    private async Task<(OrderState State, string? Warehouse, string? Courier)> WhereAsync(long order)
    {
        var view = await _hub.ViewAsync(order);
        return (view.State, _hub.Network.Warehouse(view.WarehouseId)?.Code, _hub.Network.Courier(view.CourierId)?.Code);
    }

    private Task<Result> CancelAsync(long order) =>
        _hub.InScopeAsync<IOrderFlow, Result>(flow => _hub.Database.RunAsync(tx => flow.MoveAsync(tx, order, OrderTrigger.Cancel, PlanningOffice.Zhou, "全额退款", default), default));

    private static byte[] Csv(string rows) => Encoding.UTF8.GetBytes(Header + rows);

    private async Task<int> LoadAsync(string warehouse) =>
        (await _office.AsAsync<ReadWarehouses, IReadOnlyList<WarehouseLoad>>(read => read.ReadAsync(default))).Single(w => w.Warehouse.Code == warehouse).OrdersToday;

    private Task BulkyShirtsAsync(int? cm3)
    {
        var shirt = _hub.Sku(TestHub.Shirt);
        return _hub.InScopeAsync<ICatalogImport, bool>(async catalog =>
        {
            await catalog.UpsertSkusAsync([new(shirt.Code, shirt.Name, shirt.Spec, shirt.Category, shirt.Barcode, shirt.WeightGrams, shirt.CostFen, shirt.FloorPriceFen, VolumeCm3: cm3)], PlanningOffice.Zhou, default);
            return true;
        });
    }

    private Task SeedAsync(NetworkImport network) => _hub.InScopeAsync<INetworkSetup, bool>(async setup =>
    {
        await setup.SeedAsync(network, PlanningOffice.Zhou, default);
        return true;
    });

    private Task<StopList> StopsAsync() => _office.AsAsync<ReadStops, StopList>(stops => stops.ReadAsync(default));

    private Task<Result> EndAsync(int id) => _office.AsAsync<ChangeStopsHandler, Result>(stops => stops.EndAsync(id, default));

    private Task<Result> SwitchAsync(string courier, bool active) => _office.AsAsync<SwitchCourierHandler, Result>(change => change.SwitchAsync(courier, active, default));

    private Task<Result> SaveAsync(int? id, FreightRate rate) => _office.AsAsync<SaveRateHandler, Result>(save => save.SaveAsync(id, rate, default));

    private async Task<Result> WeighAsync(CostWeights weights) => await WeighAsync(weights, (await WeightsAsync()).Version);

    private Task<Result> WeighAsync(CostWeights weights, int version) => _office.AsAsync<ChangeWeightsHandler, Result>(change => change.ChangeAsync(weights, version, default));

    private Task<WeightsView> WeightsAsync() => _office.AsAsync<ReadWeights, WeightsView>(read => read.ReadAsync(default));

    private Task<Result> SaveAsync(Courier courier) => _office.AsAsync<SaveCourierHandler, Result>(save => save.SaveAsync(courier, default));

    private Task<RateTable?> TableAsync(string courier) => _office.AsAsync<ReadRates, RateTable?>(rates => rates.TableAsync(courier, default));

    private async Task<(int Added, int Changed, int Removed, int Same)> ImportedAsync(string courier, byte[] file, bool replace = false)
    {
        var read = (await _office.ImportAsync(courier, file, replace)).Value;
        read.Faults.ShouldBeEmpty();
        return (read.Added, read.Changed, read.Removed, read.Same);
    }
}
