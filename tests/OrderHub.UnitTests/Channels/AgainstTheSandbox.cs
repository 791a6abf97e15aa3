using Microsoft.Extensions.DependencyInjection;
using OrderHub.Catalog.Contracts;
using OrderHub.Channels.Adapters;
using OrderHub.Orders.Contracts;
using OrderHub.Sandbox;
using OrderHub.UnitTests.Sandbox;

namespace OrderHub.UnitTests.Channels;

/// <summary>The adapters over real HTTP against the played platforms, which check signatures, windows and states.</summary>
public sealed class AgainstTheSandbox
{
    public static TheoryData<ShopKind> Kinds => [.. Enum.GetValues<ShopKind>()];

    [Theory, MemberData(nameof(Kinds))]
    public async Task A_paid_order_is_pulled_shipped_once_and_its_stock_published(ShopKind kind)
    {
        await using var setup = await SandboxSetup.StartAsync();
        await using var services = new ServiceCollection().AddSingleton<TimeProvider>(setup.Clock).AddPlatformAdapters().BuildServiceProvider();
        var adapter = services.GetServices<IPlatformAdapter>().Single(a => a.Kind == kind);
        var platform = Enum.Parse<SandboxPlatform>(kind.ToString());
        var credentials = SandboxCredentials.Shops.Single(s => s.Platform == platform);
        var shop = new ShopConnection(1, credentials.ShopCode, kind, new Uri(setup.World.BaseAddress, kind.ToString().ToLowerInvariant()), credentials.AppKey, credentials.AppSecret, credentials.AccessToken ?? "");

        var no = setup.World.PublishOrder(platform, SandboxSetup.Order("SKU-A"));
        var order = await PullAsync(adapter, shop, setup, no);
        order.Status.ShouldBe(PlatformStatus.Paid);
        var a = order.Amounts;
        a.PayFen.ShouldBe(a.GoodsFen + a.AdjustFen + a.FreightFen - a.ShopDiscountFen - a.PlatformDiscountFen);
        order.Lines.Sum(l => l.PayFen).ShouldBe(a.PayFen - a.FreightFen);
        order.Lines.ShouldHaveSingleItem().MerchantCode.ShouldBe("SKU-A");

        var parcel = new ShipmentNotice(no, "YTO", "YT1234567890123", [.. order.Lines.Select(l => l.PlatformLineNo)]);
        await adapter.ConfirmShipmentAsync(shop, parcel, CancellationToken.None);
        await adapter.ConfirmShipmentAsync(shop, parcel, CancellationToken.None);
        (await Should.ThrowAsync<PlatformException>(() => adapter.ConfirmShipmentAsync(shop, parcel with { WaybillNo = "YT9999999999999" }, CancellationToken.None))).IsTransient.ShouldBeFalse();
        (await PullAsync(adapter, shop, setup, no)).Status.ShouldBe(PlatformStatus.Shipped);

        var line = order.Lines[0];
        await adapter.SetStockAsync(shop, new(line.PlatformProductId!, line.PlatformSkuId!, "SKU-A"), 7, CancellationToken.None);
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task Many_quantities_go_out_together_and_an_unknown_listing_spoils_only_itself(ShopKind kind)
    {
        await using var setup = await SandboxSetup.StartAsync();
        await using var services = new ServiceCollection().AddSingleton<TimeProvider>(setup.Clock).AddPlatformAdapters().BuildServiceProvider();
        var adapter = services.GetServices<IPlatformAdapter>().Single(a => a.Kind == kind);
        var platform = Enum.Parse<SandboxPlatform>(kind.ToString());
        var credentials = SandboxCredentials.Shops.Single(s => s.Platform == platform);
        var shop = new ShopConnection(1, credentials.ShopCode, kind, new Uri(setup.World.BaseAddress, kind.ToString().ToLowerInvariant()), credentials.AppKey, credentials.AppSecret, credentials.AccessToken ?? "");
        var listings = setup.World.Listings(platform).Select(l => new Listing(Text(l.ProductId), Text(l.PlatformSkuId), l.SkuCode)).ToList();
        listings.Count.ShouldBeGreaterThan(1);
        listings.Insert(1, new("1", "1", "NO-SUCH"));

        var outcome = await adapter.SetStocksAsync(shop, [.. listings.Select((l, i) => new StockLevel(l, 10 + i))], CancellationToken.None);

        outcome.Select(o => o is null).ShouldBe(listings.Select((_, i) => i != 1));
        outcome[1]!.IsTransient.ShouldBeFalse();
        setup.World.Listings(platform).Select(l => setup.World.PublishedStock(platform, l.SkuCode)).ShouldBe(listings.Select((_, i) => 10 + i).Where((_, i) => i != 1));
        if (kind == ShopKind.Jd)
            services.GetRequiredService<OrderHub.Channels.Calls.CallLog>().Lines.Count.ShouldBe(1, "one call however many SKUs");
    }

    private static string Text(long id) => id.ToString(System.Globalization.CultureInfo.InvariantCulture);

    private static async Task<IncomingOrder> PullAsync(IPlatformAdapter adapter, ShopConnection shop, SandboxSetup setup, string no)
    {
        var now = setup.Clock.GetUtcNow();
        var pulled = await adapter.PullOrdersAsync(shop, now.AddMinutes(-5), now.AddSeconds(1), FakePlatform.NothingKnown, CancellationToken.None).ToListAsync();
        // list and detail of the played platform tell the same version: what was just pulled is not fetched again
        KnownDocuments known = (listed, _) => Task.FromResult<IReadOnlySet<string>>(listed.Where(l => pulled.Exists(p => (p.ExternalId, p.Version) == l)).Select(l => l.ExternalId).ToHashSet());
        if (shop.Kind == ShopKind.Taobao) (await adapter.PullOrdersAsync(shop, now.AddMinutes(-5), now.AddSeconds(1), known, CancellationToken.None).ToListAsync()).ShouldBeEmpty();
        return adapter.MapOrder(1, pulled.Last(p => p.ExternalId == no));
    }
}
