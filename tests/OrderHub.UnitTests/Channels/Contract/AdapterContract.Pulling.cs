using OrderHub.Channels.Adapters;
using OrderHub.Orders.Contracts;
using OrderHub.Sandbox;

namespace OrderHub.UnitTests.Channels.Contract;

public abstract partial class AdapterContract
{
    /// <summary>More than the largest page of any platform.</summary>
    private const int SeveralPages = 115;

    [Fact]
    public async Task Orders_that_move_between_pages_while_they_are_read_are_not_lost()
    {
        await using var world = await WorldAsync();
        var orders = Enumerable.Range(0, SeveralPages).Select(_ => Publish(world, "SKU-A")).ToArray();
        world.Pass(TimeSpan.FromMinutes(1));
        var (from, until) = (world.Now.AddMinutes(-5), world.Now.AddSeconds(-2));
        // the oldest and the newest leave the window in turn, one before each call; what is behind them moves forward
        var moved = 0;
        world.BeforeEachCall = () =>
        {
            if (moved++ is > 0 and < SeveralPages / 2 and var turn) world.Market.RequestRefund(Platform, turn % 2 == 0 ? orders[turn / 2] : orders[^(1 + turn / 2)]);
        };
        var first = await world.PullAsync(from, until);
        world.BeforeEachCall = null;
        moved.ShouldBeGreaterThan(1, "everything came on one page: this shows nothing");

        var later = await world.PullAsync(until, world.Now.AddSeconds(1));
        first.Concat(later).Select(d => d.ExternalId).ToHashSet().ShouldBe(orders, ignoreOrder: true);
    }

    [Fact]
    public async Task Windows_laid_end_to_end_show_every_order()
    {
        await using var world = await WorldAsync();
        var began = world.Now;
        var orders = new List<string>();
        for (var i = 0; i < 20; i++)
        {
            orders.Add(Publish(world, "SKU-B"));
            world.Pass(TimeSpan.FromSeconds(3.7));
        }
        var seen = new List<RawDocument>();
        for (var from = began; from < world.Now; from += TimeSpan.FromSeconds(11.3)) seen.AddRange(await world.PullAsync(from, from + TimeSpan.FromSeconds(11.3)));
        seen.Select(d => d.ExternalId).ToHashSet().ShouldBe(orders, ignoreOrder: true);
    }

    [Fact]
    public async Task The_longest_declared_window_is_one_the_platform_accepts()
    {
        await using var world = await WorldAsync();
        var no = Publish(world, "SKU-A");
        var until = world.Now.AddSeconds(1);
        (await world.PullAsync(until - Abilities.MaxWindow, until)).Select(d => d.ExternalId).ShouldBe([no]);
        if (!Abilities.Can(PlatformActions.ListCreated)) return;
        var listed = await world.Adapter.ListCreatedAsync(world.Shop, until - Abilities.MaxCreatedWindow, until, CancellationToken.None).ToListAsync();
        listed.Select(o => o.PlatformOrderNo).ShouldBe([no]);
    }

    [Fact]
    public async Task The_same_window_read_twice_gives_the_same_documents()
    {
        await using var world = await WorldAsync();
        for (var i = 0; i < 5; i++) Publish(world, "SKU-A", "SKU-B");
        world.Market.RequestRefund(Platform, Publish(world, "SKU-C")).ShouldBeTrue();
        var (from, until) = (world.Now.AddMinutes(-5), world.Now.AddSeconds(1));
        var first = await world.PullAsync(from, until);
        first.Count.ShouldBe(6);
        (await world.PullAsync(from, until)).ShouldBe(first, ignoreOrder: true);
        var refunds = await world.RefundsAsync();
        refunds.ShouldNotBeEmpty();
        (await world.RefundsAsync()).ShouldBe(refunds, ignoreOrder: true);
    }

    [Fact]
    public async Task An_order_pulled_and_the_same_order_fetched_are_one_document()
    {
        await using var world = await WorldAsync();
        var no = Publish(world, "SKU-A");
        var pulled = (await world.PullAsync(world.Now.AddMinutes(-5), world.Now.AddSeconds(1))).ShouldHaveSingleItem();
        var fetched = (await world.Adapter.FetchOrderAsync(world.Shop, no, CancellationToken.None)).ShouldNotBeNull();
        (fetched.ExternalId, fetched.Version).ShouldBe((pulled.ExternalId, pulled.Version));
        (await world.Adapter.FetchOrderAsync(world.Shop, no[..^1] + (no[^1] == '9' ? '8' : '9'), CancellationToken.None)).ShouldBeNull();
    }

    [Fact]
    public async Task Money_texts_and_times_arrive_as_the_platform_meant_them()
    {
        await using var world = await WorldAsync();
        // half past midnight in China is the afternoon before in UTC
        var midnight = new DateTimeOffset(world.Now.UtcDateTime.Date.AddDays(-2).AddHours(16).AddMinutes(30), TimeSpan.Zero);
        var no = world.Market.PublishOrder(Platform, new OrderSpec
        {
            Lines = OneProductPerOrder ? [new("SKU-A", 1)] : [new("SKU-A", 1), new("SKU-B", 2)], FreightFen = 600, CreatedAt = midnight, BuyerNote = "请发顺丰 📦", SellerNote = "老客户", SellerFlag = 3,
            Promotions = [new("店铺优惠券", 500, ByPlatform: false), new("平台红包", 301, ByPlatform: true)],
        });
        var order = await world.FetchedAsync(no);
        order.CreatedAt.ShouldBe(midnight);
        order.CreatedAt.Offset.ShouldBe(TimeSpan.Zero);
        order.PaidAt.ShouldBe(midnight);
        var goods = OneProductPerOrder ? 9900 : 13898;
        order.Amounts.ShouldBe(new(goods, ShopDiscountFen: 500, PlatformDiscountFen: 301, FreightFen: 600, AdjustFen: 0, PayFen: goods - 801 + 600));
        order.Lines.Sum(l => l.PayFen).ShouldBe(goods - 801);
        order.Lines.Select(l => (l.MerchantCode, l.Quantity)).ShouldBe(OneProductPerOrder ? [("SKU-A", 1)] : [("SKU-A", 1), ("SKU-B", 2)]);
        (order.BuyerNote, order.SellerNote).ShouldBe(("请发顺丰 📦", "老客户"));
        if (MemoHasFlag) order.SellerFlag.ShouldBe(3);
        if (HidesReceivers) order.Receiver.Phone.ShouldNotContain(world.Market.FindOrder(Platform, no)!.Receiver.Mobile);
    }

