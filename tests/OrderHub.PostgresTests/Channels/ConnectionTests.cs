using Microsoft.Extensions.DependencyInjection;
using OrderHub.Catalog.Contracts;
using OrderHub.Channels.Adapters;
using OrderHub.Channels.Connections;
using OrderHub.Channels.Contracts;
using OrderHub.Channels.Pulling;
using OrderHub.Platform.Accounts;
using OrderHub.Platform.Data;

namespace OrderHub.PostgresTests.Channels;

public sealed class ConnectionTests(ChannelWorld world) : IClassFixture<ChannelWorld>
{
    [Fact]
    public async Task A_token_that_ends_within_a_day_is_renewed_once_and_used_from_then_on()
    {
        await ConnectAsync(endsIn: TimeSpan.FromHours(2));

        (await RenewAsync()).Changed.ShouldBe(1);
        (await RenewAsync()).Seen.ShouldBe(0);

        world.Taobao.Renewals.ShouldHaveSingleItem().ShouldBe("refresh-0");
        (await world.Services.GetRequiredService<ShopConnections>().FindAsync(world.PulledShopId, default))!.AccessToken.ShouldBe("access-1");
        (await world.CountAsync("select count(*) from channels_connections where shop_id = $1 and token_expires_at > now() + interval '29 days'", world.PulledShopId)).ShouldBe(1);
        (await world.CountAsync("select count(*) from channels_connections where refresh_token_cipher like '%refresh-%' or access_token_cipher like '%access-%'")).ShouldBe(0, "secrets are stored encrypted");
        world.Taobao.Renewals.Clear();
    }

    [Fact]
    public async Task A_refused_renewal_keeps_the_old_token_and_its_end_in_sight()
    {
        await ConnectAsync(endsIn: TimeSpan.FromHours(2));
        world.Taobao.Troubles.Enqueue(new PlatformException("refresh.refused", "刷新令牌已失效", isTransient: false));

        var report = await RenewAsync();

        (report.Changed, report.Refused).ShouldBe((0, 1));
        (await world.CountAsync("select count(*) from channels_connections where shop_id = $1 and token_expires_at < now() + interval '3 hours'", world.PulledShopId)).ShouldBe(1);
    }

    [Fact]
    public async Task While_the_platform_is_asked_for_a_token_nothing_is_locked_and_keys_entered_meanwhile_win()
    {
        await ConnectAsync(endsIn: TimeSpan.FromHours(2));
        world.Taobao.Renewals.Clear();
        world.Taobao.Stalled = new(TaskCreationOptions.RunContinuationsAsynchronously);
        var renewing = RenewAsync();
        await ChannelWorld.EventuallyAsync(() => Task.FromResult(world.Taobao.Renewals.IsEmpty ? null : "asked"));
        try
        {
            (await RenewAsync()).Changed.ShouldBe(0, "another host leaves the shop to the first");
            await ConnectAsync(endsIn: TimeSpan.FromHours(3), refreshToken: "typed-in").WaitAsync(TimeSpan.FromSeconds(5));
        }
        finally
        {
            world.Taobao.Stalled.SetResult();
            world.Taobao.Stalled = null;
        }

        (await renewing).Changed.ShouldBe(0);
        world.Taobao.Renewals.ShouldHaveSingleItem();
        (await RenewAsync()).Changed.ShouldBe(1, "the claim ended with the call");
        world.Taobao.Renewals.ShouldBe(["refresh-0", "typed-in"]);
        world.Taobao.Renewals.Clear();
    }

