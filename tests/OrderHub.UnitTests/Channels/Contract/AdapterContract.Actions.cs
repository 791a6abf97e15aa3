using OrderHub.AfterSales.Contracts;
using OrderHub.Channels.Adapters;
using OrderHub.Channels.Inbox;
using OrderHub.Sandbox;
using OrderHub.UnitTests.Sandbox;

namespace OrderHub.UnitTests.Channels.Contract;

/// <summary>Every action the table declares works against the played platform; every other one says that it is not there.</summary>
public abstract partial class AdapterContract
{
    [Fact]
    public async Task The_proof_of_completeness_lists_what_the_incremental_list_hides()
    {
        await using var world = await WorldAsync();
        if (!await DeclaresAsync(PlatformActions.ListCreated, () => CreatedAsync(world))) return;
        var orders = new List<string> { Publish(world, "SKU-A"), Publish(world, "SKU-B", "SKU-C") };
        world.Market.HideFromIncremental(Platform, orders[1]).ShouldBeTrue();
        if (Abilities.UnpaidVisible) orders.Add(world.Market.PublishOrder(Platform, SandboxSetup.Order("SKU-A") with { Paid = false }));
        var listed = await CreatedAsync(world);
        listed.Select(o => o.PlatformOrderNo).ShouldBe(orders, ignoreOrder: true);
        foreach (var one in listed)
        {
            var order = world.Market.FindOrder(Platform, one.PlatformOrderNo)!;
            (one.PayFen ?? order.PayFen).ShouldBe(order.PayFen);
            one.CreatedAt.ShouldBe(order.CreatedAt, TimeSpan.FromSeconds(1));
        }
    }

    [Fact]
    public async Task The_proof_of_completeness_notices_what_became_of_an_order_the_incremental_list_hides()
    {
        await using var world = await WorldAsync();
        if (!Abilities.Can(PlatformActions.ListCreated)) return;
        var no = world.Market.PublishOrder(Platform, SandboxSetup.Order("SKU-A") with { Paid = !Abilities.UnpaidVisible });
        var before = await world.PulledAsync(no);
        var listed = (await CreatedAsync(world)).ShouldHaveSingleItem();
        (listed.Version, listed.Status).ShouldBe((before.Version, before.Status));

        world.Market.HideFromIncremental(Platform, no).ShouldBeTrue();
        world.Pass(TimeSpan.FromSeconds(3));
        if (Abilities.UnpaidVisible) world.Market.PayOrder(Platform, no).ShouldBeTrue();
        else await world.Adapter.ConfirmShipmentAsync(world.Shop, new(no, "YTO", "YT1234567890123", []), CancellationToken.None);

        var after = await world.FetchedAsync(no);
        listed = (await CreatedAsync(world)).ShouldHaveSingleItem();
        (listed.Version, listed.Status).ShouldBe((after.Version, after.Status));
        listed.Status.ShouldNotBe(before.Status);
        listed.Version!.Value.ShouldBeGreaterThan(before.Version);
        listed.ModifiedAt!.Value.ShouldBe(world.Now, TimeSpan.FromSeconds(2));
    }

    [Fact]
    public async Task A_refund_is_fetched_by_its_number()
    {
        await using var world = await WorldAsync();
        if (!await DeclaresAsync(PlatformActions.FetchRefund, () => world.Adapter.FetchRefundAsync(world.Shop, "1", CancellationToken.None))) return;
        var asked = await AskedAsync(world);
        var fetched = (await world.Adapter.FetchRefundAsync(world.Shop, asked.RefundNo, CancellationToken.None)).ShouldNotBeNull();
        fetched.ExternalId.ShouldBe(asked.RefundNo);
        var refund = world.Adapter.MapRefund(1, fetched);
        (refund.RefundNo, refund.PlatformOrderNo, refund.Status, refund.AppliedFen, refund.Version).ShouldBe((asked.RefundNo, asked.PlatformOrderNo, RefundStatus.Applied, asked.AppliedFen, asked.Version));
        (await world.Adapter.FetchRefundAsync(world.Shop, "9199999999999999", CancellationToken.None)).ShouldBeNull();
    }

