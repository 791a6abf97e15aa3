using Microsoft.Extensions.DependencyInjection;
using OrderHub.Catalog.Contracts;
using OrderHub.Channels.Adapters;
using OrderHub.Orders.Contracts;
using OrderHub.Sandbox;
using OrderHub.UnitTests.Sandbox;

namespace OrderHub.UnitTests.Channels.Contract;

/// <summary>One played platform and the adapter that talks to it. The hub has a clock of its own, so that it can be wrong.</summary>
internal sealed class ContractWorld : IAsyncDisposable
{
    private readonly SandboxSetup _setup;
    private readonly ServiceProvider _services;
    private bool _lost;

    private ContractWorld(ShopKind kind, SandboxSetup setup)
    {
        _setup = setup;
        var services = new ServiceCollection().AddSingleton<TimeProvider>(HubClock).AddPlatformAdapters();
        services.AddHttpClient(PlatformHttp.ClientName(kind)).AddHttpMessageHandler(() => new Wire(this));
        _services = services.BuildServiceProvider();
        Adapter = _services.GetServices<IPlatformAdapter>().Single(a => a.Kind == kind);
        var about = setup.World.Describe().Simulators.Single(s => s.Kind == kind.ToString().ToLowerInvariant());
        RefreshToken = about.RefreshToken;
        Shop = new(1, about.ShopCode!, kind, new Uri(about.BaseUrl), about.AppKey, about.AppSecret!, about.AccessToken ?? "");
    }

    public SandboxWorld Market => _setup.World;
    public TestClock Clock => _setup.Clock;
    public TestClock HubClock { get; } = new();
    public IPlatformAdapter Adapter { get; }
    public ShopConnection Shop { get; }
    public string? RefreshToken { get; }
    public DateTimeOffset Now => Clock.GetUtcNow();

    /// <summary>Happens just before each call reaches the platform.</summary>
    public Action? BeforeEachCall { get; set; }

    /// <summary>Every call reaches the platform, but its first answer breaks off on the way back, so that each is made twice.</summary>
    public bool LosesFirstAnswers { get; set; }

    public static async Task<ContractWorld> StartAsync(ShopKind kind, Func<SandboxOptions, SandboxOptions>? change) => new(kind, await SandboxSetup.StartAsync(change));

    /// <summary>Lets time pass for both sides.</summary>
    public void Pass(TimeSpan time)
    {
        Clock.Ahead += time;
        HubClock.Ahead += time;
    }

    public async Task<IReadOnlyList<RawDocument>> PullAsync(DateTimeOffset from, DateTimeOffset until) =>
        await Adapter.PullOrdersAsync(Shop, from, until, FakePlatform.NothingKnown, CancellationToken.None).ToListAsync();

    public async Task<IncomingOrder> PulledAsync(string no) =>
        Adapter.MapOrder(1, (await PullAsync(Now.AddMinutes(-5), Now.AddSeconds(1))).Last(d => d.ExternalId == no));

    public async Task<IncomingOrder> FetchedAsync(string no) => Adapter.MapOrder(1, (await Adapter.FetchOrderAsync(Shop, no, CancellationToken.None)).ShouldNotBeNull());

    public async Task<IReadOnlyList<RawDocument>> RefundsAsync() =>
        await Adapter.PullRefundsAsync(Shop, Now.AddMinutes(-5), Now.AddSeconds(1), CancellationToken.None).ToListAsync();

    public Listing ListingOf(string sku)
    {
        var listing = Market.Listings(Enum.Parse<SandboxPlatform>(Shop.Kind.ToString())).Single(l => l.SkuCode == sku);
        return new(Text(listing.ProductId), Text(listing.PlatformSkuId), sku);
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await _setup.DisposeAsync();
    }

    private static string Text(long id) => id.ToString(System.Globalization.CultureInfo.InvariantCulture);

    private sealed class Wire(ContractWorld world) : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken ct)
        {
            world.BeforeEachCall?.Invoke();
            var answer = await base.SendAsync(request, ct);
            if (!world.LosesFirstAnswers || !(world._lost = !world._lost)) return answer;
            answer.Dispose();
            throw new HttpRequestException("The answer broke off.");
        }
    }
}