    [Fact]
    public async Task What_was_done_but_whose_answer_got_lost_counts_as_done()
    {
        await using var world = await WorldAsync();
        var no = Publish(world, "SKU-A");
        world.LosesFirstAnswers = true;
        await TriedAsync(() => world.Adapter.ConfirmShipmentAsync(world.Shop, new(no, "YTO", "YT1234567890123", []), CancellationToken.None));
        await TriedAsync(() => StockAsync(world, world.Shop));
        world.LosesFirstAnswers = false;
        world.Market.FindOrder(Platform, no)!.Shipments.ShouldHaveSingleItem().WaybillNo.ShouldBe("YT1234567890123");
        world.Market.PublishedStock(Platform, "SKU-A").ShouldBe(7);

        if (!Abilities.Can(PlatformActions.AnswerRefund)) return;
        var asked = await AskedAsync(world, "SKU-B");
        world.LosesFirstAnswers = true;
        await TriedAsync(() => world.Adapter.AnswerRefundAsync(world.Shop, new(asked.RefundNo, asked.PlatformOrderNo, asked.Kind, Agree: true, asked.AppliedFen, "", asked.Version), CancellationToken.None));
        world.LosesFirstAnswers = false;
        world.Market.FindOrder(Platform, asked.PlatformOrderNo)!.Refunds.ShouldHaveSingleItem().State.ShouldBe(SandboxRefundState.Done);
    }

    /// <summary>As the deliveries do: an outage is tried again, a refusal never.</summary>
    private static async Task TriedAsync(Func<Task> action)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await action();
                return;
            }
            catch (PlatformException outage) when (outage.IsTransient && attempt < 4)
            {
                // the next attempt reads first what became of this one
            }
        }
    }

    [Fact]
    public async Task One_refused_quantity_does_not_stop_the_others()
    {
        await using var world = await WorldAsync();
        var (a, b) = (world.ListingOf("SKU-A"), world.ListingOf("SKU-B"));
        var unknown = new Listing(Unknown(a.PlatformProductId), Unknown(a.PlatformSkuId), "SKU-X");
        var calls = 0;
        world.BeforeEachCall = () => calls++;
        var refused = await world.Adapter.SetStocksAsync(world.Shop, [new(a, 5), new(unknown, 1), new(b, 6)], CancellationToken.None);
        refused.Select(r => r is null).ShouldBe([true, false, true]);
        refused[1]!.IsTransient.ShouldBeFalse();
        (world.Market.PublishedStock(Platform, "SKU-A"), world.Market.PublishedStock(Platform, "SKU-B")).ShouldBe((5, 6));
        if (Abilities.StockBatch >= 3) calls.ShouldBe(1);
    }

    [Fact]
    public async Task A_paid_order_is_shipped_once_and_its_stock_published()
    {
        await using var world = await WorldAsync();
        var no = Publish(world, "SKU-A", "SKU-B");
        var order = await world.PulledAsync(no);
        order.Status.ShouldBe(PlatformStatus.Paid);
        var lines = order.Lines.Select(l => l.PlatformLineNo).ToArray();
        string[][] parcels = Abilities.Split is SplitAbility.Lines or SplitAbility.Pieces ? [[lines[0]], [lines[1]]] : [lines];
        var others = Abilities.Split == SplitAbility.Waybills ? new[] { ("YTO", "YT2234567890121"), ("SF", "SF2234567890122") } : [];
        for (var i = 0; i < parcels.Length; i++)
        {
            var parcel = new ShipmentNotice(no, "YTO", $"YT123456789012{i}", parcels[i]) { Others = others };
            await world.Adapter.ConfirmShipmentAsync(world.Shop, parcel, CancellationToken.None);
            await world.Adapter.ConfirmShipmentAsync(world.Shop, parcel, CancellationToken.None);
            (await world.PulledAsync(no)).Status.ShouldBe(i == parcels.Length - 1 ? PlatformStatus.Shipped : PlatformStatus.PartShipped);
        }
        var again = new ShipmentNotice(no, "YTO", "YT9999999999999", lines);
        (await Should.ThrowAsync<PlatformException>(() => world.Adapter.ConfirmShipmentAsync(world.Shop, again, CancellationToken.None))).IsTransient.ShouldBeFalse();
        world.Market.FindOrder(Platform, no)!.Shipments.Select(s => s.WaybillNo).ShouldBe([.. Enumerable.Range(0, parcels.Length).Select(i => $"YT123456789012{i}"), .. others.Select(o => o.Item2)]);

        await world.Adapter.SetStockAsync(world.Shop, world.ListingOf("SKU-A"), 7, CancellationToken.None);
        await world.Adapter.SetStockAsync(world.Shop, world.ListingOf("SKU-A"), 7, CancellationToken.None);
        world.Market.PublishedStock(Platform, "SKU-A").ShouldBe(7);
    }
}
