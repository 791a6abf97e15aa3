using Microsoft.Extensions.DependencyInjection;
using OrderHub.Inventory.Contracts;
using OrderHub.Inventory.Quotas;
using OrderHub.Orders.Contracts;
using OrderHub.Orders.Shortages;
using OrderHub.Orders.Upkeep;
using OrderHub.Platform.Accounts;
using OrderHub.Platform.Actions;
using OrderHub.Platform.Data;
using OrderHub.Platform.Jobs;
using OrderHub.Platform.Results;
using OrderHub.PostgresTests.Infrastructure;

namespace OrderHub.PostgresTests.Orders;

/// <summary>Every test empties the pool of its SKU first: the hub is shared.</summary>
public sealed class ShortageTests(TestHub hub) : IClassFixture<TestHub>, IAsyncLifetime
{
    private static readonly DateTimeOffset Monday = new(2026, 3, 2, 10, 0, 0, TimeSpan.Zero);

    public async Task InitializeAsync()
    {
        foreach (var order in await hub.Database.QueryAsync("select id from orders_orders where state = 28", r => r.GetInt64(0), default))
            await CancelAsync(order);
        await hub.DrainOutboxAsync();
        foreach (var sku in new[] { TestHub.Shirt, TestHub.Sock, TestHub.Cap })
            foreach (var warehouse in new[] { hub.Suzhou, hub.Guangzhou })
                if ((await hub.StockAsync(sku, warehouse)).Available is > 0 and var left)
                    await hub.InScopeAsync<IStockAdjustments, bool>(async a => (await a.AdjustAsync(new(Guid.NewGuid().ToString(), hub.Sku(sku).Id, warehouse, -left, "清空"), Actor.System, default)).IsOk);
        await hub.DrainOutboxAsync();
    }

    public async Task DisposeAsync() => (await hub.BreachesAsync()).ShouldBeEmpty();

    [Fact]
    public async Task Goods_that_come_in_wake_just_the_orders_that_wait_for_them()
    {
        var shirts = await ShortAsync(Monday, TestHub.Shirt);
        var caps = await ShortAsync(Monday, TestHub.Cap);

        await hub.ReceiveAsync(TestHub.Shirt, hub.Suzhou, 1);
        await hub.DrainOutboxAsync();

        (await StateAsync(shirts), await StateAsync(caps)).ShouldBe((OrderState.Allocated, OrderState.Shortage));
        (await WantedAsync(shirts)).ShouldBe(0, "who has his goods waits for nothing");
        (await WantedAsync(caps)).ShouldBe(1);
    }

    [Fact]
    public async Task The_earlier_deadline_goes_first_then_the_VIP_then_who_paid_first()
    {
        var tomorrow = await ShortAsync(Monday.AddDays(1), TestHub.Shirt, paid: 1);
        var laterPaid = await ShortAsync(Monday.AddHours(-1), TestHub.Shirt, paid: 9);
        var firstPaid = await ShortAsync(Monday, TestHub.Shirt, paid: 2);
        var vip = await ShortAsync(Monday.AddHours(2), TestHub.Shirt, paid: 12, buyer: "whale");
        (await RunAsync<MarkVip>(m => m.HandleAsync(vip, true, "年框客户", default))).ShouldBeTrue();

        var served = new List<long>();
        for (var piece = 0; piece < 4; piece++)
        {
            await hub.ReceiveAsync(TestHub.Shirt, hub.Suzhou, 1);
            await hub.DrainOutboxAsync();
            foreach (var order in new[] { tomorrow, laterPaid, firstPaid, vip })
                if (!served.Contains(order) && await StateAsync(order) == OrderState.Allocated) served.Add(order);
        }

        served.ShouldBe([vip, firstPaid, laterPaid, tomorrow]);
    }

