using Microsoft.Extensions.DependencyInjection;
using OrderHub.Orders.Contracts;
using OrderHub.Platform.Accounts;
using OrderHub.Platform.Actions;
using OrderHub.Platform.Data;
using OrderHub.Platform.Results;
using OrderHub.Platform.Units;
using OrderHub.PostgresTests.Infrastructure;
using OrderHub.Warehousing.Contracts;
using OrderHub.Warehousing.Labels;
using OrderHub.Warehousing.Merging;

namespace OrderHub.PostgresTests.Warehousing;

/// <summary>Orders of one buyer; the token of the receiver tells who belongs together.</summary>
public sealed class MergedParcelTests(TestHub hub) : IClassFixture<TestHub>
{
    private static int _buyers;
    private readonly Dictionary<long, IncomingOrder> _placed = [];

    [Fact]
    public async Task Two_orders_of_one_buyer_go_in_one_parcel_with_one_waybill()
    {
        var (shirts, socks) = await SiblingsAsync();
        (await MergeAsync(shirts, socks)).Value.ShouldBe(shirts);
        var task = (await hub.StationAsync(Floor.Li, s => s.ClaimAsync(new(hub.Suzhou, socks), default))).Value;
        (task.OrderId, task.Pieces, task.MergedOrderNos.ShouldHaveSingleItem()).ShouldBe((shirts, 3, OrderNo.From(socks)));

        await hub.ScanAllAsync(socks);
        var parcel = (await hub.PackAsync(shirts)).Value;
        foreach (var order in new[] { shirts, socks })
        {
            (await hub.ViewAsync(order)).State.ShouldBe(OrderState.Packed);
            (await ParcelsAsync(order)).ShouldHaveSingleItem().WaybillNo.ShouldBe(parcel.WaybillNo);
        }
        (await hub.InScopeAsync<IOrderLookup, IReadOnlyList<long>>(lookup => lookup.FindAsync(parcel.WaybillNo, default))).Order().ShouldBe([shirts, socks]);

        await hub.StationAsync(Floor.Li, s => s.HandOverAsync(new(hub.Suzhou, WaybillNo: parcel.WaybillNo), default));
        await hub.NewsAsync(parcel, "3");
        foreach (var order in new[] { shirts, socks })
        {
            (await hub.ViewAsync(order)).State.ShouldBe(OrderState.Signed);
            (await hub.HeldByAsync(order)).ShouldBeEmpty();
        }
        await hub.DrainOutboxAsync();
        (await hub.BreachesAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_parcels_deadline_is_the_earliest()
    {
        var soon = DateTimeOffset.UnixEpoch.AddDays(19_000);
        var (first, second) = await SiblingsAsync(second => second with { ShipBy = soon });
        (await MergeAsync(first, second)).Value.ShouldBe(second, "the urgent one carries");
        (await hub.StationAsync(Floor.Li, s => s.ClaimAsync(new(hub.Suzhou, first), default))).Value.Deadline.ShouldBe(soon);
    }

    [Fact]
    public async Task When_one_buyer_refunds_the_others_goods_still_go()
    {
        var (shirts, socks) = await SiblingsAsync();
        await MergeAsync(shirts, socks);
        await hub.ScanAllAsync(shirts);
        var parcel = (await hub.PackAsync(shirts)).Value;

        (await hub.MoveAsync(shirts, OrderTrigger.Cancel)).Error.ShouldBeNull();
        await hub.DrainOutboxAsync();
        (await hub.ViewAsync(socks)).State.ShouldBe(OrderState.Allocated, "the box was opened");
        (await ParcelsAsync(socks)).ShouldBeEmpty();
        await hub.ScanAllAsync(socks);
        var own = (await hub.PackAsync(socks)).Value;
        own.WaybillNo.ShouldNotBe(parcel.WaybillNo);
        (await hub.StationAsync(Floor.Li, s => s.HandOverAsync(new(hub.Suzhou, WaybillNo: parcel.WaybillNo), default))).Error!.Code.ShouldBe("warehousing.no_parcel");
        (await hub.BreachesAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task When_one_order_gets_another_receiver_each_goes_to_its_own()
    {
        var (shirts, socks) = await SiblingsAsync();
        await MergeAsync(shirts, socks);
        await hub.ScanAllAsync(shirts);
        await MoveHouseAsync(socks);
        (await hub.PackAsync(shirts)).Error!.Code.ShouldBe("warehousing.receivers_differ", "the news is on its way");

        await hub.DrainOutboxAsync();
        (await TaskAsync(shirts)).ShouldBe((PickTaskState.Open, 1));
        (await TaskAsync(socks)).ShouldBe((PickTaskState.Open, 2));
        foreach (var order in new[] { shirts, socks }) await hub.ScanAllAsync(order);
        var (own, moved) = ((await hub.PackAsync(shirts)).Value, (await hub.PackAsync(socks)).Value);
        moved.WaybillNo.ShouldNotBe(own.WaybillNo);
        (await LabelAsync(own)).ReceiverAddress.ShouldNotContain("望京");
        (await LabelAsync(moved)).ReceiverAddress.ShouldContain("望京");
        (await hub.BreachesAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_receiver_that_changes_while_the_label_is_made_keeps_the_merged_box_open()
    {
        var (shirts, socks) = await SiblingsAsync();
        await MergeAsync(shirts, socks);
        await hub.ScanAllAsync(shirts);
        hub.Courier().Meanwhile = () => MoveHouseAsync(socks);
        try
        {
            (await hub.PackAsync(shirts)).Error!.Code.ShouldBe("warehousing.receivers_differ");
        }
        finally
        {
            hub.Courier().Meanwhile = () => Task.CompletedTask;
        }
        (await ParcelsAsync(shirts)).ShouldBeEmpty("its waybill is void");
        await hub.DrainOutboxAsync();
        (await TaskAsync(socks)).State.ShouldBe(PickTaskState.Open);
    }

    [Fact]
    public async Task A_hold_on_one_order_stops_the_parcel()
    {
        var (shirts, socks) = await SiblingsAsync();
        await MergeAsync(shirts, socks);
        await hub.HoldAsync(socks, "退款申请中");
        (await hub.ScanAsync(shirts, TestHub.Shirt)).Error!.Code.ShouldBe("warehousing.order_held");
        await hub.HoldAsync(socks, null);
        (await hub.ScanAsync(shirts, TestHub.Shirt)).Error.ShouldBeNull();
    }

    [Fact]
    public async Task Parted_orders_are_parcels_of_their_own_again_and_are_left_alone()
    {
        var (shirts, socks) = await SiblingsAsync();
        await AutomaticAsync(0);
        await hub.RunJobAsync<MergeSiblingsJob>();
        (await TaskAsync(socks)).State.ShouldBe(PickTaskState.Merged);
        (await DeskAsync(desk => desk.PartAsync(socks, default))).Error.ShouldBeNull();
        (await TaskAsync(shirts)).ShouldBe((PickTaskState.Open, 1));
        (await TaskAsync(socks)).ShouldBe((PickTaskState.Open, 2));
        await hub.RunJobAsync<MergeSiblingsJob>();
        (await TaskAsync(socks)).State.ShouldBe(PickTaskState.Open, "a person has decided");
        (await hub.BreachesAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_third_order_joins_a_merged_parcel_that_nobody_has_begun()
    {
        var (shirts, socks) = await SiblingsAsync();
        await MergeAsync(shirts, socks);
        var third = await OrderAsync((await hub.ViewAsync(shirts)).Receiver.Token!, (TestHub.Cap, 1));
        (await MergeAsync(third, socks)).Value.ShouldBe(shirts);
        (await TaskAsync(shirts)).ShouldBe((PickTaskState.Open, 4));
        (await hub.BreachesAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Strangers_hidden_receivers_and_begun_parcels_are_not_merged()
    {
        var (shirts, socks) = await SiblingsAsync();
        var stranger = await OrderAsync("someone-else", (TestHub.Sock, 1));
        (await MergeAsync(shirts, stranger)).Error!.Code.ShouldBe("warehousing.cannot_merge");
        var hidden = await OrderAsync(null, (TestHub.Sock, 1));
        var hiddenToo = await OrderAsync(null, (TestHub.Sock, 1));
        (await MergeAsync(hidden, hiddenToo)).Error!.Code.ShouldBe("warehousing.cannot_merge", "a masked phone proves nothing");
        await hub.ScanAsync(shirts, TestHub.Shirt);
        (await MergeAsync(shirts, socks)).Error!.Code.ShouldBe("warehousing.cannot_merge");
        (await MergeAsync(shirts)).Error!.Code.ShouldBe("warehousing.merge_count");
    }

    [Fact]
    public async Task Where_orders_are_merged_by_themselves_they_wait_for_their_siblings_first()
    {
        await AutomaticAsync(30);
        var now = TimeProvider.System.GetUtcNow();
        var order = await OrderAsync($"buyer-{Interlocked.Increment(ref _buyers)}", o => o with { CreatedAt = now, PaidAt = now }, (TestHub.Shirt, 1));
        (await hub.Database.QueryAsync("select parked_until > now() from warehousing_pick_tasks where order_id = $1", r => r.GetBoolean(0), default, order)).ShouldBe([true]);
        (await hub.StationAsync(Floor.Li, s => s.ClaimAsync(new(hub.Suzhou, order), default))).Error.ShouldBeNull("asked for by name it can be taken");
    }

    private async Task<(long Shirts, long Socks)> SiblingsAsync(Func<IncomingOrder, IncomingOrder>? second = null)
    {
        var buyer = $"buyer-{Interlocked.Increment(ref _buyers)}";
        return (await OrderAsync(buyer, (TestHub.Shirt, 1)), await OrderAsync(buyer, second ?? (o => o), (TestHub.Sock, 2)));
    }

    private Task<long> OrderAsync(string? token, params (string, int)[] lines) => OrderAsync(token, o => o, lines);

    private async Task<long> OrderAsync(string? token, Func<IncomingOrder, IncomingOrder> change, params (string Sku, int Quantity)[] lines)
    {
        foreach (var (sku, quantity) in lines) await hub.ReceiveAsync(sku, hub.Suzhou, quantity);
        var order = hub.Order(lines: lines);
        order = change(order with { BuyerKey = "k" + token, Receiver = order.Receiver with { Token = token } });
        var answer = await hub.AcceptOneAsync(order);
        _placed[answer.OrderId] = order;
        answer.State.ShouldBe(OrderState.Allocated, answer.Reason);
        await hub.DrainOutboxAsync();
        return answer.OrderId;
    }

    /// <summary>The buyer changes the address on the platform; the hub hears of it, the warehouse not yet.</summary>
    private async Task MoveHouseAsync(long orderId)
    {
        var (order, before) = (await hub.ViewAsync(orderId), _placed[orderId]);
        await hub.AcceptOneAsync(before with { Version = before.Version + 1, Receiver = order.Receiver with { Address = "望京街9号", Token = order.Receiver.Token + "-moved" } });
    }

    private Task<Label> LabelAsync(PackedParcel parcel) => hub.InScopeAsync<ReadLabel, Label>(async labels => (await labels.FindAsync(parcel.Id, default))!);

    private Task AutomaticAsync(int minutes) => ActAsync<SaveMergeRule, Result>(save => save.HandleAsync(hub.LockOnPayment.Id, new(MergeMode.Auto, minutes), default));

    private Task<Result<long>> MergeAsync(params long[] orders) => DeskAsync(desk => desk.MergeAsync(orders, default));

    private Task<T> DeskAsync<T>(Func<MergeDesk, Task<T>> act) => ActAsync(act);

    private async Task<T> ActAsync<TService, T>(Func<TService, Task<T>> act) where TService : notnull
    {
        await using var scope = hub.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentActor>().Actor = new Actor("小林", 3);
        return await act(scope.ServiceProvider.GetRequiredService<TService>());
    }

    private Task<IReadOnlyList<ParcelView>> ParcelsAsync(long order) => hub.InScopeAsync<IParcelReader, IReadOnlyList<ParcelView>>(reader => reader.OfOrderAsync(order, default));

    private async Task<(PickTaskState State, int Pieces)> TaskAsync(long order) =>
        (await hub.Database.QueryAsync("select state, piece_count from warehousing_pick_tasks where order_id = $1", r => ((PickTaskState)r.GetInt32(0), r.GetInt32(1)), default, order))[0];
}
