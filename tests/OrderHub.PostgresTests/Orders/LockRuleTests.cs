using Microsoft.Extensions.DependencyInjection;
using OrderHub.Catalog.Contracts;
using OrderHub.Orders.Contracts;
using OrderHub.Orders.Locking;
using OrderHub.Orders.Upkeep;
using OrderHub.Platform.Accounts;
using OrderHub.Platform.Actions;
using OrderHub.Platform.Data;
using OrderHub.Platform.Results;
using OrderHub.PostgresTests.Infrastructure;

namespace OrderHub.PostgresTests.Orders;

public sealed class LockRuleTests(TestHub hub) : IClassFixture<TestHub>, IAsyncLifetime
{
    public async Task InitializeAsync()
    {
        foreach (var line in (await hub.InScopeAsync<EditLockRules, LockRuleList>(r => r.ListAsync(default))).Lines)
            (await EditAsync(r => r.RemoveAsync(line.Rule.Id, default))).IsOk.ShouldBeTrue();
        await hub.ReceiveAsync(TestHub.Shirt, hub.Suzhou, 50);
        await hub.ReceiveAsync(TestHub.Sock, hub.Suzhou, 50);
    }

    public async Task DisposeAsync() => (await hub.BreachesAsync()).ShouldBeEmpty();

    [Fact]
    public async Task A_SKU_says_more_than_a_promotion_and_a_promotion_more_than_the_shop()
    {
        await RuleAsync(promotion: "flash", policy: LockPolicy.OnPayment);
        await RuleAsync(sku: TestHub.Sock, policy: LockPolicy.OnOrder);

        (await HoldsAsync(Unpaid(hub.LockOnOrder, "normal", TestHub.Shirt))).ShouldBeTrue("the shop locks on order");
        (await HoldsAsync(Unpaid(hub.LockOnOrder, "flash", TestHub.Shirt))).ShouldBeFalse("but not in a flash sale");
        (await HoldsAsync(Unpaid(hub.LockOnOrder, "flash", TestHub.Sock))).ShouldBeTrue("socks always");
        (await HoldsAsync(Unpaid(hub.LockOnPayment, "normal", TestHub.Sock))).ShouldBeTrue("in every shop");
    }

    [Fact]
    public async Task The_earliest_lock_of_its_lines_decides_for_the_whole_order()
    {
        await RuleAsync(sku: TestHub.Sock, policy: LockPolicy.OnOrder);

        var answer = await hub.AcceptOneAsync(hub.Order(hub.LockOnPayment, PlatformStatus.Unpaid, lines: [(TestHub.Shirt, 1), (TestHub.Sock, 1)]));

        (await hub.HeldByAsync(answer.OrderId)).Select(h => h.SkuId).ShouldBe([hub.Sku(TestHub.Shirt).Id, hub.Sku(TestHub.Sock).Id], ignoreOrder: true);
    }

    [Fact]
    public async Task Unpaid_orders_give_their_stock_back_after_the_time_of_the_rule_that_speaks_of_them()
    {
        await RuleAsync(promotion: "flash", policy: LockPolicy.OnOrder, minutes: 15);
        var now = TimeProvider.System.GetUtcNow();
        var flash = await hub.AcceptOneAsync(Unpaid(hub.LockOnOrder, "flash", TestHub.Shirt) with { CreatedAt = now.AddMinutes(-16) });
        var fresh = await hub.AcceptOneAsync(Unpaid(hub.LockOnOrder, "flash", TestHub.Shirt) with { CreatedAt = now.AddMinutes(-14) });
        var ordinary = await hub.AcceptOneAsync(Unpaid(hub.LockOnOrder, "normal", TestHub.Shirt) with { CreatedAt = now.AddHours(-71) });
        var old = await hub.AcceptOneAsync(Unpaid(hub.LockOnOrder, "normal", TestHub.Shirt) with { CreatedAt = now.AddHours(-73) });

        await hub.InScopeAsync<ReleaseUnpaid, bool>(async release => (await release.RunAsync(default)).Changed >= 2);

        (await HeldAsync(flash), await HeldAsync(fresh), await HeldAsync(ordinary), await HeldAsync(old)).ShouldBe((0, 1, 1, 0));
        (await hub.InScopeAsync<ReleaseUnpaid, int>(async release => (await release.RunAsync(default)).Changed)).ShouldBe(0);
    }

