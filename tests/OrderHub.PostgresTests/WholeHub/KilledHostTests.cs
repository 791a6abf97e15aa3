using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using OrderHub.Benchmarks.Pace;
using OrderHub.Catalog.Contracts;
using OrderHub.Channels.Contracts;
using OrderHub.Host.Startup;
using OrderHub.Orders.Contracts;
using OrderHub.Platform.Accounts;
using OrderHub.Platform.Data;
using OrderHub.PostgresTests.Channels;
using OrderHub.PostgresTests.Infrastructure;
using Xunit.Abstractions;

namespace OrderHub.PostgresTests.WholeHub;

/// <summary>
/// The host as operators run it, killed without warning again and again while malls push orders for goods that never suffice. What is not
/// answered is sent again. ORDERHUB_KILLS sets how often it dies; the seed is in the failure's text.
/// </summary>
public sealed class KilledHostTests(TestHub hub, ITestOutputHelper output) : IClassFixture<TestHub>
{
    private const int Sellers = 8, Many = 60;
    private const string Secret = "whsec_killed";
    private static readonly string[] Shops = ["mini-test", "mini-lock"];
    private static readonly int Kills = int.TryParse(Environment.GetEnvironmentVariable("ORDERHUB_KILLS"), CultureInfo.InvariantCulture, out var kills) ? kills : 5;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly int _seed = Environment.TickCount;
    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(20) };
    private readonly ConcurrentDictionary<string, PushedOrder> _answered = new();
    private readonly ConcurrentDictionary<string, string> _hubNumbers = new();
    private readonly ConcurrentBag<string> _contradictions = [];
    private readonly ConcurrentDictionary<string, int> _seen = new();
    private volatile Uri[] _addresses = [];
    private int _answers;

    [Fact]
    public async Task A_host_killed_at_random_moments_loses_no_answered_order_doubles_none_and_sells_nothing_twice()
    {
        foreach (var sku in TestHub.Skus.Where(s => s != TestHub.Set))
            foreach (var warehouse in new[] { hub.Suzhou, hub.Guangzhou }) await hub.ReceiveAsync(sku, warehouse, 120);
        var folder = Directory.CreateTempSubdirectory("orderhub-killed-");
        try
        {
            await ConnectAsync(folder.FullName);
            await SellThroughKillsAsync(folder.FullName);
        }
        finally
        {
            folder.Delete(recursive: true);
        }

        var wrong = await DifferencesAsync();
        output.WriteLine($"seed {_seed}: {_answered.Count} orders, {string.Join(", ", _seen.OrderBy(s => s.Key).Select(s => $"{s.Key} {s.Value}"))}");
        wrong.AddRange(_contradictions);
        wrong.AddRange(await hub.BreachesAsync());
        wrong.Take(20).ShouldBeEmpty($"seed {_seed}, {Kills} kills");
        foreach (var kind in new[] { "ALLOCATED", "SHORTAGE", "CANCELLED", "cut off" }) _seen.GetValueOrDefault(kind).ShouldBeGreaterThan(0, $"seed {_seed}: {kind} never happened");
    }

    /// <summary>By a verb's application: keys and secrets must be the ones the host can read.</summary>
    private async Task ConnectAsync(string folder)
    {
        await using var office = await HubApplication.CreateAsync([$"--ConnectionStrings:OrderHub={hub.ConnectionString}", $"--OrderHub:DataDirectory={folder}", "--OrderHub:Demo=false", "--Serilog:MinimumLevel:Default=Error"], verb: true, default);
        await using var scope = office.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<ICatalogImport>().UpsertShopsAsync([new(Shops[1], "下单占库店", ShopKind.Mall, LockPolicy.OnOrder, 72, 60)], Actor.System, default);
        foreach (var shop in Shops) // nobody answers there: these shops push, and are hardly pulled
            await scope.ServiceProvider.GetRequiredService<IChannelSetup>().ConnectAsync(new(shop, "http://127.0.0.1:9", shop, Secret, "", null, TimeSpan.FromDays(1)), Actor.System, default);
    }

    private async Task SellThroughKillsAsync(string folder)
    {
        var random = new Random(_seed);
        using var closing = new CancellationTokenSource();
        var host = await StartAsync();
        try
        {
            _addresses = [host.Address];
            var selling = Task.WhenAll(Enumerable.Range(0, Sellers).Select(seller => Task.Run(() => SellAsync(seller, new Random(_seed + seller + 1), closing.Token))));
            for (var kill = 0; kill < Kills; kill++)
            {
                var second = kill % 2 == 0 ? await StartAsync() : null; // one of two dies, or the only one
                if (second is not null) _addresses = [host.Address, second.Address];
                if (random.Next(4) > 0) await SomethingAnsweredAsync(); // else it dies as it wakes up
                await Task.Delay(random.Next(1_200));
                await host.DisposeAsync(); // SIGKILL
                host = second ?? await StartAsync();
                _addresses = [host.Address];
            }
            await SomethingAnsweredAsync();
            await Task.Delay(500);
            await closing.CancelAsync();
            await selling;
            await OutboxEmptyAsync();
        }
        finally
        {
            await host.DisposeAsync(); // once more, in the middle of whatever it does
        }

        Task<HostProcess> StartAsync() => HostProcess.StartAsync(hub.ConnectionString, folder, default);
    }

    private async Task SomethingAnsweredAsync()
    {
        var before = Volatile.Read(ref _answers);
        for (var tries = 0; tries < 500 && Volatile.Read(ref _answers) == before; tries++) await Task.Delay(10);
    }

    /// <summary>One order, or a whole push of them, through all its versions.</summary>
    private async Task SellAsync(int seller, Random random, CancellationToken closing)
    {
        for (var number = 0; !closing.IsCancellationRequested; number++)
        {
            var orders = Enumerable.Range(0, random.Next(12) == 0 ? Many : 1)
                .Select(i => PushedOrder.New(Shops[seller % Shops.Length], $"K{seller}-{number}-{i}", random, TimeProvider.System.GetUtcNow())).ToList();
            while (orders.Count > 0)
            {
                var twice = random.Next(6) == 0 ? TellAsync(orders) : Task.CompletedTask;
                await TellAsync(orders);
                await twice;
                if (random.Next(8) == 0) await TellAsync([.. orders.Select(o => o with { Version = 0 })]); // an old word that comes late
                orders = [.. orders.Select(o => o.Next(random)).OfType<PushedOrder>()];
                await Task.Delay(random.Next(20), CancellationToken.None);
            }
        }
    }

    /// <summary>Until it is answered.</summary>
    private async Task TellAsync(IReadOnlyList<PushedOrder> orders)
    {
        var until = TimeProvider.System.GetUtcNow() + Patience;
        for (var repeated = false; ; repeated = true)
        {
            if (await PushAsync(orders) is { } results)
            {
                foreach (var (order, result) in orders.Zip(results)) Note(order, result, repeated);
                return;
            }
            if (TimeProvider.System.GetUtcNow() > until) throw new TimeoutException($"seed {_seed}: {orders[0].No} was not answered within {Patience}.");
            await Task.Delay(50);
        }
    }

    /// <returns>Null when no answer came.</returns>
    private async Task<IReadOnlyList<JsonElement>?> PushAsync(IReadOnlyList<PushedOrder> orders)
    {
        try
        {
            using var request = MallPush.Request(MallPush.Path(orders[0].ShopCode), MallPush.Orders(orders.Select(o => o.Json())), orders[0].ShopCode, Secret);
            var hosts = _addresses;
            request.RequestUri = new Uri(hosts[Random.Shared.Next(hosts.Length)], request.RequestUri!);
            using var answer = await _http.SendAsync(request);
            var said = await answer.Content.ReadAsStringAsync();
            if (answer.StatusCode == HttpStatusCode.OK) return [.. JsonDocument.Parse(said).RootElement.GetProperty("results").EnumerateArray()];
            Count($"HTTP {(int)answer.StatusCode}");
        }
        catch (HttpRequestException gone)
        {
            Count(gone.HttpRequestError == HttpRequestError.ConnectionError ? "nobody there" : "cut off");
        }
        catch (OperationCanceledException)
        {
            Count("no answer");
        }
        return null;
    }

    private void Note(PushedOrder order, JsonElement result, bool repeated)
    {
        var (outcome, number) = (result.GetProperty("outcome").GetString()!, result.GetProperty("hubOrderNo").GetString());
        if (result.GetProperty("orderNo").GetString() != order.No || number is null) _contradictions.Add($"{order.No}: answered {result}");
        else if (_hubNumbers.GetOrAdd(order.No, number) != number) _contradictions.Add($"{order.No}: is {number} and {_hubNumbers[order.No]}");
        Interlocked.Increment(ref _answers);
        Count(repeated && outcome == "unchanged" ? "taken though not answered" : outcome);
        if (order.Version > 0) _answered.AddOrUpdate(order.No, order, (_, known) => known.Version > order.Version ? known : order);
    }

    private void Count(string what) => _seen.AddOrUpdate(what, 1, (_, n) => n + 1);

    private async Task OutboxEmptyAsync()
    {
        var until = TimeProvider.System.GetUtcNow() + Patience;
        while (await CountAsync("select count(*) from platform_outbox") is > 0 and var left)
        {
            if (TimeProvider.System.GetUtcNow() > until) throw new TimeoutException($"seed {_seed}: {left} outbox rows are left after {Patience}.");
            await Task.Delay(100);
        }
    }

    private async Task<long> CountAsync(string sql) => (await hub.Database.QueryAsync(sql, r => r.GetInt64(0), default))[0];

    private sealed record Stored(string No, string HubNo, long Version, OrderState State, long Pieces, long Held);

    /// <summary>What was answered, beside what is there.</summary>
    private async Task<List<string>> DifferencesAsync()
    {
        var wrong = new List<string>();
        var stored = (await hub.Database.QueryAsync("""
            select platform_order_no, id, version, state, (select sum(quantity) from orders_lines l where l.order_id = o.id),
                   coalesce((select sum(quantity) from inventory_reservations r where r.order_id = o.id and r.ended_at is null), 0)
              from orders_orders o
            """, r => new Stored(r.GetString(0), Platform.Units.OrderNo.From(r.GetInt64(1)), r.GetInt64(2), (OrderState)r.GetInt16(3), r.GetInt64(4), r.GetInt64(5)), default)).ToLookup(o => o.No);
        foreach (var state in stored.SelectMany(s => s)) Count(state.State.Code());
        if (stored.Count != _answered.Count) wrong.Add($"{_answered.Count} orders were answered, {stored.Count} are there");
        foreach (var order in _answered.Values)
        {
            if (stored[order.No].ToList() is not [var here]) wrong.Add($"{order.No}: {stored[order.No].Count()} times here");
            else if (here.HubNo != _hubNumbers[order.No] || here.Version != order.Version || here.Pieces != order.Pieces || !Fits(order, here)) wrong.Add($"{order.No} was answered as version {order.Version}, {order.Status}, {order.Pieces} pieces, {_hubNumbers[order.No]}; here {here}");
        }
        var oversold = await CountAsync("select count(*) from inventory_stock where reserved > on_hand or reserved <> (select coalesce(sum(quantity), 0) from inventory_reservations r where r.sku_id = inventory_stock.sku_id and r.warehouse_id = inventory_stock.warehouse_id and r.ended_at is null)");
        if (oversold > 0) wrong.Add($"{oversold} stock rows hold more than they have, or not what orders hold");
        return wrong;
    }

    /// <summary>A cancelled order, like one without stock, holds nothing.</summary>
    private static bool Fits(PushedOrder order, Stored here) => (order.Status, here.State, here.Held) switch
    {
        (PlatformStatus.Unpaid, OrderState.PendingPayment, _) => true,
        (PlatformStatus.Paid, OrderState.Allocated, > 0) => true,
        (PlatformStatus.Paid, OrderState.Shortage, 0) => true,
        (PlatformStatus.Paid, OrderState.Review, 0) => order.Version > 1, // other goods after it was allocated: a person looks
        (PlatformStatus.ClosedUnpaid or PlatformStatus.ClosedAfterPayment, OrderState.Cancelled, 0) => true,
        _ => false,
    };
}
