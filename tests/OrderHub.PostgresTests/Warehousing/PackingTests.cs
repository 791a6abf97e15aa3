using Microsoft.Extensions.DependencyInjection;
using OrderHub.Orders.Contracts;
using OrderHub.Platform.Actions;
using OrderHub.Platform.Data;
using OrderHub.PostgresTests.Infrastructure;
using OrderHub.Warehousing.Contracts;
using OrderHub.Warehousing.Labels;
using OrderHub.Warehousing.PickTasks;

namespace OrderHub.PostgresTests.Warehousing;

public sealed class PackingTests(TestHub hub) : IClassFixture<TestHub>
{
    [Fact]
    public async Task Two_packers_never_get_the_same_task()
    {
        var orders = new HashSet<long>();
        for (var i = 0; i < 12; i++) orders.Add(await hub.OnTheFloorAsync((TestHub.Shirt, 1)));
        var taken = await Task.WhenAll(Enumerable.Range(0, 12).Select(i =>
            hub.StationAsync(new("拣货员" + i, 100 + i), station => station.ClaimAsync(new(hub.Suzhou), default))));
        taken.Select(t => t.Value.OrderId).Distinct().Count().ShouldBe(12);
        foreach (var task in taken) await hub.StationAsync(Floor.Li, station => station.ReleaseAsync(task.Value.OrderId, default));
        foreach (var order in orders) (await hub.MoveAsync(order, OrderTrigger.Cancel)).IsOk.ShouldBeTrue();
        await hub.DrainOutboxAsync();
    }

    [Fact]
    public async Task A_kit_is_picked_part_by_part()
    {
        var order = await hub.OnTheFloorAsync((TestHub.Set, 1));
        var kit = await hub.ScanAsync(order, TestHub.Set);
        kit.Error!.Code.ShouldBe("warehousing.scan_parts");
        (await hub.ScanAsync(order, TestHub.Shirt)).Value.Task.Pieces.ShouldBe(3);
        (await hub.ScanAsync(order, "6900000000024")).Value.Line.Scanned.ShouldBe(1);
        (await hub.ScanAsync(order, TestHub.Sock)).Value.Task.IsComplete.ShouldBeTrue();
    }

    [Fact]
    public async Task A_wrong_item_is_refused_and_named()
    {
        var order = await hub.OnTheFloorAsync((TestHub.Shirt, 1));
        var wrong = await hub.ScanAsync(order, "6900000000031");
        wrong.Error!.Code.ShouldBe("warehousing.wrong_item");
        wrong.Error.Text.ShouldContain("棒球帽");
        wrong.Error.Text.ShouldContain("纯棉T恤");
        (await hub.ScanAsync(order, "0000")).Error!.Code.ShouldBe("warehousing.unknown_code");
        (await hub.ScanAsync(order, TestHub.Shirt)).IsOk.ShouldBeTrue();
    }