    [Fact]
    public async Task The_sellers_memo_reaches_the_platform()
    {
        await using var world = await WorldAsync();
        if (!await DeclaresAsync(PlatformActions.Memo, () => world.Adapter.SetMemoAsync(world.Shop, "1", "改", 0, CancellationToken.None))) return;
        var no = Publish(world, "SKU-A");
        await world.Adapter.SetMemoAsync(world.Shop, no, "改地址 📦 & 加急", 4, CancellationToken.None);
        var order = await world.PulledAsync(no);
        order.SellerNote.ShouldBe("改地址 📦 & 加急");
        if (MemoHasFlag) order.SellerFlag.ShouldBe(4);

        var longest = new string('x', Abilities.MemoBytes);
        await world.Adapter.SetMemoAsync(world.Shop, no, longest, 1, CancellationToken.None);
        world.Market.FindOrder(Platform, no)!.SellerNote.ShouldBe(longest);
        (await RefusedAsync(() => world.Adapter.SetMemoAsync(world.Shop, Unknown(no), "无此单", 1, CancellationToken.None))).IsTransient.ShouldBeFalse();
    }

    [Theory, InlineData(true), InlineData(false)]
    public async Task An_asked_refund_is_answered_once(bool agree)
    {
        await using var world = await WorldAsync();
        if (!await DeclaresAsync(PlatformActions.AnswerRefund, () => world.Adapter.AnswerRefundAsync(world.Shop, new("1", "1", RefundKind.RefundOnly, agree, 1, "", 1), CancellationToken.None))) return;
        var asked = await AskedAsync(world, ship: RefusalNeedsParcel && !agree);
        var answer = new RefundAnswer(asked.RefundNo, asked.PlatformOrderNo, asked.Kind, agree, asked.AppliedFen, agree ? "" : "商品已发出,请收货后再申请", asked.Version);
        if (!agree && !CanRefuseRefunds)
        {
            (await RefusedAsync(() => world.Adapter.AnswerRefundAsync(world.Shop, answer, CancellationToken.None))).IsTransient.ShouldBeFalse();
            return;
        }
        await world.Adapter.AnswerRefundAsync(world.Shop, answer, CancellationToken.None);
        await world.Adapter.AnswerRefundAsync(world.Shop, answer, CancellationToken.None);
        world.Market.FindOrder(Platform, asked.PlatformOrderNo)!.Refunds.ShouldHaveSingleItem().State.ShouldBe(agree ? SandboxRefundState.Done : SandboxRefundState.Refused);
        var settled = world.Adapter.MapRefund(1, (await world.RefundsAsync()).Last(d => d.ExternalId == asked.RefundNo));
        (settled.Status is RefundStatus.Done or RefundStatus.Agreed).ShouldBe(agree);

        var opposite = answer with { Agree = !agree, Reason = "改主意", Version = settled.Version };
        (await RefusedAsync(() => world.Adapter.AnswerRefundAsync(world.Shop, opposite, CancellationToken.None))).IsTransient.ShouldBeFalse();
        (await RefusedAsync(() => world.Adapter.AnswerRefundAsync(world.Shop, answer with { RefundNo = "9199999999999999" }, CancellationToken.None))).IsTransient.ShouldBeFalse();
    }

