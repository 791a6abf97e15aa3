using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using OrderHub.Catalog.Contracts;
using OrderHub.Channels.Contracts;
using OrderHub.Host.Startup;
using OrderHub.Orders.Contracts;
using OrderHub.Platform.Accounts;
using OrderHub.Platform.Data;
using OrderHub.Platform.Verification;
using OrderHub.PostgresTests.Infrastructure;
using OrderHub.Sandbox;
using Xunit.Abstractions;

namespace OrderHub.PostgresTests.WholeHub;

/// <summary>
/// The whole hub against platforms behind a faulty line. <c>ORDERHUB_FAULT_ORDERS</c> sets how many orders; the figure of the suite is small enough
/// for every run.
/// </summary>
public sealed class FaultTests(TestDatabase database, ITestOutputHelper output) : IClassFixture<TestDatabase>
{
    private static readonly int Orders = int.TryParse(Environment.GetEnvironmentVariable("ORDERHUB_FAULT_ORDERS"), CultureInfo.InvariantCulture, out var given) ? given : 300;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(8) + TimeSpan.FromMilliseconds(30 * Orders);

    [Fact]
    public async Task Behind_a_line_full_of_faults_no_order_is_missing_and_none_is_doubled()
    {
        var seed = Environment.TickCount;
        output.WriteLine($"seed {seed}");
        var folder = Directory.CreateTempSubdirectory("orderhub-faults-");
        try
        {
            await using var hub = await HubApplication.CreateAsync(
            [
                $"--ConnectionStrings:OrderHub={database.ConnectionString}", $"--OrderHub:DataDirectory={folder.FullName}", "--OrderHub:Demo=true", "--urls=http://127.0.0.1:0",
                "--Sandbox:Port=0", "--Sandbox:StaffPace=0", "--Sandbox:OrdersPerMinute=0", "--Serilog:MinimumLevel:Default=Fatal",
            ], verb: false, CancellationToken.None);
            await hub.StartAsync(CancellationToken.None);
            var sandbox = hub.Demo!.Sandbox;
            await using var proxy = await FaultProxy.StartAsync(new Uri(sandbox.BaseAddress, "/"), seed);
            await RerouteAsync(hub, sandbox, proxy.Address);

            await PlayAsync(sandbox, new Random(seed));

            var began = Stopwatch.GetTimestamp();
            var wrong = await SettledAsync(hub, sandbox);
            output.WriteLine($"{Orders} orders, {proxy.Passed} calls, settled after {Stopwatch.GetElapsedTime(began).TotalSeconds:0} s; {string.Join(", ", proxy.Spoiled.OrderBy(s => s.Key).Select(s => $"{s.Key} {s.Value}"))}");
            output.WriteLine(await ProvenAsync(hub));
            wrong.ShouldBeEmpty();
            proxy.Spoiled.Values.Sum().ShouldBeGreaterThan(Orders / 100);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>The shops talk to the proxy from now on; keys and paths stay.</summary>
    private static async Task RerouteAsync(HubApplication hub, SandboxWorld sandbox, Uri proxy)
    {
        await using var scope = hub.Services.CreateAsyncScope();
        var setup = scope.ServiceProvider.GetRequiredService<IChannelSetup>();
        var simulators = sandbox.Describe().Simulators.Where(s => s.ShopCode is not null).ToDictionary(s => s.ShopCode!);
        foreach (var shop in SandboxCredentials.Shops)
        {
            var simulator = simulators[shop.ShopCode];
            var url = new UriBuilder(simulator.BaseUrl) { Host = proxy.Host, Port = proxy.Port }.Uri.ToString();
            await setup.ConnectAsync(new(shop.ShopCode, url, shop.AppKey, shop.AppSecret, simulator.AccessToken ?? "", null, TimeSpan.FromSeconds(3)), Actor.System, default);
        }
    }

    /// <summary>Buyers order, pay, change their minds and ask for their money back, while the line is bad.</summary>
    private static async Task PlayAsync(SandboxWorld sandbox, Random random)
    {
        var platforms = Enum.GetValues<SandboxPlatform>();
        var goods = platforms.ToDictionary(p => p, p => sandbox.Listings(p));
        var later = new List<(SandboxPlatform Platform, string No)>();
        for (var i = 0; i < Orders; i++)
        {
            var platform = platforms[random.Next(platforms.Length)];
            var lines = Enumerable.Range(0, random.Next(1, 4)).Select(_ => goods[platform][random.Next(goods[platform].Count)].SkuCode).Distinct().Select(code => new OrderSpecLine(code, random.Next(1, 3)));
            var paid = platform == SandboxPlatform.Pinduoduo || random.NextDouble() < 0.8;
            var no = sandbox.PublishOrder(platform, new() { Lines = [.. lines], Paid = paid });
            if (random.NextDouble() < 0.01) sandbox.HideFromIncremental(platform, no);
            if (!paid && random.NextDouble() < 0.2) later.Add((platform, no));
            else if (!paid) PayOrClose(platform, no);
            else if (random.NextDouble() < 0.05 && sandbox.RequestRefund(platform, no)) sandbox.CompleteRefund(platform, no);
            if (random.NextDouble() < 0.01) sandbox.HideFromIncremental(platform, no);
            if (i % 100 == 99) await Task.Delay(200);
        }
        // known as unpaid by now, most of them; what becomes of them no incremental list will tell
        await Task.Delay(TimeSpan.FromSeconds(15));
        foreach (var (platform, no) in later)
        {
            sandbox.HideFromIncremental(platform, no);
            PayOrClose(platform, no);
        }

        void PayOrClose(SandboxPlatform platform, string no) => _ = random.NextDouble() < 0.5 ? sandbox.PayOrder(platform, no) : sandbox.CloseOrder(platform, no);
    }

    /// <returns>What is still wrong when patience ends; nothing when all is as the platforms say.</returns>
    private static async Task<List<string>> SettledAsync(HubApplication hub, SandboxWorld sandbox)
    {
        var until = TimeProvider.System.GetUtcNow() + Patience;
        for (var round = 1; ; round++)
        {
            await Task.Delay(TimeSpan.FromSeconds(3));
            if (Orders < 1000 && round % 5 == 0) await CheckNowAsync(hub);
            var wrong = await DifferencesAsync(hub, sandbox);
            if (wrong.Count == 0) wrong = await BreachesAsync(hub);
            if (wrong.Count == 0 || TimeProvider.System.GetUtcNow() > until) return wrong;
        }
    }

    private static async Task<List<string>> DifferencesAsync(HubApplication hub, SandboxWorld sandbox)
    {
        var catalog = await hub.Services.GetRequiredService<ICatalog>().CurrentAsync(default);
        var database = hub.Services.GetRequiredService<HubDatabase>();
        var wrong = new List<string>();
        foreach (var shop in SandboxCredentials.Shops)
        {
            var there = sandbox.NewestOrders(shop.Platform, int.MaxValue);
            var here = (await database.QueryAsync("select platform_order_no, state, pay_fen from orders_orders where shop_id = $1", r => (No: r.GetString(0), State: (OrderState)r.GetInt16(1), Pay: r.GetInt64(2)), default,
                catalog.ShopByCode(shop.ShopCode)!.Id)).ToLookup(o => o.No);
            wrong.AddRange(there.Where(o => here[o.No].Count() != 1).Select(o => $"{shop.ShopCode} {o.No}: {here[o.No].Count()} times here"));
            wrong.AddRange(there.Where(o => here[o.No].Count() == 1 && o.IsClosed != (here[o.No].First().State == OrderState.Cancelled)).Select(o => $"{shop.ShopCode} {o.No}: {o.State} there, {here[o.No].First().State} here"));
            wrong.AddRange(there.Where(o => here[o.No].Count() == 1 && !o.IsClosed && here[o.No].First().State == OrderState.PendingPayment).Select(o => $"{shop.ShopCode} {o.No}: {o.State} there, unpaid here"));
            wrong.AddRange(there.Where(o => here[o.No].Count() == 1 && o.PayFen != here[o.No].First().Pay).Select(o => $"{shop.ShopCode} {o.No}: {o.PayFen} there, {here[o.No].First().Pay} here"));
        }
        return wrong;
    }

    /// <summary>As someone does who does not want to wait two minutes for the proof's next look.</summary>
    private static Task CheckNowAsync(HubApplication hub) => hub.Services.GetRequiredService<HubDatabase>().RunAsync(async tx =>
    {
        await tx.ExecuteAsync("update channels_completeness set next_check_at = hour where hour = (select max(hour) from channels_completeness)", default);
        await tx.ExecuteAsync("update channels_cursors set next_due_at = least(next_due_at, now()) where stream = 3", default);
    }, default);

    private static async Task<string> ProvenAsync(HubApplication hub) => (await hub.Services.GetRequiredService<HubDatabase>().QueryAsync("""
        select 'the proof brought ' || sum(recovered) || ' missing orders and ' || sum(caught_up) || ' changes; windows failed ' || (select count(*) from channels_pulls where error is not null) || ' times'
          from channels_completeness
        """, r => r.GetString(0), default))[0];

    private static async Task<List<string>> BreachesAsync(HubApplication hub)
    {
        await using var scope = hub.Services.CreateAsyncScope();
        var breaches = new List<string>();
        foreach (var check in scope.ServiceProvider.GetServices<IVerifyCheck>())
            breaches.AddRange((await check.RunAsync(default)).Examples.Select(e => $"{check.Name}: {e}"));
        return breaches;
    }
}
