using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using OrderHub.Inventory.Arrivals;
using OrderHub.Inventory.Contracts;
using OrderHub.Inventory.Documents;
using OrderHub.Inventory.Quotas;
using OrderHub.Inventory.Transfers;
using OrderHub.Allocation.Contracts;
using OrderHub.Orders.Contracts;
using OrderHub.Orders.Splitting;
using OrderHub.Orders.Upkeep;
using OrderHub.Platform.Accounts;
using OrderHub.Platform.Actions;
using OrderHub.Platform.Data;
using OrderHub.Platform.Outbox;
using OrderHub.Platform.Results;
using OrderHub.PostgresTests.Infrastructure;
using OrderHub.Warehousing.Contracts;
using OrderHub.Warehousing.Merging;
using OrderHub.Warehousing.Tracking;

namespace OrderHub.PostgresTests.WholeHub;

/// <summary>
/// Everything that can happen to orders and stock, in a random order, on three SKUs that never suffice. A storm knows the orders it made itself;
/// packing, merging and documents it shares with whoever storms on the same database.
/// </summary>
internal sealed class Storm(TestHub hub)
{
    public const int Workers = 16;
    public static IReadOnlyList<string> Kinds { get; } = ["allocated", "short", "pay", "cancel", "edit", "ship", "return", "adjust", "transfer", "retry", "merge", "part", "split", "unpack", "unpaid", "quota", "quota over"];
    private static readonly string[] Skus = [TestHub.Shirt, TestHub.Sock, TestHub.Cap, TestHub.Set], Codes = ["SUZ", "CAN"], Provinces = ["浙江省", "广东省", "北京市"];
    private readonly ConcurrentDictionary<string, IncomingOrder> _known = new();
    private readonly ConcurrentDictionary<string, long> _ids = new();
    private readonly ConcurrentDictionary<string, int> _done = new();
    private readonly ConcurrentQueue<string> _transfers = new();
    private readonly SemaphoreSlim _draining = new(1, 1);
    private readonly Guid _storm = Guid.NewGuid(); // storms share the database, and a key used before would do nothing
    private int _keys;

    /// <summary>How often each thing was done; "cut" = begun and lost with its connection.</summary>
    public IReadOnlyDictionary<string, int> Done => _done;

    /// <summary>Told of each kind when it is done for the first time.</summary>
    public Action<string> First { get; init; } = _ => { };

    public static async Task StockUpAsync(TestHub hub)
    {
        foreach (var sku in Skus.Where(s => s != TestHub.Set))
            foreach (var warehouse in new[] { hub.Suzhou, hub.Guangzhou }) await hub.ReceiveAsync(sku, warehouse, 40);
    }

    /// <param name="goesOn">Asked by each worker before each of its steps, which it is given the number of.</param>
    public Task RageAsync(IReadOnlyList<IServiceProvider> hosts, int seed, Func<int, bool> goesOn) =>
        Task.WhenAll(Enumerable.Range(0, Workers).Select(worker => Task.Run(() => WorkAsync(hosts[worker % hosts.Count], new Random(seed * 100 + worker), goesOn))));

    private async Task WorkAsync(IServiceProvider host, Random random, Func<int, bool> goesOn)
    {
        for (var step = 0; goesOn(step); step++)
        {
            try
            {
                if (await StepAsync() is { } done) Count(done);
            }
            catch (Exception cut) when (ConnectionCutter.IsCut(cut))
            {
                Count("cut"); // whoever loses the connection takes it for not done
            }
        }

        async Task<string?> StepAsync() => random.Next(29) switch
        {
            <= 6 => await BuyAsync(),
            <= 8 => await ChangeAsync("pay", order => order.Status == PlatformStatus.Unpaid ? order with { Status = PlatformStatus.Paid, PaidAt = order.CreatedAt.AddMinutes(1) } : null),
            9 => await ChangeAsync("cancel", order => order with { Status = order.PaidAt is null ? PlatformStatus.ClosedUnpaid : PlatformStatus.ClosedAfterPayment }),
            10 => await ChangeAsync("edit", order => order.Status is PlatformStatus.Paid or PlatformStatus.Unpaid ? hub.Order(hub.Catalog.Shop(order.ShopId), order.Status, Provinces[random.Next(3)], Lines()) with { PlatformOrderNo = order.PlatformOrderNo, Version = order.Version, CreatedAt = order.CreatedAt, PaidAt = order.PaidAt } : null),
            <= 13 => await PackAsync(),
            14 => await ReturnAsync(),
            15 => await AdjustAsync(),
            16 => await SendTransferAsync(),
            17 => await ReceiveTransferAsync(),
            18 => await RetryAsync(),
            19 => await SplitAsync(),
            <= 22 => await MergeAsync(),
            <= 24 => await DrainAsync(),
            25 => await ReleaseUnpaidAsync(),
            26 => await SetAsideAsync(),
            27 => await EndQuotasAsync(),
            _ => await RepeatAsync(),
        };

        void Count(string what)
        {
            if (_done.AddOrUpdate(what, 1, (_, n) => n + 1) == 1) First(what);
        }

        async Task<string> BuyAsync()
        {
            var order = hub.Order(random.Next(2) == 0 ? hub.LockOnOrder : hub.LockOnPayment, random.Next(3) == 0 ? PlatformStatus.Unpaid : PlatformStatus.Paid, Provinces[random.Next(3)], Lines());
            var state = await TakeAsync(order);
            return state switch { OrderState.Allocated => "allocated", OrderState.Shortage => "short", _ => "waiting" };
        }

        (string, int)[] Lines() => [.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => (Skus[random.Next(Skus.Length)], random.Next(1, 4)))];