    [Fact]
    public async Task Published_stock_is_read_back()
    {
        await using var world = await WorldAsync();
        var (a, b) = (world.ListingOf("SKU-A"), world.ListingOf("SKU-B"));
        if (!await DeclaresAsync(PlatformActions.ReadStock, () => world.Adapter.ReadStockAsync(world.Shop, [a], CancellationToken.None))) return;
        await world.Adapter.SetStockAsync(world.Shop, a, 7, CancellationToken.None);
        var before = world.Market.PublishedStock(Platform, "SKU-B");
        var unknown = new Listing(Unknown(a.PlatformProductId), Unknown(a.PlatformSkuId), "SKU-X");
        (await world.Adapter.ReadStockAsync(world.Shop, [b, unknown, a], CancellationToken.None)).ShouldBe([before, null, 7]);
        (await world.Adapter.ReadStockAsync(world.Shop, [], CancellationToken.None)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Many_quantities_go_out_together_and_an_unknown_listing_spoils_only_itself()
    {
        await using var world = await WorldAsync();
        var (a, b) = (world.ListingOf("SKU-A"), world.ListingOf("SKU-B"));
        var calls = 0;
        world.BeforeEachCall = () => calls++;
        var outcome = await world.Adapter.SetStocksAsync(world.Shop,
            [new(a, 11), new(new(Unknown(a.PlatformProductId), Unknown(a.PlatformSkuId), "SKU-X"), 12), new(b, 13)], CancellationToken.None);
        outcome.Select(o => o is null).ShouldBe([true, false, true]);
        outcome[1]!.IsTransient.ShouldBeFalse();
        (world.Market.PublishedStock(Platform, "SKU-A"), world.Market.PublishedStock(Platform, "SKU-B")).ShouldBe((11, 13));
        if (Abilities.StockBatch >= 3) calls.ShouldBe(1);
    }

    [Fact]
    public async Task A_token_near_its_end_is_renewed_and_the_new_one_works()
    {
        await using var world = await WorldAsync();
        if (!await DeclaresAsync(PlatformActions.RefreshToken, () => world.Adapter.RefreshTokenAsync(world.Shop, "x", CancellationToken.None))) return;
        world.Market.LetTokenEndIn(Platform, RefreshableFrom / 2);
        var fresh = await world.Adapter.RefreshTokenAsync(world.Shop, world.RefreshToken ?? "", CancellationToken.None);
        fresh.ExpiresAt.ShouldBeGreaterThan(world.Now.AddMinutes(30));
        fresh.AccessToken.ShouldNotBe(world.Shop.AccessToken);
        await StockAsync(world, world.Shop with { AccessToken = fresh.AccessToken });
        if (world.RefreshToken is null) return;
        (await RefusedAsync(() => world.Adapter.RefreshTokenAsync(world.Shop, "no-such-token", CancellationToken.None))).IsTransient.ShouldBeFalse();
    }

    [Fact]
    public async Task A_message_comes_until_it_is_confirmed()
    {
        await using var world = await WorldAsync();
        if (!await DeclaresAsync(PlatformActions.Messages, () => world.Adapter.TakeMessagesAsync(world.Shop, CancellationToken.None))) return;
        var asked = await AskedAsync(world);
        var taken = await world.Adapter.TakeMessagesAsync(world.Shop, CancellationToken.None);
        taken.ShouldContain(m => m.Kind == DocumentKind.Order && m.Subject == asked.PlatformOrderNo);
        taken.ShouldContain(m => m.Kind == DocumentKind.Refund && m.Subject == asked.RefundNo);

        world.Pass(MessagesComeAgainAfter);
        var again = await world.Adapter.TakeMessagesAsync(world.Shop, CancellationToken.None);
        again.ShouldBe(taken, ignoreOrder: true);
        await world.Adapter.ConfirmMessagesAsync(world.Shop, again, CancellationToken.None);
        world.Pass(MessagesComeAgainAfter);
        (await world.Adapter.TakeMessagesAsync(world.Shop, CancellationToken.None)).ShouldBeEmpty();
        await world.Adapter.ConfirmMessagesAsync(world.Shop, [], CancellationToken.None);
    }

    /// <summary>False after an undeclared action has said that it is not supported.</summary>
    private async Task<bool> DeclaresAsync(PlatformActions action, Func<Task> call)
    {
        if (Abilities.Can(action)) return true;
        await Should.ThrowAsync<NotSupportedException>(async () => await call());
        return false;
    }

    private async Task<IncomingRefund> AskedAsync(ContractWorld world, string sku = "SKU-A", bool ship = false)
    {
        var no = Publish(world, sku);
        if (ship) await world.Adapter.ConfirmShipmentAsync(world.Shop, new(no, "YTO", "YT1234567890123", []), CancellationToken.None);
        world.Market.RequestRefund(Platform, no).ShouldBeTrue();
        return world.Adapter.MapRefund(1, (await world.RefundsAsync()).ShouldHaveSingleItem());
    }

    private static async Task<IReadOnlyList<ListedOrder>> CreatedAsync(ContractWorld world) =>
        await world.Adapter.ListCreatedAsync(world.Shop, world.Now.AddMinutes(-5), world.Now.AddSeconds(1), CancellationToken.None).ToListAsync();

    private static string Unknown(string number) => number[..^1] + (number[^1] == '9' ? '8' : '9');
}
