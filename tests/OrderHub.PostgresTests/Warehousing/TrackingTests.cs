using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using OrderHub.Orders.Contracts;
using OrderHub.Platform.Data;
using OrderHub.PostgresTests.Infrastructure;
using OrderHub.Warehousing.Contracts;
using OrderHub.Warehousing.Tracking;

namespace OrderHub.PostgresTests.Warehousing;

public sealed class TrackingTests(TestHub hub) : IClassFixture<TestHub>
{
    private const string Success = """{"result":true,"returnCode":"200","message":"成功"}""";

    [Fact]
    public async Task A_handed_over_parcel_is_subscribed_once()
    {
        var parcel = await hub.HandedOverAsync((TestHub.Shirt, 1));
        await hub.RunJobAsync<SubscribeParcelsJob>();
        await hub.RunJobAsync<SubscribeParcelsJob>();
        hub.Courier().Subscribed.Count(n => n == parcel.WaybillNo).ShouldBe(1);
    }

    [Fact]
    public async Task A_picked_up_parcel_ships_its_order_and_takes_the_goods_out_of_stock_once()
    {
        var parcel = await hub.HandedOverAsync((TestHub.Shirt, 2));
        var order = await hub.OrderOfAsync(parcel);
        var before = await hub.StockAsync(TestHub.Shirt, hub.Suzhou);
        (await PushAsync(parcel, "0", ("103", "揽收", "2026-11-21 10:00:00"))).ShouldBe((200, Success));
        (await PushAsync(parcel, "0", ("1002", "干线", "2026-11-21 12:00:00"), ("103", "揽收", "2026-11-21 10:00:00"))).ShouldBe((200, Success));
        (await hub.ViewAsync(order)).State.ShouldBe(OrderState.Shipped);
        var after = await hub.StockAsync(TestHub.Shirt, hub.Suzhou);
        (before.OnHand - after.OnHand, before.Reserved - after.Reserved).ShouldBe((2, 2));
        (await hub.Database.QueryAsync("select count(*) from warehousing_tracks where parcel_id = $1", r => r.GetInt64(0), default, parcel.Id)).ShouldBe([2]);
        (await hub.BreachesAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_courier_that_says_signed_first_ships_and_signs_and_the_order_completes_in_time()
    {
        var parcel = await hub.HandedOverAsync((TestHub.Sock, 1));
        var order = await hub.OrderOfAsync(parcel);
        (await PushAsync(parcel, "3", ("301", "本人签收", "2026-11-21 18:00:00"))).ShouldBe((200, Success));
        (await hub.ViewAsync(order)).State.ShouldBe(OrderState.Signed);
        await hub.RunJobAsync<CompleteSignedJob>();
        (await hub.ViewAsync(order)).State.ShouldBe(OrderState.Completed);
        (await hub.InScopeAsync<IParcelReader, IReadOnlyList<ParcelView>>(reader => reader.OfOrderAsync(order, default)))[0].Status.ShouldBe("SIGNED");
    }

    [Fact]
    public async Task A_push_with_a_wrong_signature_changes_nothing()
    {
        var parcel = await hub.HandedOverAsync((TestHub.Shirt, 1));
        var (status, answer) = await PushAsync(parcel, "3", [("301", "本人签收", "2026-11-21 18:00:00")], salt: "wrong");
        (status, answer == Success).ShouldBe((401, false));
        (await hub.ViewAsync(await hub.OrderOfAsync(parcel))).State.ShouldBe(OrderState.Packed);
    }

    [Fact]
    public async Task An_announced_pick_up_is_not_a_pick_up()
    {
        var parcel = await hub.HandedOverAsync((TestHub.Shirt, 1));
        await PushAsync(parcel, "102", ("102", "待揽收", "2026-11-21 09:00:00"));
        (await hub.ViewAsync(await hub.OrderOfAsync(parcel))).State.ShouldBe(OrderState.Packed);
    }

    [Fact]
    public async Task A_held_order_whose_parcel_left_ships_when_the_hold_ends()
    {
        var parcel = await hub.HandedOverAsync((TestHub.Shirt, 1));
        var order = await hub.OrderOfAsync(parcel);
        await hub.HoldAsync(order, "买家申请退款");
        (await PushAsync(parcel, "1", ("103", "揽收", "2026-11-21 10:00:00"))).ShouldBe((200, Success));
        (await hub.ViewAsync(order)).State.ShouldBe(OrderState.Packed);
        await hub.HoldAsync(order, null);
        await hub.RunJobAsync<AskForQuietParcelsJob>();
        (await hub.ViewAsync(order)).State.ShouldBe(OrderState.Shipped);
    }

    [Fact]
    public async Task A_quiet_parcel_is_asked_for_but_not_twice_within_half_an_hour()
    {
        var parcel = await hub.HandedOverAsync((TestHub.Shirt, 1));
        hub.Courier().Tracks[parcel.WaybillNo] = Result(parcel, "0", ("103", "揽收", "2026-11-21 10:00:00"));
        await hub.RunJobAsync<AskForQuietParcelsJob>();
        (await hub.ViewAsync(await hub.OrderOfAsync(parcel))).State.ShouldBe(OrderState.Shipped);
        var asked = hub.Courier().Queries;
        await hub.RunJobAsync<AskForQuietParcelsJob>();
        hub.Courier().Queries.ShouldBe(asked);
    }

    [Fact]
    public async Task A_held_order_is_not_handed_over_and_does_not_keep_the_others()
    {
        var held = await PackedAsync();
        var free = await PackedAsync();
        await hub.HoldAsync(held, "买家申请退款");
        var answer = (await hub.StationAsync(Floor.Li, station => station.HandOverAsync(new(hub.Suzhou), default))).Value;
        answer.Refused.Select(r => r.Reason.Code).ShouldBe(["warehousing.order_held"]);
        answer.HandedOver.ShouldBeGreaterThanOrEqualTo(1);
        (await hub.InScopeAsync<IParcelReader, IReadOnlyList<ParcelView>>(reader => reader.OfOrderAsync(free, default)))[0].Status.ShouldBe("HANDED_OVER");
        await hub.HoldAsync(held, null);
    }

    private async Task<long> PackedAsync()
    {
        var order = await hub.OnTheFloorAsync((TestHub.Shirt, 1));
        await hub.ScanAllAsync(order);
        (await hub.PackAsync(order)).Error.ShouldBeNull();
        return order;
    }

    private Task<(int Status, string Answer)> PushAsync(PackedParcel parcel, string state, params (string Code, string Name, string Time)[] tracks) =>
        PushAsync(parcel, state, tracks, PlayedCourier.Salt);

    private async Task<(int Status, string Answer)> PushAsync(PackedParcel parcel, string state, (string Code, string Name, string Time)[] tracks, string salt)
    {
        var param = """{"status":"polling","billstatus":"got","message":"","lastResult":""" + Result(parcel, state, tracks) + "}";
        var body = await new FormUrlEncodedContent(new Dictionary<string, string> { ["param"] = param, ["sign"] = PlayedCourier.Md5(param + salt) }).ReadAsByteArrayAsync();
        await using var scope = hub.Services.CreateAsyncScope();
        var http = new DefaultHttpContext { RequestServices = scope.ServiceProvider };
        (http.Request.Method, http.Request.ContentType, http.Request.Body) = ("POST", "application/x-www-form-urlencoded", new MemoryStream(body));
        using var answer = new MemoryStream();
        http.Response.Body = answer;
        var result = await ReceivePush.HandleAsync(http.Request, scope.ServiceProvider.GetRequiredService<IOptionsSnapshot<TrackingOptions>>(),
            scope.ServiceProvider.GetRequiredService<TakeCourierNewsHandler>(), scope.ServiceProvider.GetRequiredService<RenewSubscriptionHandler>(), NullLoggerFactory.Instance, default);
        await result.ExecuteAsync(http);
        return (http.Response.StatusCode, Encoding.UTF8.GetString(answer.ToArray()));
    }

    private static string Result(PackedParcel parcel, string state, params (string Code, string Name, string Time)[] tracks) =>
        JsonSerializer.Serialize(new
        {
            message = "ok", state, status = "200", ischeck = "0", com = "yuantong", nu = parcel.WaybillNo,
            data = tracks.Select(t => new { time = t.Time, ftime = t.Time, context = t.Name, status = t.Name, statusCode = t.Code }),
        });
}