    [Fact]
    public async Task A_platform_that_renews_by_its_own_credentials_gets_its_first_token_at_saving_and_nobody_types_a_grant()
    {
        world.Taobao.Abilities = world.Taobao.Abilities with { Actions = PlatformActions.RefreshToken, RenewsWith = "client_credential" };
        try
        {
            var form = new SaveConnection { ShopCode = "by-credentials", ShopName = "凭证续期", Kind = ShopKind.Taobao, BaseUrl = "https://platform.example", AppKey = "k", AppSecret = "s1" };
            (await SaveAsync(form)).Error.ShouldBeNull();
            world.Taobao.Renewals.ShouldHaveSingleItem().ShouldBe("client_credential");

            var shop = (await world.Services.GetRequiredService<ICatalog>().CurrentAsync(default)).ShopByCode("by-credentials")!;
            (await world.Services.GetRequiredService<ShopConnections>().FindAsync(shop.Id, default))!.AccessToken.ShouldStartWith("access-");
            (await world.CountAsync("select count(*) from channels_connections where shop_id = $1 and token_expires_at > now() + interval '1 hour'", shop.Id)).ShouldBe(1);

            var stored = (await world.InScopeAsync<SaveConnectionHandler, SaveConnection?>(h => h.FindAsync("by-credentials", default)))!;
            (await SaveAsync(stored with { ShopName = "改名" })).Error.ShouldBeNull();
            world.Taobao.Renewals.Count.ShouldBe(1, "a token that still lives is not asked for again");

            world.Taobao.Troubles.Enqueue(new PlatformException("40125", "invalid appsecret", isTransient: false));
            (await SaveAsync(stored with { AppSecret = "wrong" })).Error!.Code.ShouldBe("channels.no_token");
        }
        finally
        {
            world.Taobao.Renewals.Clear();
            world.Taobao.Abilities = world.Taobao.Abilities with { RenewsWith = null };
            await world.Database.RunAsync(tx => tx.ExecuteAsync("delete from channels_connections where shop_id not in ($1, $2)", default, world.PulledShopId, world.MallShopId), default);
        }
    }

    [Fact]
    public async Task A_connection_can_be_tried_before_it_is_saved_and_says_what_the_platform_said()
    {
        var form = new SaveConnection { ShopCode = "tried-shop", ShopName = "试连", Kind = ShopKind.Taobao, BaseUrl = "https://platform.example", AppKey = "k", AppSecret = "s" };
        (await TestAsync(form)).Error.ShouldBeNull();
        (await TestAsync(form with { BaseUrl = "ftp://x" })).Error!.Code.ShouldBe("channels.bad_address");
        world.Taobao.Troubles.Enqueue(new PlatformException("27", "Invalid session", isTransient: false));
        var refused = (await TestAsync(form)).Error!;
        refused.Code.ShouldBe("channels.connection_refused");
        refused.Arguments.ShouldBe(["授权无效或已过期", "27: Invalid session"]);
        (await world.Services.GetRequiredService<ICatalog>().CurrentAsync(default)).ShopByCode("tried-shop").ShouldBeNull();
    }

    [Theory]
    [InlineData(6, false, true)]
    [InlineData(8, false, false)]
    [InlineData(1, true, false)]
    [InlineData(0.3, true, true)]
    public void Only_a_token_that_nothing_renews_is_a_worry(double daysLeft, bool hasRefreshToken, bool worry)
    {
        var abilities = PlatformTable.Of(ShopKind.Douyin);
        TokenEnd.IsNear(abilities, hasRefreshToken, DateTimeOffset.UnixEpoch.AddDays(daysLeft), DateTimeOffset.UnixEpoch).ShouldBe(worry);
    }

    [Fact]
    public async Task A_shop_entered_on_the_page_is_connected_and_empty_secrets_keep_what_was_stored()
    {
        var form = new SaveConnection { ShopCode = "new-shop", ShopName = "新店", Kind = ShopKind.Taobao, BaseUrl = "https://platform.example", AppKey = "k", AppSecret = "s1", AccessToken = "t1" };
        (await SaveAsync(form)).Error.ShouldBeNull();
        (await SaveAsync(form with { AppSecret = "", AccessToken = "", ShopName = "改名" })).Error.ShouldBeNull();

        var shop = (await world.Services.GetRequiredService<ICatalog>().CurrentAsync(default)).ShopByCode("new-shop")!;
        var connection = (await world.Services.GetRequiredService<ShopConnections>().FindAsync(shop.Id, default))!;
        (shop.Name, connection.AppSecret, connection.AccessToken).ShouldBe(("改名", "s1", "t1"));
        shop.ShipHours.ShouldBe(48, "what most platforms ask for");
        (await SaveAsync(form with { ShipHours = 24 })).Error.ShouldBeNull();
        (await world.InScopeAsync<SaveConnectionHandler, SaveConnection?>(h => h.FindAsync("new-shop", default)))!.ShipHours.ShouldBe(24);

        (await SaveAsync(form with { Kind = ShopKind.Mall })).Error!.Code.ShouldBe("channels.kind_is_fixed");
        (await SaveAsync(form with { BaseUrl = "http://platform.example" })).Error!.Code.ShouldBe("channels.bad_address");
        (await SaveAsync(form with { ShopCode = "Bad Code" })).Error!.Code.ShouldBe("channels.bad_shop_code");
    }