    [Fact]
    public async Task An_order_a_person_put_first_gets_the_next_piece_and_the_reason_is_kept()
    {
        var first = await ShortAsync(Monday, TestHub.Cap);
        var late = await ShortAsync(Monday.AddDays(5), TestHub.Cap);
        (await RunAsync<SetPriority>(p => p.HandleAsync(late, 1, "客诉升级", default))).ShouldBeTrue();

        await hub.ReceiveAsync(TestHub.Cap, hub.Guangzhou, 1);
        await hub.DrainOutboxAsync();

        (await StateAsync(late), await StateAsync(first)).ShouldBe((OrderState.Allocated, OrderState.Shortage));
        (await hub.Database.QueryAsync("select reason from platform_audit where action = 'orders.priority_set' and subject = $1", r => r.GetString(0), default, Platform.Units.OrderNo.From(late))).ShouldBe(["客诉升级"]);
    }

    [Fact]
    public async Task Who_cannot_be_served_whole_does_not_keep_the_next_from_his_goods()
    {
        var big = await ShortAsync(Monday, TestHub.Shirt, pieces: 5);
        var both = await AcceptShortAsync(hub.Order(lines: [(TestHub.Shirt, 1), (TestHub.Cap, 1)]) with { ShipBy = Monday });
        var small = await ShortAsync(Monday.AddDays(1), TestHub.Shirt, pieces: 2);

        await hub.ReceiveAsync(TestHub.Shirt, hub.Suzhou, 2);
        await hub.DrainOutboxAsync();

        (await StateAsync(big), await StateAsync(both), await StateAsync(small)).ShouldBe((OrderState.Shortage, OrderState.Shortage, OrderState.Allocated));
    }

    [Fact]
    public async Task Two_hosts_serving_at_once_stay_fair_and_give_no_piece_twice()
    {
        var orders = new List<long>();
        for (var i = 0; i < 30; i++) orders.Add(await ShortAsync(Monday.AddDays(i), TestHub.Sock));
        await using var other = hub.AnotherHost();
        var serve = async (IServiceProvider host) =>
        {
            await using var scope = host.CreateAsyncScope();
            await scope.ServiceProvider.GetRequiredService<RetryShortages>().RunAsync(default);
        };

        for (var piece = 0; piece < 10; piece++)
        {
            await hub.ReceiveAsync(TestHub.Sock, hub.Suzhou, 1);
            await Task.WhenAll(serve(hub.Services), serve(other), hub.DrainOutboxAsync());
        }

        var states = new List<OrderState>();
        foreach (var order in orders) states.Add(await StateAsync(order));
        states.ShouldBe([.. Enumerable.Repeat(OrderState.Allocated, 10), .. Enumerable.Repeat(OrderState.Shortage, 20)]);
    }

    [Fact]
    public async Task Purchasing_hears_once_of_a_SKU_that_is_short_and_once_that_it_is_supplied()
    {
        await ShortAsync(Monday, TestHub.Cap, pieces: 3);
        await ShortAsync(Monday, TestHub.Cap, pieces: 2);

        (await WatchAsync()).Changed.ShouldBe(1);
        (await WatchAsync()).Changed.ShouldBe(0, "nothing new");
        var facts = await hub.Database.QueryAsync("select facts::text from platform_incidents where key = 'orders.shortage:CAP' and closed_at is null", r => r.GetString(0), default);
        facts.ShouldHaveSingleItem().ShouldContain("\"5\"");
        facts[0].ShouldContain("\"2\"");

        await hub.ReceiveAsync(TestHub.Cap, hub.Guangzhou, 5);
        await hub.DrainOutboxAsync();
        (await WatchAsync()).Changed.ShouldBe(1);
        (await hub.Database.QueryAsync("select count(*) from platform_incidents where key = 'orders.shortage:CAP' and closed_at is null", r => r.GetInt64(0), default)).ShouldBe([0L]);
    }

    [Fact]
    public async Task The_triage_page_says_who_gets_the_next_pieces_and_who_waits()
    {
        await hub.SplitFromAsync(null);
        var first = await ShortAsync(Monday, TestHub.Shirt, pieces: 2);
        var second = await ShortAsync(Monday.AddDays(1), TestHub.Shirt, pieces: 2);
        await hub.ReceiveAsync(TestHub.Shirt, hub.Suzhou, 1);
        await hub.ReceiveAsync(TestHub.Shirt, hub.Guangzhou, 1);
        await hub.DrainOutboxAsync();

        var page = await hub.InScopeAsync<ReadTriage, TriagePage>(t => t.PageAsync(null, 0, default));
        var line = page.Lines.ShouldHaveSingleItem();
        (line.Sku.Code, line.Shortage.Missing, line.Shortage.Orders, line.InTransit).ShouldBe((TestHub.Shirt, 2, 2, 0));
        var waiting = (await hub.InScopeAsync<ReadTriage, TriageSku?>(t => t.SkuAsync(TestHub.Shirt, 0, default)))!.Orders;
        waiting.Select(w => (w.OrderId, w.Place, w.Verdict)).ShouldBe([(first, 1, TriageVerdict.Scattered), (second, 2, TriageVerdict.Waits)]);
    }

