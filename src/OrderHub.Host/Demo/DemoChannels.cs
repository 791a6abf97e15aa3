using OrderHub.Channels.Contracts;
using OrderHub.Platform.Accounts;
using OrderHub.Sandbox;

namespace OrderHub.Host.Demo;

/// <summary>Connects the demo shops to the sandbox and tells which goods each of them sells.</summary>
internal static class DemoChannels
{
    private static readonly TimeSpan PullEvery = TimeSpan.FromSeconds(3);

    public static async Task SeedAsync(IServiceProvider services, SandboxWorld sandbox, CancellationToken ct)
    {
        var setup = services.GetRequiredService<IChannelSetup>();
        var kinds = sandbox.Describe().Simulators.Where(s => s.ShopCode is not null).ToDictionary(s => s.ShopCode!);
        foreach (var shop in SandboxCredentials.Shops)
        {
            var simulator = kinds[shop.ShopCode];
            await setup.ConnectAsync(new(shop.ShopCode, simulator.BaseUrl, shop.AppKey, shop.AppSecret, simulator.AccessToken ?? "", null, PullEvery), Actor.System, ct);
            await setup.ListAsync(shop.ShopCode,
                [.. sandbox.Listings(shop.Platform).Select(l => new ListingImport(l.SkuCode, Id(l.ProductId), Id(l.PlatformSkuId)))], Actor.System, ct);
        }
    }

    private static string Id(long id) => id.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
