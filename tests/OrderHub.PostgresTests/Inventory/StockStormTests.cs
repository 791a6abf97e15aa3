using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using OrderHub.Inventory.Arrivals;
using OrderHub.Inventory.Contracts;
using OrderHub.Inventory.Counts;
using OrderHub.Inventory.Documents;
using OrderHub.Inventory.Quotas;
using OrderHub.Inventory.Settings;
using OrderHub.Inventory.Transfers;
using OrderHub.Platform.Results;
using OrderHub.Platform.Units;
using OrderHub.PostgresTests.Infrastructure;

namespace OrderHub.PostgresTests.Inventory;

/// <summary>Everything that changes stock, at once, on few SKUs: buyers of two shops, quotas, documents, batches. The seed is in the failure's text.</summary>
public sealed class StockStormTests(TestHub hub) : IClassFixture<TestHub>
{
    private const int Workers = 8, Steps = 120;
    private static readonly string[] Skus = [TestHub.Shirt, TestHub.Sock, TestHub.Cap];
    private static readonly string[] Codes = ["SUZ", "CAN"];
    private readonly StockDesk _desk = new(hub);
    private readonly ConcurrentQueue<string> _open = new();

    [Theory]
    [InlineData(20261122)]
    [InlineData(7)]
    public async Task After_a_storm_of_orders_documents_and_quotas_every_counter_equals_its_ledger(int seed)
    {
        foreach (var sku in Skus)
            foreach (var warehouse in new[] { hub.Suzhou, hub.Guangzhou }) await hub.ReceiveAsync(sku, warehouse, 150);
        await _desk.AsAsync<ChangeSettingsHandler, Result>(StockDesk.Wang, settings => settings.ChangeAsync(1_000_000, 30, default));

        var done = await Task.WhenAll(Enumerable.Range(0, Workers).Select(worker => Task.Run(() => WorkAsync(worker, seed))));

        done.SelectMany(d => d).GroupBy(d => d).Count().ShouldBeGreaterThan(10, $"seed {seed}: the storm must have done every kind of thing");
        await using var scope = hub.Services.CreateAsyncScope();
        foreach (var check in scope.ServiceProvider.GetServices<Platform.Verification.IVerifyCheck>().Where(c => c.GetType().Assembly == typeof(IStockPool).Assembly))
            (await check.RunAsync(default)).Examples.ShouldBeEmpty($"seed {seed}: {check.Name}");
    }

    /// <returns>What succeeded.</returns>
    private async Task<List<string>> WorkAsync(int worker, int seed)
    {
        var random = new Random(seed * 100 + worker);
        var held = new List<long>();
        var quotas = new List<long>();
        var next = 10_000_000L + Math.Abs(seed % 1000) * 1_000_000L + worker * 10_000L;
        var done = new List<string>();
        for (var step = 0; step < Steps; step++)
        {
            var what = random.Next(14);
            var (sku, at, quantity) = (Skus[random.Next(Skus.Length)], random.Next(2), random.Next(1, 8));
            var ok = what switch
            {
                <= 3 => await BuyAsync(),
                4 => held.Count > 0 && await _desk.ReleaseAsync(Some()),
                5 => held.Count > 0 && await _desk.ShipAsync(Some()),
                6 => Keep(await _desk.OpenAsync(DocumentKind.Receipt, Codes[at], lines: new DraftLine(sku, quantity, BatchNo: random.Next(2) == 0 ? null : $"B{random.Next(3)}", ExpiresOn: ShopTime.BusinessDay(TimeProvider.System.GetUtcNow()).AddDays(random.Next(-5, 60))))),
                7 => Keep(await ShippedAsync(await _desk.OpenAsync(DocumentKind.Transfer, Codes[at], Codes[1 - at], lines: [new DraftLine(sku, quantity), new DraftLine(Skus[random.Next(3)], 1)]))),
                8 => _open.TryDequeue(out var no) && await ReceiveAsync(no),
                9 => (await _desk.OpenAsync(DocumentKind.Adjustment, Codes[at], lines: new DraftLine(sku, random.Next(2) == 0 ? -quantity : quantity))).IsOk,
                10 => (await _desk.OpenAsync(DocumentKind.Freeze, Codes[at], lines: new DraftLine(sku, random.Next(2) == 0 ? -1 : 1))).IsOk,
                11 => await CountAsync(),
                12 => await QuotaAsync(),
                _ => quotas.Count > 0 && (await _desk.AsAsync<EndQuotaHandler, Result>(StockDesk.Wang, end => end.EndAsync(quotas[random.Next(quotas.Count)], default))).IsOk,
            };
            if (ok) done.Add(what <= 3 ? "buy" : what.ToString(System.Globalization.CultureInfo.InvariantCulture));

            async Task<bool> BuyAsync()
            {
                var order = next++;
                if (!await _desk.BuyAsync(order, sku, at == 0 ? hub.Suzhou : hub.Guangzhou, quantity, random.Next(3) switch { 0 => hub.LockOnOrder.Id, 1 => hub.LockOnPayment.Id, _ => 0 })) return false;
                held.Add(order);
                return true;
            }

            long[] Some()
            {
                long[] some = [.. held.OrderBy(_ => random.Next()).Take(random.Next(1, 4))];
                held.RemoveAll(some.Contains);
                return some;
            }

            bool Keep(Result<string> opened)
            {
                if (opened.IsOk) _open.Enqueue(opened.Value);
                return opened.IsOk;
            }

            async Task<Result<string>> ShippedAsync(Result<string> opened) =>
                opened.IsOk ? await _desk.AsAsync<ShipTransferHandler, Result<string>>(StockDesk.Wang, ship => ship.ShipAsync(opened.Value, default)) : opened;

            async Task<bool> ReceiveAsync(string no) => (await _desk.AsAsync<ReceiveGoodsHandler, Result<string>>(StockDesk.Wang,
                receive => receive.ReceiveAsync(new GoodsReceived(no, _desk.NewKey(), [new ArrivedLine(1, random.Next(0, 10), random.Next(0, 2))], true), default))).IsOk;

            async Task<bool> CountAsync()
            {
                var no = (await _desk.OpenAsync(DocumentKind.Count, Codes[at], lines: new DraftLine(sku, 0))).Value;
                var there = (await hub.StockAsync(sku, at == 0 ? hub.Suzhou : hub.Guangzhou)).OnHand;
                await _desk.AsAsync<RecordCountHandler, Result<string>>(StockDesk.Wang, record => record.RecordAsync(new CountedSku(no, 1, Math.Max(0, there + random.Next(-3, 4))), default));
                await _desk.AsAsync<SubmitCountHandler, Result<string>>(StockDesk.Wang, submit => submit.SubmitAsync(no, default));
                return (await _desk.DecideAsync(no, true)).IsOk;
            }

            async Task<bool> QuotaAsync()
            {
                var now = TimeProvider.System.GetUtcNow();
                var set = await _desk.AsAsync<SetQuotaHandler, Result<long>>(StockDesk.Wang, handler => handler.SetAsync(new QuotaDraft(QuotaKind.Promotion, sku, random.Next(2) == 0 ? null : Codes[at],
                    random.Next(2) == 0 ? "tb-test" : "mini-test", quantity * 2, now, now.AddMilliseconds(random.Next(50, 5000)), "风暴"), default));
                if (set.IsOk) quotas.Add(set.Value);
                return set.IsOk;
            }
        }
        return done;
    }
}