    [Fact]
    public async Task What_is_set_aside_for_another_shop_is_missing_all_the_same()
    {
        await hub.ReceiveAsync(TestHub.Cap, hub.Guangzhou, 5);
        var now = TimeProvider.System.GetUtcNow();
        var quota = (await hub.InScopeAsync<SetQuotaHandler, Result<long>>(set => set.SetAsync(
            new QuotaDraft(QuotaKind.Exclusive, TestHub.Cap, "CAN", hub.LockOnOrder.Code, 5, now, now.AddHours(1), "双十一"), default))).Value;
        await hub.DrainOutboxAsync();
        var without = await ShortAsync(Monday, TestHub.Cap, pieces: 2);
        var beyond = await AcceptShortAsync(hub.Order(hub.LockOnOrder, lines: (TestHub.Cap, 7)) with { ShipBy = Monday.AddDays(1) });

        var triage = (await hub.InScopeAsync<ReadTriage, TriageSku?>(t => t.SkuAsync(TestHub.Cap, 0, default)))!;
        (triage.Line.Shortage.Wanted, triage.Line.Shortage.Free, triage.Line.Shortage.Missing).ShouldBe((9, 5, 4));
        triage.Orders.Select(o => (o.OrderId, o.Verdict)).ShouldBe([(without, TriageVerdict.Waits), (beyond, TriageVerdict.Waits)]);
        await CancelAsync(beyond);
        (await hub.InScopeAsync<CountShortages, IReadOnlyList<SkuShortage>>(c => c.BySkuAsync(default))).Single().Missing.ShouldBe(2, "none of the five is for this shop");
        (await WatchAsync()).Changed.ShouldBe(1, "purchasing hears of it");

        (await hub.InScopeAsync<EndQuotaHandler, Result>(end => end.EndAsync(quota, default))).IsOk.ShouldBeTrue();
        await hub.DrainOutboxAsync();
        (await StateAsync(without)).ShouldBe(OrderState.Allocated);
        (await WatchAsync()).Changed.ShouldBe(1, "and that it is over");
    }

    private Task<bool> CancelAsync(long order) => hub.InScopeAsync<IOrderFlow, bool>(flow => hub.Database.RunAsync(async tx => (await flow.MoveAsync(tx, order, OrderTrigger.Cancel, Actor.System, null, default)).IsOk, default));

    private Task<long> ShortAsync(DateTimeOffset shipBy, string sku, int pieces = 1, int paid = 5, string buyer = "") =>
        AcceptShortAsync(hub.Order(lines: (sku, pieces)) with { ShipBy = shipBy, PaidAt = Monday.AddDays(-3).AddMinutes(paid), BuyerKey = buyer });

    private async Task<long> AcceptShortAsync(IncomingOrder order)
    {
        var answer = await hub.AcceptOneAsync(order);
        answer.State.ShouldBe(OrderState.Shortage);
        return answer.OrderId;
    }

    private async Task<OrderState> StateAsync(long order) => (await hub.ViewAsync(order)).State;

    private async Task<int> WantedAsync(long order) =>
        (await hub.Database.QueryAsync("select coalesce(sum(wanted), 0)::int from orders_shortages where order_id = $1", r => r.GetInt32(0), default, order))[0];

    private Task<JobReport> WatchAsync() => hub.InScopeAsync<WatchShortages, JobReport>(watch => watch.RunAsync(default));

    private async Task<bool> RunAsync<THandler>(Func<THandler, Task<Result>> act) where THandler : notnull
    {
        await using var scope = hub.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentActor>().Actor = new Actor("小周", 7);
        return (await act(scope.ServiceProvider.GetRequiredService<THandler>())).IsOk;
    }
}
