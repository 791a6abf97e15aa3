using OrderHub.Channels.Contracts;
using OrderHub.Platform.Accounts;
using OrderHub.Sandbox;

namespace OrderHub.Host.Demo;

/// <summary>Connects the demo shops to the sandbox and tells which goods each of them sells.</summary>
internal static class DemoChannels
{
    /// <summary>Taobao's session must be prolonged by people and is shown as ending; JD's falls due for renewal at once. The own mall has none.</summary>
    private static readonly Dictionary<string, (TimeSpan Life, bool Renews)> Tokens = new()
    {
        [SandboxCredentials.Taobao.ShopCode] = (TimeSpan.FromDays(5), false),
        [SandboxCredentials.Jd.ShopCode] = (TimeSpan.FromHours(20), true),
        [SandboxCredentials.Pinduoduo.ShopCode] = (TimeSpan.FromDays(25), true),
        [SandboxCredentials.Douyin.ShopCode] = (TimeSpan.FromDays(6), true),
        [SandboxCredentials.WeChat.ShopCode] = (TimeSpan.FromHours(2), true),
        [SandboxCredentials.Kuaishou.ShopCode] = (TimeSpan.FromDays(2), true),
    };

    private static readonly TimeSpan PullEvery = TimeSpan.FromSeconds(3);

    public static async Task SeedAsync(IServiceProvider services, SandboxWorld sandbox, CancellationToken ct)
    {
        var setup = services.GetRequiredService<IChannelSetup>();
        var clock = services.GetRequiredService<TimeProvider>();
        var kinds = sandbox.Describe().Simulators.Where(s => s.ShopCode is not null).ToDictionary(s => s.ShopCode!);
        foreach (var shop in SandboxCredentials.Shops)
        {
            var simulator = kinds[shop.ShopCode];
            (TimeSpan Life, bool Renews)? token = Tokens.TryGetValue(shop.ShopCode, out var lives) ? lives : null;
            if (token is { Renews: true }) sandbox.LetTokenEndIn(shop.Platform, token.Value.Life);
            await setup.ConnectAsync(new(shop.ShopCode, simulator.BaseUrl, shop.AppKey, shop.AppSecret, simulator.AccessToken ?? "", clock.GetUtcNow() + token?.Life, PullEvery,
                token is { Renews: true } ? shop.RefreshToken : null), Actor.System, ct);
            await setup.ListAsync(shop.ShopCode,
                [.. sandbox.Listings(shop.Platform).Select(l => new ListingImport(l.SkuCode, Id(l.ProductId), Id(l.PlatformSkuId)))], Actor.System, ct);
        }
    }

    private static string Id(long id) => id.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
