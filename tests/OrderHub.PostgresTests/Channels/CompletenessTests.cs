using OrderHub.Channels.Adapters;
using OrderHub.Channels.Completeness;
using OrderHub.Channels.Inbox;
using OrderHub.Channels.Pulling;
using OrderHub.Orders.Contracts;
using Shouldly;

namespace OrderHub.PostgresTests.Channels;

public sealed class CompletenessTests(ChannelWorld world) : IClassFixture<ChannelWorld>
{
    private sealed record Proof(ProofState State, int Platform, int Ours, long? PlatformFen, long? OurFen, string[] Wanting, int Recovered, DateTimeOffset? Next, int Behind, int CaughtUp);

    [Fact]
    public async Task An_order_the_incremental_list_never_showed_is_found_and_fetched_by_the_proof()
    {
        var at = await PublishAsync("PROOF-1", "PROOF-2");
        world.Taobao.Hidden.Add("PROOF-2");
        (await world.PullAsync()).ShouldBe(PullOutcome.Done);
        (await CountAsync("PROOF-2")).ShouldBe(0);

        (await ProveAsync()).ShouldBe(PullOutcome.Done);

        (await CountAsync("PROOF-2")).ShouldBe(1);
        var proof = await OfAsync(at);
        (proof.State, proof.Ours, proof.Recovered, proof.Wanting).ShouldBe((ProofState.Complete, proof.Platform, 1, []));
        proof.OurFen.ShouldBe(proof.PlatformFen);
    }

    [Fact]
    public async Task An_order_revealed_long_after_its_hour_was_proven_is_still_found()
    {
        var at = await PublishAsync("LATE-1");
        await world.PullAsync();
        await ProveAsync();
        (await OfAsync(at)).State.ShouldBe(ProofState.Complete);

        world.Taobao.Hidden.Add("LATE-2");
        world.Taobao.Publish(FakePlatform.Order("LATE-2", "PROOF-SKU"), at);
        await DueAgainAsync(at);
        await ProveAsync();

        (await CountAsync("LATE-2")).ShouldBe(1);
        (await OfAsync(at)).State.ShouldBe(ProofState.Complete);
    }

    [Fact]
    public async Task An_order_whose_payment_the_incremental_list_never_showed_becomes_paid_by_the_proof()
    {
        var at = await PublishAsync(FakePlatform.Order("SECRET-1", "PROOF-SKU", status: PlatformStatus.Unpaid));
        await world.PullAsync();
        await ProveAsync();
        var before = await OfAsync(at);
        (before.State, await StateAsync("SECRET-1")).ShouldBe((ProofState.Complete, OrderState.PendingPayment));

        world.Taobao.Hidden.Add("SECRET-1");
        world.Taobao.Publish(FakePlatform.Order("SECRET-1", "PROOF-SKU", version: 2000), at);
        await world.PullAsync();
        (await StateAsync("SECRET-1")).ShouldBe(OrderState.PendingPayment, "the pull alone never hears of it");

        await DueAgainAsync(at);
        await ProveAsync();
        (await StateAsync("SECRET-1")).ShouldBe(OrderState.Allocated);
        var after = await OfAsync(at);
        (after.State, after.Behind, after.CaughtUp - before.CaughtUp).ShouldBe((ProofState.Complete, 0, 1));
    }

    [Fact]
    public async Task A_change_that_cannot_be_taken_in_keeps_its_hour_open_and_says_why()
    {
        var at = await PublishAsync(FakePlatform.Order("STUCK-1", "PROOF-SKU", status: PlatformStatus.Unpaid));
        await world.PullAsync();
        world.Taobao.Hidden.Add("STUCK-1");
        world.Taobao.Unmappable.Add("STUCK-1");
        world.Taobao.Publish(FakePlatform.Order("STUCK-1", "PROOF-SKU", version: 2000), at);
        await ProveAsync();

        var proof = await OfAsync(at);
        (proof.State, proof.Behind, proof.Ours).ShouldBe((ProofState.Missing, 1, proof.Platform));
        proof.Wanting.ShouldHaveSingleItem().ShouldStartWith("STUCK-1 有变更，在隔离区");

        world.Taobao.Unmappable.Remove("STUCK-1");
        await world.InScopeAsync<ReplayQuarantinedHandler, int>(async h =>
            (await h.HandleAsync(new(ChannelWorld.Pulled, [await world.OneAsync("select id from channels_inbox where external_id = 'STUCK-1' and state = 5", r => r.GetInt64(0))]), default)).Value);
        await DueAgainAsync(at);
        await ProveAsync();
        (await OfAsync(at)).State.ShouldBe(ProofState.Complete);
        (await StateAsync("STUCK-1")).ShouldBe(OrderState.Allocated);
    }

