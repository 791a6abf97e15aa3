using System.Diagnostics;
using System.Net;
using Microsoft.Extensions.DependencyInjection;
using OrderHub.Channels.Adapters;
using OrderHub.Channels.Calls;
using OrderHub.Channels.Deliveries;
using OrderHub.Platform.Actions;

namespace OrderHub.PostgresTests.Channels;

public sealed class DeliveryLogTests(ChannelWorld world) : IClassFixture<ChannelWorld>, IDisposable
{
    private readonly ActivityListener _traces = Listen();

    [Fact]
    public async Task A_delivery_shows_every_call_made_for_it_with_request_reply_and_reason_but_no_secret()
    {
        var id = await DeliveredAsync("LOG-1");
        await CallAsync(id, new PlatformException("isv.limited", "too many", isTransient: true));
        await CallAsync(id, null);

        var detail = (await ReadAsync(id))!;
        detail.Calls.Select(c => (c.Outcome, c.Status)).ShouldBe([(CallOutcome.Done, 200), (CallOutcome.Outage, 429)], "newest first");
        detail.Calls[0].ShouldSatisfyAllConditions(c => c.Request!.ShouldContain("sku=LOG-1"), c => c.Request!.ShouldNotContain("topsecret"), c => c.Reply.ShouldBe("""{"ok":true}"""), c => c.TraceId.ShouldNotBeEmpty());
        detail.Calls[1].Error!.ShouldContain("isv.limited");
        detail.Calls.ShouldAllBe(c => !c.Shared);
    }

    [Fact]
    public async Task One_call_for_several_listings_is_found_from_each_of_them()
    {
        world.Taobao.Abilities = world.Taobao.Abilities with { StockBatch = 10 };
        var carrier = await DeliveredAsync("LOG-2A", "LOG-2B");
        var other = await world.OneAsync("select id from channels_deliveries where subject = 'LOG-2B'", r => r.GetInt64(0));
        var trace = await world.OneAsync("select call_trace_id from channels_deliveries where id = $1", r => r.GetString(0), other);
        (await world.OneAsync("select call_trace_id from channels_deliveries where id = $1", r => r.GetString(0), carrier)).ShouldBe(trace);

        using (var activity = new Activity("the call").SetParentId(ActivityTraceId.CreateFromString(trace), ActivitySpanId.CreateRandom()).Start()) await CallAsync(carrier, null);
        (await ReadAsync(carrier))!.Calls.ShouldHaveSingleItem().Shared.ShouldBeFalse();
        (await ReadAsync(other))!.Calls.ShouldHaveSingleItem().Shared.ShouldBeTrue();
    }

    [Fact]
    public async Task Nobody_reads_a_delivery_through_another_shop()
    {
        var id = await DeliveredAsync("LOG-3");
        (await world.InScopeAsync<ReadDeliveryHandler, DeliveryDetail?>(h => h.HandleAsync(world.MallShopId, id, default))).ShouldBeNull();
    }

    public void Dispose() => _traces.Dispose();

    /// <returns>The delivery of the first.</returns>
    private async Task<long> DeliveredAsync(params string[] codes)
    {
        foreach (var code in codes)
        {
            await world.StockedSkuAsync(code, 5);
            await world.ListAsync(ChannelWorld.Pulled, code);
        }
        await world.SendAllAsync(world.PulledShopId);
        return await world.OneAsync("select id from channels_deliveries where subject = $1 and state = 2", r => r.GetInt64(0), codes[0]);
    }

    private async Task CallAsync(long deliveryId, PlatformException? failure)
    {
        var log = world.Services.GetRequiredService<CallLog>();
        using var activity = HubTracing.Source.StartActivity("test");
        CallLog.BelongTo(deliveryId);
        using var message = new HttpRequestMessage(HttpMethod.Post, "http://platform.test/rest?session=topsecret&sku=LOG-1");
        using (var call = await log.BeginAsync(world.PulledShopId, "stock.set", message, TimeProvider.System, default))
        {
            call.Answered(new(failure is null ? HttpStatusCode.OK : HttpStatusCode.TooManyRequests, """{"ok":true}"""));
            if (failure is not null) call.Failed(failure);
        }
        await world.Services.GetRequiredService<WriteCalls>().WriteAsync(default);
    }

    private Task<DeliveryDetail?> ReadAsync(long id) => world.InScopeAsync<ReadDeliveryHandler, DeliveryDetail?>(h => h.HandleAsync(world.PulledShopId, id, default));

    private static ActivityListener Listen()
    {
        var listener = new ActivityListener { ShouldListenTo = s => s.Name == "OrderHub", Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData };
        ActivitySource.AddActivityListener(listener);
        return listener;
    }
}