        IncomingOrder? Some() => _known.IsEmpty ? null : _known.Values.ElementAt(random.Next(_known.Count));

        async Task<OrderState> TakeAsync(IncomingOrder order)
        {
            var answer = await AnswerAsync(order);
            _known[order.PlatformOrderNo] = order;
            _ids[order.PlatformOrderNo] = answer.OrderId;
            return answer.State;
        }

        // as shops do: sent until it is answered
        async Task<IntakeAnswer> AnswerAsync(IncomingOrder order)
        {
            while (true)
            {
                try
                {
                    return (await AsAsync<IOrderIntake, IReadOnlyList<IntakeAnswer>>(intake => Database.RunAsync(tx => intake.AcceptAsync(tx, [order], null, default), default, attempts: 20)))[0];
                }
                catch (Exception cut) when (ConnectionCutter.IsCut(cut))
                {
                    Count("cut");
                }
            }
        }

        async Task<string?> ChangeAsync(string what, Func<IncomingOrder, IncomingOrder?> change)
        {
            if (Some() is not { } order || change(order) is not { } changed) return null;
            await TakeAsync(changed with { Version = order.Version + 1 });
            return what;
        }

        async Task<string?> RepeatAsync()
        {
            if (Some() is { } order) await TakeAsync(order);
            return null;
        }

        // As packers do it; some stop half way, some open the box again, and some boxes stay where they are.
        async Task<string?> PackAsync()
        {
            var claimed = await AsAsync<IPackingStation, Result<PackTask>>(station => station.ClaimAsync(new(random.Next(2) == 0 ? hub.Suzhou : hub.Guangzhou), default));
            if (!claimed.IsOk) return await DrainAsync();
            var key = claimed.Value.Key;
            foreach (var line in claimed.Value.Lines)
                for (var piece = line.Scanned; piece < line.Quantity; piece++)
                    if (random.Next(40) == 0 || !(await AsAsync<IPackingStation, Result<ScanAnswer>>(station => station.ScanAsync(new(key, Guid.NewGuid(), line.Barcode), default))).IsOk)
                    {
                        await AsAsync<IPackingStation, Result>(station => station.ReleaseAsync(key, default));
                        return null;
                    }
            var parcel = await AsAsync<IPackingStation, Result<PackedParcel>>(station => station.PackAsync(key, default));
            if (!parcel.IsOk) return null;
            if (random.Next(6) == 0) return (await AsAsync<IPackingStation, Result>(station => station.UnpackAsync(key, default))).IsOk ? "unpack" : null;
            if (random.Next(4) == 0) return null;
            await AsAsync<TakeCourierNewsHandler, bool>(news => news.HandleAsync(new("1", parcel.Value.WaybillNo, null, null, null, null), default));
            return "ship";
        }

        // All orders go to one receiver, so any two of one shop and warehouse are siblings.
        async Task<string?> MergeAsync()
        {
            await DrainAsync();
            var groups = await AsAsync<MergeDesk, MergeView>(desk => desk.ReadAsync(default));
            if (random.Next(2) == 0)
                foreach (var merged in groups.Merged)
                    if ((await AsAsync<MergeDesk, Result>(desk => desk.PartAsync(merged[^1], default))).IsOk) return "part";
            if (groups.Suggested.Count == 0) return null;
            var orders = groups.Suggested[random.Next(groups.Suggested.Count)].OrderIds.OrderBy(_ => random.Next()).Take(random.Next(2, 4)).ToList();
            return (await AsAsync<MergeDesk, Result<long>>(desk => desk.MergeAsync(orders, default))).IsOk ? "merge" : null;
        }

        async Task<string?> SplitAsync() => Some() is { } order && _ids.TryGetValue(order.PlatformOrderNo, out var id) // else it is just being accepted
            && (await AsAsync<SplitOrder, Result>(split => split.TakeAsync(id, random.Next(3) == 0 ? SplitKind.Whole : SplitKind.Category, "混乱测试", default))).IsOk ? "split" : null;

        // The outbox is served by one at a time, as by the hosts' own dispatchers.
        async Task<string?> DrainAsync()
        {
            if (!await _draining.WaitAsync(0)) return null;
            try
            {
                await host.GetRequiredService<OutboxDispatcher>().DrainAsync(default);
                return "drain";
            }
            finally
            {
                _draining.Release();
            }
        }