    [Fact]
    public async Task Promo_mode_makes_every_shop_due_often_and_ends_by_itself()
    {
        await world.Database.RunAsync(tx => tx.ExecuteAsync("update channels_connections set pull_every = interval '30 minutes'", default), default);
        (await world.InScopeAsync<SwitchPromoHandler, Platform.Results.Result>(h => h.StartAsync(TimeSpan.FromHours(2), default))).Error.ShouldBeNull();
        (await NextDueAsync()).ShouldBeLessThan(TimeSpan.FromSeconds(10));

        await world.Database.RunAsync(tx => tx.ExecuteAsync("update channels_promo set started_at = now() - interval '2 hours', ends_at = now() - interval '1 second'", default), default);
        (await NextDueAsync()).ShouldBeGreaterThan(TimeSpan.FromMinutes(29));
        (await world.InScopeAsync<SwitchPromoHandler, PromoMode?>(h => h.CurrentAsync(default))).ShouldBeNull();
        (await world.InScopeAsync<SwitchPromoHandler, Platform.Results.Result>(h => h.StartAsync(TimeSpan.FromDays(9), default))).Error!.Code.ShouldBe("channels.promo_too_long");
    }

    /// <summary>How far away the next pull of orders is once one was claimed now.</summary>
    private async Task<TimeSpan> NextDueAsync()
    {
        await world.Database.RunAsync(tx => tx.ExecuteAsync("update channels_cursors set next_due_at = now() - interval '1 second'", default), default);
        await using var running = new RunningPulls(world.Services.GetRequiredService<IServiceScopeFactory>(), Microsoft.Extensions.Logging.Abstractions.NullLogger<RunningPulls>.Instance);
        await new PullDueShopsJob(world.Database, running, TimeProvider.System).RunAsync(default);
        return await world.OneAsync("select next_due_at - now() from channels_cursors where shop_id = $1 and stream = 1", r => r.GetFieldValue<TimeSpan>(0), world.PulledShopId);
    }

    private async Task ConnectAsync(TimeSpan endsIn, string refreshToken = "refresh-0")
    {
        // the shops of other tests are not to be renewed along with it
        await world.Database.RunAsync(tx => tx.ExecuteAsync("update channels_connections set refresh_token_cipher = null where shop_id <> $1", default, world.PulledShopId), default);
        world.Taobao.Abilities = world.Taobao.Abilities with { Actions = PlatformActions.RefreshToken };
        await world.InScopeAsync<IChannelSetup, bool>(async setup =>
        {
            await setup.ConnectAsync(new(ChannelWorld.Pulled, "http://platform.test", "app", "secret", "access-0", TimeProvider.System.GetUtcNow() + endsIn, TimeSpan.FromMinutes(5), refreshToken), Actor.System, default);
            return true;
        });
    }

    private Task<Platform.Jobs.JobReport> RenewAsync() => world.InScopeAsync<RefreshTokensJob, Platform.Jobs.JobReport>(j => j.RunAsync(default));

    private Task<Platform.Results.Result> TestAsync(SaveConnection form) => world.InScopeAsync<TestConnectionHandler, Platform.Results.Result>(h => h.HandleAsync(form, default));

    private Task<Platform.Results.Result> SaveAsync(SaveConnection form) => world.InScopeAsync<SaveConnectionHandler, Platform.Results.Result>(h => h.HandleAsync(form, default));
}
