using Microsoft.Extensions.DependencyInjection;
using OrderHub.Channels.Adapters;
using OrderHub.Channels.ReadBacks;
using OrderHub.Platform.Jobs;
using OrderHub.Platform.Results;
using OrderHub.Platform.Units;

namespace OrderHub.PostgresTests.Channels;

public sealed class ReadBackTests(ChannelWorld world) : IClassFixture<ChannelWorld>
{
    [Fact]
    public async Task A_lost_update_is_found_at_night_written_down_and_repaired()
    {
        await PublishedAsync("RB-LOST", 20);
        await PublishedAsync("RB-FINE", 30);
        world.Taobao.Shown["s-RB-LOST"] = 99; // the platform took the call and kept its old quantity

        var outcome = await ReadBackAsync();

        outcome.ShouldBe(new(Seen: 2, Repaired: 1, Unknown: 0, Error: null), "only what differs is touched");
        (await world.OneAsync("select published, shown from channels_stock_differences where merchant_code = 'RB-LOST'", r => (r.GetInt32(0), r.GetInt32(1)))).ShouldBe((20, 99));
        await world.SendAllAsync(world.PulledShopId);
        world.Taobao.Shown["s-RB-LOST"].ShouldBe(20);
        (await ReadBackAsync()).Repaired.ShouldBe(0);
        await ForgetAsync();
    }

    [Fact]
    public async Task An_order_that_was_not_pulled_yet_is_no_lost_update()
    {
        await PublishedAsync("RB-SOLD", 20);
        await PublishedAsync("RB-REAL", 30);
        world.Taobao.Publish(FakePlatform.Order("RB-ORDER-1", "RB-SOLD"), TimeProvider.System.GetUtcNow());
        world.Taobao.Shown["s-RB-SOLD"] = 19; // the platform took the piece down when the buyer paid
        world.Taobao.Shown["s-RB-REAL"] = 99;

        (await ReadBackAsync()).ShouldBe(new(Seen: 2, Repaired: 1, Unknown: 0, Error: null));

        (await world.CountAsync("select count(*) from channels_stock_differences where merchant_code = 'RB-SOLD'")).ShouldBe(0);
        await world.DrainOutboxAsync();
        await world.SendAllAsync(world.PulledShopId);
        (world.Taobao.Shown["s-RB-SOLD"], world.Taobao.Shown["s-RB-REAL"]).ShouldBe((19, 30));
        await ForgetAsync();
    }

    [Fact]
    public async Task Without_a_pull_a_difference_counts_for_nothing_and_is_looked_at_again_the_same_night()
    {
        await PublishedAsync("RB-WAIT", 20);
        world.Taobao.Shown["s-RB-WAIT"] = 99;
        world.Taobao.PullTrouble = new PlatformException("isv.refused", "no", isTransient: false);

        (await ReadBackAsync()).ShouldSatisfyAllConditions(o => o.Repaired.ShouldBe(0), o => o.Error.ShouldNotBeNull());
        (await world.CountAsync("select count(*) from channels_stock_differences where merchant_code = 'RB-WAIT'")).ShouldBe(0);

        world.Taobao.PullTrouble = null;
        (await ReadBackAsync()).Repaired.ShouldBe(1);
        await ForgetAsync();
    }

    [Fact]
    public async Task A_listing_the_platform_does_not_know_is_told_to_people_and_not_repaired_blindly()
    {
        await PublishedAsync("RB-GONE", 20);
        world.Taobao.Shown.TryRemove("s-RB-GONE", out _);

        (await ReadBackAsync()).ShouldSatisfyAllConditions(o => o.Unknown.ShouldBe(1), o => o.Repaired.ShouldBe(0));
        (await world.CountAsync("select count(*) from channels_stock_differences where merchant_code = 'RB-GONE' and shown is null")).ShouldBe(1);
        (await world.CountAsync("select count(*) from channels_deliveries where subject = 'RB-GONE' and state = 1")).ShouldBe(0);
        await ForgetAsync();
    }

    [Fact]
    public async Task A_listing_with_news_on_its_way_is_left_alone()
    {
        await PublishedAsync("RB-BUSY", 20);
        world.Taobao.Shown["s-RB-BUSY"] = 21;
        await world.TellStockAsync((await world.OneAsync("select sku_id from channels_listings where merchant_code = 'RB-BUSY'", r => r.GetInt32(0))));

        (await ReadBackAsync()).Repaired.ShouldBe(0);
        (await world.CountAsync("select count(*) from channels_stock_differences where merchant_code = 'RB-BUSY'")).ShouldBe(0);
        await world.SendAllAsync(world.PulledShopId);
        await ForgetAsync();
    }

    [Fact]
    public async Task A_platform_that_is_down_is_asked_again_the_same_night()
    {
        await PublishedAsync("RB-DOWN", 20);
        await world.InScopeAsync<ReadBackSettings, Result>(s => s.SetHourAsync(0, default));
        world.Taobao.Troubles.Enqueue(new PlatformException("http.503", "平台暂时无法服务", isTransient: true));

        (await NightAsync()).Refused.ShouldBe(1);
        (await NightAsync()).ShouldSatisfyAllConditions(r => r.Refused.ShouldBe(0), r => r.Seen.ShouldBe(1));
        (await NightAsync()).Seen.ShouldBe(0, "once a day is enough");
        await ForgetAsync();
    }

    [Fact]
    public async Task Before_its_hour_nothing_is_asked_and_the_hour_is_people_s_choice()
    {
        await world.InScopeAsync<ReadBackSettings, Result>(async s => (await s.SetHourAsync(24, default)).Error!.Code == "channels.read_back_hour" ? Result.Ok : throw new InvalidOperationException());
        var later = ShopTime.ToLocal(TimeProvider.System.GetUtcNow()).Hour + 1;
        if (later > 23) return; // in the last hour of the day no later hour exists
        await world.InScopeAsync<ReadBackSettings, Result>(s => s.SetHourAsync(later, default));
        (await NightAsync()).ShouldBe(new(0, 0));
        (await world.InScopeAsync<ReadBackSettings, ReadBackView>(s => s.ReadAsync(default))).Hour.ShouldBe(later);
    }

    private async Task PublishedAsync(string code, int quantity)
    {
        await world.StockedSkuAsync(code, quantity);
        await world.ListAsync(ChannelWorld.Pulled, code);
        await world.SendAllAsync(world.PulledShopId);
        world.Taobao.Shown["s-" + code].ShouldBe(quantity);
    }

    private async Task<ReadBackOutcome> ReadBackAsync() => (await world.InScopeAsync<ReadBackStockHandler, ReadBackOutcome?>(h => h.HandleAsync(world.PulledShopId, default)))!;

    private Task<JobReport> NightAsync() => world.InScopeAsync<ReadBackNightlyJob, JobReport>(job => job.RunAsync(default));

    /// <summary>The next test begins with no listings and no read backs of today.</summary>
    private Task ForgetAsync() => world.Database.RunAsync(async tx =>
    {
        foreach (var table in new[] { "channels_deliveries", "channels_listings", "channels_read_backs", "channels_read_back_settings" }) await tx.ExecuteAsync($"delete from {table}", default);
    }, default);
}