    [Fact]
    public async Task A_presale_takes_its_stock_with_the_deposit_and_goes_on_with_what_it_holds_when_the_balance_is_paid()
    {
        var unpaid = Presale(depositPaid: false);
        var placed = await hub.AcceptOneAsync(unpaid);
        (await HeldAsync(placed)).ShouldBe(0, "the shop locks on order, but a presale locks with its deposit");

        var deposited = unpaid with { Version = 2, Extras = Extras(depositPaid: true) };
        await hub.AcceptOneAsync(deposited);
        (await HeldAsync(placed)).ShouldBe(1);
        var held = (await hub.HeldByAsync(placed.OrderId))[0];

        var paid = await hub.AcceptOneAsync(deposited with { Version = 3, Status = PlatformStatus.Paid, PaidAt = unpaid.CreatedAt.AddDays(3) });
        paid.State.ShouldBe(OrderState.Allocated);
        (await hub.HeldByAsync(placed.OrderId)).ShouldBe([held], "it is allocated from what it holds");
    }

    [Fact]
    public async Task A_presale_keeps_its_stock_until_the_balance_is_due_and_is_cancelled_by_its_platform()
    {
        var now = TimeProvider.System.GetUtcNow();
        var fortnight = await hub.AcceptOneAsync(Presale(depositPaid: true) with { CreatedAt = now.AddDays(-14) });
        var tooLong = await hub.AcceptOneAsync(Presale(depositPaid: true) with { CreatedAt = now.AddDays(-16) });
        var dated = Presale(depositPaid: true) with { CreatedAt = now.AddDays(-16) };
        var later = await hub.AcceptOneAsync(dated with { Extras = new() { Presale = new(1000, 8900, false) { BalanceDueAt = now.AddHours(1) } } });

        await hub.InScopeAsync<ReleaseUnpaid, bool>(async release => (await release.RunAsync(default)).Changed > 0);
        (await HeldAsync(fortnight), await HeldAsync(tooLong), await HeldAsync(later)).ShouldBe((1, 0, 1));

        var closed = await hub.AcceptOneAsync(dated with { Version = 2, Status = PlatformStatus.ClosedUnpaid });
        (closed.State, await HeldAsync(later)).ShouldBe((OrderState.Cancelled, 0));
    }

    [Fact]
    public async Task Rules_are_audited_and_two_with_the_same_conditions_are_refused()
    {
        await RuleAsync(promotion: "group", policy: LockPolicy.OnPayment);

        (await EditAsync(r => r.SaveAsync(new(null, "", "", "group", LockPolicy.OnOrder, 60), default))).Error!.Code.ShouldBe("orders.lock_rule_twice");
        (await EditAsync(r => r.SaveAsync(new(null, "", "", " ", LockPolicy.OnOrder, 60), default))).Error!.Code.ShouldBe("orders.lock_rule_for_nothing");
        (await EditAsync(r => r.SaveAsync(new(null, "", "", "live", LockPolicy.OnOrder, 0), default))).Error!.Code.ShouldBe("orders.bad_hold_time");
        (await hub.Database.QueryAsync("select actor from platform_audit where action = 'orders.lock_rule_saved' and subject = 'group'", r => r.GetString(0), default)).ShouldBe(["小吴"]);
    }

    private IncomingOrder Unpaid(Shop shop, string promotion, string sku) => hub.Order(shop, PlatformStatus.Unpaid, lines: (sku, 1)) with { PromotionType = promotion };

    private IncomingOrder Presale(bool depositPaid) => Unpaid(hub.LockOnOrder, "presale", TestHub.Shirt) with { Extras = Extras(depositPaid) };

    private static PlatformExtras Extras(bool depositPaid) => new() { Presale = new(1000, 8900, false) { DepositPaid = depositPaid } };

    private async Task<bool> HoldsAsync(IncomingOrder order) => await HeldAsync(await hub.AcceptOneAsync(order)) > 0;

    private async Task<int> HeldAsync(IntakeAnswer order) => (await hub.HeldByAsync(order.OrderId)).Sum(h => h.Quantity);

    private async Task RuleAsync(string sku = "", string promotion = "", LockPolicy policy = LockPolicy.OnOrder, int minutes = 4320) =>
        (await EditAsync(r => r.SaveAsync(new(null, "", sku, promotion, policy, minutes), default))).Error.ShouldBeNull();

    private async Task<Result> EditAsync(Func<EditLockRules, Task<Result>> edit)
    {
        await using var scope = hub.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentActor>().Actor = new Actor("小吴", 8);
        return await edit(scope.ServiceProvider.GetRequiredService<EditLockRules>());
    }
}