    [Fact]
    public async Task A_quarantined_order_counts_as_missing_until_it_can_be_read()
    {
        world.Taobao.Unmappable.Add("ODD-1");
        var at = await PublishAsync("ODD-1");
        await world.PullAsync();
        await ProveAsync();

        var proof = await OfAsync(at);
        proof.State.ShouldBe(ProofState.Missing);
        proof.Ours.ShouldBe(proof.Platform - 1);
        proof.Wanting.ShouldHaveSingleItem().ShouldStartWith("ODD-1 在隔离区");
        proof.Next.ShouldNotBeNull();

        world.Taobao.Unmappable.Remove("ODD-1");
        await world.InScopeAsync<ReplayQuarantinedHandler, int>(async h =>
            (await h.HandleAsync(new(ChannelWorld.Pulled, [await world.OneAsync("select id from channels_inbox where external_id = 'ODD-1'", r => r.GetInt64(0))]), default)).Value);
        await DueAgainAsync(at);
        await ProveAsync();
        (await OfAsync(at)).State.ShouldBe(ProofState.Complete);
    }

    [Fact]
    public async Task A_platform_that_does_not_answer_proves_nothing_and_is_asked_again()
    {
        var at = await PublishAsync("SICK-1");
        await world.PullAsync();
        await DueAgainAsync(at);
        for (var i = 0; i < 4; i++) world.Taobao.Troubles.Enqueue(new PlatformException("http.500", "平台暂时无法服务", isTransient: true, TimeSpan.FromMilliseconds(1)));

        (await ProveAsync()).ShouldBe(PullOutcome.Failed);
        (await world.OneAsync("select last_error from channels_cursors where shop_id = $1 and stream = 3", r => r.GetString(0), world.PulledShopId)).ShouldContain("http.500");

        (await ProveAsync()).ShouldBe(PullOutcome.Done);
        (await OfAsync(at)).State.ShouldBe(ProofState.Complete);
    }

    /// <summary>Created an hour and a bit ago, so that the hour is over.</summary>
    private Task<DateTimeOffset> PublishAsync(params string[] numbers) => PublishAsync([.. numbers.Select(no => FakePlatform.Order(no, "PROOF-SKU"))]);

    private async Task<DateTimeOffset> PublishAsync(params RawDocument[] orders)
    {
        world.Taobao.Abilities = world.Taobao.Abilities with { Actions = PlatformActions.ListCreated, Overlap = TimeSpan.FromHours(4) };
        if (await world.CountAsync("select count(*) from catalog_skus where code = 'PROOF-SKU'") == 0) await world.StockedSkuAsync("PROOF-SKU", 1000);
        var at = TimeProvider.System.GetUtcNow().AddHours(-1.5);
        foreach (var order in orders) world.Taobao.Publish(order, at);
        await DueAgainAsync(at);
        return at;
    }

    private Task<PullOutcome> ProveAsync() => world.InScopeAsync<PullShopHandler, PullOutcome>(h => h.HandleAsync(new(world.PulledShopId, PullStream.Proof), default));

    private Task<long> CountAsync(string no) => world.CountAsync("select count(*) from orders_orders where platform_order_no = $1", no);

    private Task<OrderState> StateAsync(string no) => world.OneAsync("select state from orders_orders where platform_order_no = $1", r => (OrderState)r.GetInt16(0), no);

    private Task DueAgainAsync(DateTimeOffset at) => world.Database.RunAsync(tx => tx.ExecuteAsync(
        "update channels_completeness set next_check_at = hour where shop_id = $1 and hour = date_trunc('hour', $2::timestamptz)", default, world.PulledShopId, at), default);

    private Task<Proof> OfAsync(DateTimeOffset at) => world.OneAsync("""
        select state, platform_count, our_count, platform_fen, our_fen, wanting, recovered, next_check_at, behind_count, caught_up from channels_completeness where shop_id = $1 and hour = date_trunc('hour', $2::timestamptz)
        """, r => new Proof((ProofState)r.GetInt16(0), r.GetInt32(1), r.GetInt32(2), r.IsDBNull(3) ? null : r.GetInt64(3), r.IsDBNull(4) ? null : r.GetInt64(4), r.GetFieldValue<string[]>(5), r.GetInt32(6),
            r.IsDBNull(7) ? null : r.GetFieldValue<DateTimeOffset>(7), r.GetInt32(8), r.GetInt32(9)), world.PulledShopId, at);
}