    [Fact]
    public async Task A_scan_sent_twice_counts_once()
    {
        var order = await hub.OnTheFloorAsync((TestHub.Shirt, 2));
        var id = Guid.NewGuid();
        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => hub.ScanAsync(order, TestHub.Shirt, id)));
        answers.ShouldAllBe(a => a.Value.Line.Scanned == 1);
        (await hub.ScanAsync(order, TestHub.Shirt)).Value.Line.Scanned.ShouldBe(2);
        (await hub.ScanAsync(order, TestHub.Shirt)).Error!.Code.ShouldBe("warehousing.too_many");
    }

    [Fact]
    public async Task A_colleagues_task_is_not_scanned_into()
    {
        var order = await hub.OnTheFloorAsync((TestHub.Shirt, 2));
        (await hub.ScanAsync(order, TestHub.Shirt)).IsOk.ShouldBeTrue();
        (await hub.ScanAsync(order, TestHub.Shirt, who: Floor.Wang)).Error!.Code.ShouldBe("warehousing.taken");
    }

    [Fact]
    public async Task A_task_whose_packer_went_away_is_free_after_half_an_hour()
    {
        var order = await hub.OnTheFloorAsync((TestHub.Shirt, 2));
        (await hub.ScanAsync(order, TestHub.Shirt)).IsOk.ShouldBeTrue();
        (await ClaimAsync(Floor.Wang, order, minutesLater: 29)).Error!.Code.ShouldBe("warehousing.taken");

        var taken = (await ClaimAsync(Floor.Wang, order, minutesLater: 31)).Value;
        (taken.ClaimedBy, taken.Scanned).ShouldBe((Floor.Wang.Name, 1));
        (await hub.ScanAsync(order, TestHub.Shirt)).Error!.Code.ShouldBe("warehousing.taken");
        var offered = new HashSet<long>(); // the next free ones, until none is left
        while (await ClaimAsync(Floor.Li, null, minutesLater: 62) is { IsOk: true } next) offered.Add(next.Value.OrderId).ShouldBeTrue();
        offered.ShouldContain(order);
        (await hub.MoveAsync(order, OrderTrigger.Cancel)).IsOk.ShouldBeTrue();
        await hub.DrainOutboxAsync();
    }

    private async Task<Platform.Results.Result<PackTask>> ClaimAsync(Platform.Accounts.Actor who, long? orderId, int minutesLater)
    {
        await using var scope = hub.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentActor>().Actor = who;
        var claim = ActivatorUtilities.CreateInstance<ClaimTaskHandler>(scope.ServiceProvider, new LaterClock(TimeSpan.FromMinutes(minutesLater)));
        return await claim.HandleAsync(new(hub.Suzhou, orderId), default);
    }

    private sealed class LaterClock(TimeSpan by) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + by;
    }

    [Fact]
    public async Task A_packer_of_another_warehouse_is_refused()
    {
        var order = await hub.OnTheFloorAsync((TestHub.Shirt, 1));
        var answer = await hub.StationAsync(Floor.Wang, station => station.ScanAsync(new(order, Guid.NewGuid(), TestHub.Shirt), default), boundTo: hub.Guangzhou);
        answer.Error!.Code.ShouldBe("warehousing.other_warehouse");
    }

    [Fact]
    public async Task A_parcel_is_packed_only_when_every_piece_is_scanned()
    {
        var order = await hub.OnTheFloorAsync((TestHub.Shirt, 1), (TestHub.Sock, 1));
        await hub.ScanAsync(order, TestHub.Shirt);
        (await hub.PackAsync(order)).Error!.Code.ShouldBe("warehousing.not_all_scanned");
        await hub.ScanAsync(order, TestHub.Sock);
        var parcel = (await hub.PackAsync(order)).Value;
        parcel.RouteCode.ShouldBe("300-A12 003");
        (await hub.ViewAsync(order)).State.ShouldBe(OrderState.Packed);
        (await hub.PackAsync(order)).Value.ShouldBe(parcel);
        (await hub.BreachesAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_double_tap_on_pack_makes_one_parcel()
    {
        var order = await hub.OnTheFloorAsync((TestHub.Shirt, 1));
        await hub.ScanAllAsync(order);
        var taps = await Task.WhenAll(hub.PackAsync(order), hub.PackAsync(order), hub.PackAsync(order));
        taps.Select(t => t.Value.WaybillNo).Distinct().Count().ShouldBe(1);
        (await hub.InScopeAsync<IParcelReader, IReadOnlyList<ParcelView>>(reader => reader.OfOrderAsync(order, default))).Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_refund_that_holds_the_order_stops_scanning_and_packing()
    {
        var order = await hub.OnTheFloorAsync((TestHub.Shirt, 1));
        await hub.ScanAllAsync(order);
        await hub.HoldAsync(order, "买家申请退款");
        var refused = await hub.PackAsync(order);
        refused.Error!.Code.ShouldBe("warehousing.order_held");
        refused.Error.Text.ShouldContain("买家申请退款");
        await hub.HoldAsync(order, null);
        (await hub.PackAsync(order)).IsOk.ShouldBeTrue();
    }

    [Fact]
    public async Task A_receiver_changed_before_packing_stands_on_the_label()
    {
        var (order, placed) = await PlacedAsync();
        await hub.ScanAllAsync(order);
        await MoveHouseAsync(placed);
        var parcel = (await hub.PackAsync(order)).Value;
        hub.Courier().AddressOf(parcel.WaybillNo).ShouldContain("望京街9号");
        (await hub.InScopeAsync<ReadLabel, Label?>(labels => labels.FindAsync(parcel.Id, default)))!.ReceiverAddress.ShouldContain("望京街9号");
    }

    [Fact]
    public async Task A_receiver_changed_while_the_label_is_made_or_after_unpacking_gets_a_waybill_of_its_own()
    {
        var (order, placed) = await PlacedAsync();
        await hub.ScanAllAsync(order);
        hub.Courier().Meanwhile = () => MoveHouseAsync(placed);
        try
        {
            (await hub.PackAsync(order)).Error!.Code.ShouldBe("warehousing.receiver_changed");
        }
        finally
        {
            hub.Courier().Meanwhile = () => Task.CompletedTask;
        }
        var parcel = (await hub.PackAsync(order)).Value;
        hub.Courier().AddressOf(parcel.WaybillNo).ShouldContain("望京街9号");

        (await hub.StationAsync(Floor.Li, station => station.UnpackAsync(order, default))).Error.ShouldBeNull();
        await MoveHouseAsync(placed with { Version = placed.Version + 1 }, "望京街10号");
        await hub.ScanAllAsync(order);
        hub.Courier().AddressOf((await hub.PackAsync(order)).Value.WaybillNo).ShouldContain("望京街10号");
    }

    private async Task<(long OrderId, IncomingOrder Placed)> PlacedAsync()
    {
        await hub.ReceiveAsync(TestHub.Shirt, hub.Suzhou, 1);
        var placed = hub.Order(lines: (TestHub.Shirt, 1));
        var answer = await hub.AcceptOneAsync(placed);
        await hub.DrainOutboxAsync();
        return (answer.OrderId, placed);
    }

    private Task<IntakeAnswer> MoveHouseAsync(IncomingOrder placed, string address = "望京街9号") =>
        hub.AcceptOneAsync(placed with { Version = placed.Version + 1, Receiver = placed.Receiver with { Address = address } });

    [Fact]
    public async Task A_hold_that_comes_while_the_label_is_made_keeps_the_box_open_and_voids_the_waybill()
    {
        var order = await hub.OnTheFloorAsync((TestHub.Shirt, 1));
        await hub.ScanAllAsync(order);
        hub.Courier().Meanwhile = () => hub.HoldAsync(order, "平台风控");
        try
        {
            (await hub.PackAsync(order)).Error!.Code.ShouldBe("warehousing.order_held");
        }
        finally
        {
            hub.Courier().Meanwhile = () => Task.CompletedTask;
        }
        (await hub.ViewAsync(order)).State.ShouldBe(OrderState.Allocated);
        (await hub.Database.QueryAsync("select status from warehousing_parcels where order_id = $1", r => r.GetInt32(0), default, order)).ShouldBe([9]);
        await hub.HoldAsync(order, null);
        (await hub.PackAsync(order)).IsOk.ShouldBeTrue();
    }

    [Fact]
    public async Task A_held_orders_task_is_passed_over()
    {
        var held = await hub.OnTheFloorAsync((TestHub.Shirt, 1));
        await hub.HoldAsync(held, "买家申请退款");
        var seen = new List<long>();
        while ((await hub.StationAsync(Floor.Wang, station => station.ClaimAsync(new(hub.Suzhou), default))) is { IsOk: true } next) seen.Add(next.Value.OrderId);
        seen.ShouldNotContain(held);
        foreach (var order in seen) await hub.StationAsync(Floor.Wang, station => station.ReleaseAsync(order, default));
    }

    [Fact]
    public async Task A_cancelled_orders_task_and_label_are_withdrawn()
    {
        var order = await hub.OnTheFloorAsync((TestHub.Shirt, 1));
        await hub.ScanAllAsync(order);
        (await hub.PackAsync(order)).IsOk.ShouldBeTrue();
        (await hub.MoveAsync(order, OrderTrigger.Cancel)).IsOk.ShouldBeTrue();
        await hub.DrainOutboxAsync();
        (await hub.InScopeAsync<IParcelReader, IReadOnlyList<ParcelView>>(reader => reader.OfOrderAsync(order, default))).ShouldBeEmpty();
        (await hub.ScanAsync(order, TestHub.Shirt)).Error!.Code.ShouldBe("warehousing.task_closed");
    }

    [Fact]
    public async Task An_opened_parcel_is_scanned_anew()
    {
        var order = await hub.OnTheFloorAsync((TestHub.Shirt, 1));
        await hub.ScanAllAsync(order);
        (await hub.PackAsync(order)).IsOk.ShouldBeTrue();
        (await hub.StationAsync(Floor.Li, station => station.UnpackAsync(order, default))).Error.ShouldBeNull();
        await hub.DrainOutboxAsync();
        (await hub.PackAsync(order)).Error!.Code.ShouldBe("warehousing.not_all_scanned");
        await hub.ScanAllAsync(order);
        (await hub.PackAsync(order)).IsOk.ShouldBeTrue();
        (await hub.ViewAsync(order)).State.ShouldBe(OrderState.Packed);
    }

    [Fact]
    public async Task A_provider_that_is_away_leaves_the_box_open()
    {
        var order = await hub.OnTheFloorAsync((TestHub.Shirt, 1));
        await hub.ScanAllAsync(order);
        hub.Courier().IsAway = true;
        try
        {
            (await hub.PackAsync(order)).Error!.Code.ShouldBe("warehousing.waybill_refused");
        }
        finally
        {
            hub.Courier().IsAway = false;
        }
        (await hub.PackAsync(order)).IsOk.ShouldBeTrue();
    }
}