        // The goods come back in parts or broken, and some while they are still sold elsewhere.
        async Task<string?> ReturnAsync()
        {
            for (var tries = 0; tries < 10; tries++)
                if (Some() is { } order && await MoveAsync(order, OrderTrigger.Return))
                {
                    var expected = new ExpectedReturn(NewKey(), order.PlatformOrderNo, random.Next(2) == 0 ? hub.Suzhou : hub.Guangzhou, [new(hub.Sku(Skus[random.Next(3)]).Id, random.Next(1, 4))], "退货");
                    var no = (await AsAsync<ICustomerReturns, IReadOnlyList<string>>(returns => Database.RunAsync(tx => returns.ExpectAsync(tx, [expected], [], Actor.System, default), default, attempts: 20)))[0];
                    return (await AsAsync<ReceiveGoodsHandler, Result<string>>(receive => receive.ReceiveAsync(
                        new GoodsReceived(no, NewKey(), [new ArrivedLine(1, random.Next(0, 3), random.Next(0, 2))], true), default))).IsOk ? "return" : null;
                }
            return null;
        }

        async Task<bool> MoveAsync(IncomingOrder order, OrderTrigger trigger) =>
            _ids.TryGetValue(order.PlatformOrderNo, out var id) && (await AsAsync<IOrderFlow, Result>(flow => Database.RunAsync(tx => flow.MoveAsync(tx, id, trigger, Actor.System, null, default), default, attempts: 20))).IsOk;

        async Task<string?> AdjustAsync() => (await AsAsync<IStockAdjustments, Result<AdjustmentOutcome>>(stock => stock.AdjustAsync(
            new(NewKey(), hub.Sku(Skus[random.Next(3)]).Id, random.Next(2) == 0 ? hub.Suzhou : hub.Guangzhou, random.Next(2) == 0 ? -1 : random.Next(1, 6), "盘点"), Actor.System, default))).IsOk ? "adjust" : null;

        async Task<string?> SendTransferAsync()
        {
            var from = random.Next(2);
            var opened = await AsAsync<OpenDocument, Result<string>>(open => open.OpenAsync(new DocumentDraft(DocumentKind.Transfer, NewKey(), Codes[1 - from], [new DraftLine(Skus[random.Next(3)], random.Next(1, 5))], "调拨", "", Codes[from]), default));
            if (opened.IsOk && (await AsAsync<ShipTransferHandler, Result<string>>(ship => ship.ShipAsync(opened.Value, default))).IsOk) _transfers.Enqueue(opened.Value);
            return null;
        }

        async Task<string?> ReceiveTransferAsync()
        {
            if (_transfers.IsEmpty) await SendTransferAsync();
            return _transfers.TryDequeue(out var no) && (await AsAsync<ReceiveGoodsHandler, Result<string>>(
                receive => receive.ReceiveAsync(new GoodsReceived(no, NewKey(), [new ArrivedLine(1, random.Next(0, 5), 0)], true), default))).IsOk ? "transfer" : null;
        }

        async Task<string?> RetryAsync()
        {
            await AsAsync<RetryShortages, Platform.Jobs.JobReport>(job => job.RunAsync(default));
            return "retry";
        }

        // The orders are years old: whoever has not paid yet gives back.
        async Task<string?> ReleaseUnpaidAsync() => (await AsAsync<ReleaseUnpaid, Platform.Jobs.JobReport>(job => job.RunAsync(default))).Changed > 0 ? "unpaid" : null;

        async Task<string?> SetAsideAsync()
        {
            var (now, shop, where) = (TimeProvider.System.GetUtcNow(), random.Next(2) == 0 ? hub.LockOnOrder : hub.LockOnPayment, random.Next(3));
            var draft = new QuotaDraft(random.Next(2) == 0 ? QuotaKind.Exclusive : QuotaKind.Promotion, Skus[random.Next(3)], where == 2 ? null : Codes[where], shop.Code, random.Next(1, 4), now, now.AddMilliseconds(random.Next(50, 2_000)), "混乱测试");
            return (await AsAsync<SetQuotaHandler, Result<long>>(quota => quota.SetAsync(draft, default))).IsOk ? "quota" : null;
        }

        async Task<string?> EndQuotasAsync() => (await AsAsync<TurnQuotasJob, Platform.Jobs.JobReport>(job => job.RunAsync(default))).Changed > 0 ? "quota over" : null;

        async Task<T> AsAsync<TService, T>(Func<TService, Task<T>> work) where TService : notnull
        {
            await using var scope = host.CreateAsyncScope();
            scope.ServiceProvider.GetRequiredService<CurrentActor>().Actor = new Actor("王仓管", 11);
            return await work(scope.ServiceProvider.GetRequiredService<TService>());
        }
    }

    private string NewKey() => $"storm-{_storm:N}-{Interlocked.Increment(ref _keys)}";

    private HubDatabase Database => hub.Database;
}
