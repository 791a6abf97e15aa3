using Microsoft.Extensions.DependencyInjection;
using OrderHub.AfterSales.Contracts;
using OrderHub.AfterSales.Refunds;
using OrderHub.Orders.Contracts;
using OrderHub.Platform.Accounts;
using OrderHub.Platform.Jobs;
using OrderHub.PostgresTests.Infrastructure;
using OrderHub.PostgresTests.Reconciliation;

namespace OrderHub.PostgresTests.AfterSales;

public sealed class AcceptRefundsTests(TestHub hub) : IClassFixture<TestHub>
{
    [Fact]
    public async Task An_open_refund_holds_packing_and_a_refused_one_lets_it_go_on()
    {
        await hub.ReceiveAsync(TestHub.Shirt, hub.Suzhou, 5);
        var order = hub.Order();
        var id = (await hub.AcceptOneAsync(order)).OrderId;
        var asked = Finance.Refund(order, RefundStatus.Applied, 9900);

        await hub.AcceptAsync(asked);
        (await hub.InScopeAsync<IOrderFlow, Platform.Results.Result>(flow => hub.Database.RunAsync(tx => flow.MoveAsync(tx, id, OrderTrigger.Pack, Actor.System, null, default), default)))
            .Error.ShouldNotBeNull("a buyer who wants the money back should not get the goods");

        await hub.AcceptAsync(asked with { Version = 2, Status = RefundStatus.Refused });
        (await hub.ViewAsync(id)).Hold.ShouldBeNull();
        await hub.MoveAsync(id, OrderTrigger.Pack);
    }

    [Fact]
    public async Task One_of_two_open_refunds_closed_leaves_the_order_held()
    {
        await hub.ReceiveAsync(TestHub.Shirt, hub.Suzhou, 5);
        var order = hub.Order();
        var id = (await hub.AcceptOneAsync(order)).OrderId;
        var first = Finance.Refund(order, RefundStatus.Applied, 100);
        await hub.AcceptAsync(first, Finance.Refund(order, RefundStatus.Agreed, 200));

        await hub.AcceptAsync(first with { Version = 2, Status = RefundStatus.Closed });

        (await hub.ViewAsync(id)).Hold.ShouldNotBeNull();
    }

    [Fact]
    public async Task A_full_refund_before_shipping_cancels_the_order_and_releases_its_stock()
    {
        await hub.ReceiveAsync(TestHub.Sock, hub.Suzhou, 4);
        var before = (await hub.StockAsync(TestHub.Sock, hub.Suzhou)).Available;
        var order = hub.Order(lines: (TestHub.Sock, 2));
        var id = (await hub.AcceptOneAsync(order)).OrderId;

        await hub.AcceptAsync(Finance.Refund(order, RefundStatus.Done, 9900), Finance.Refund(order, RefundStatus.Done, 9900));

        (await hub.ViewAsync(id)).State.ShouldBe(OrderState.Cancelled);
        (await hub.StockAsync(TestHub.Sock, hub.Suzhou)).Available.ShouldBe(before);
        await hub.DrainOutboxAsync();
        (await hub.BreachesAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_full_refund_after_shipping_returns_the_order()
    {
        await hub.ReceiveAsync(TestHub.Shirt, hub.Suzhou, 5);
        var order = hub.Order();
        var id = (await hub.AcceptOneAsync(order)).OrderId;
        await hub.MoveAsync(id, OrderTrigger.Pack, OrderTrigger.Ship);

        await hub.AcceptAsync(Finance.Refund(order, RefundStatus.Done, 9900));

        (await hub.ViewAsync(id)).State.ShouldBe(OrderState.Returned);
    }

    [Fact]
    public async Task An_older_version_that_comes_late_does_not_reopen_a_refund()
    {
        await hub.ReceiveAsync(TestHub.Shirt, hub.Suzhou, 5);
        var order = hub.Order();
        var id = (await hub.AcceptOneAsync(order)).OrderId;
        var closed = Finance.Refund(order, RefundStatus.Closed, 100) with { Version = 5 };
        await hub.AcceptAsync(closed);

        await hub.AcceptAsync(closed with { Version = 4, Status = RefundStatus.Applied });

        (await hub.ViewAsync(id)).Hold.ShouldBeNull();
    }

    [Fact]
    public async Task A_refund_that_comes_before_its_order_is_kept_and_stops_it_when_it_comes()
    {
        await hub.ReceiveAsync(TestHub.Shirt, hub.Suzhou, 5);
        var order = hub.Order();
        await hub.AcceptAsync(Finance.Refund(order, RefundStatus.Applied, 9900));
        (await JoinAsync()).Changed.ShouldBe(0);

        var id = (await hub.AcceptOneAsync(order)).OrderId;
        (await JoinAsync()).Changed.ShouldBe(1);

        (await hub.ViewAsync(id)).Hold.ShouldNotBeNull();
        (await JoinAsync()).Changed.ShouldBe(0);
    }

    [Fact]
    public async Task The_list_finds_a_refund_by_its_order_and_pages_by_key()
    {
        var order = hub.Order();
        await hub.AcceptAsync([.. Enumerable.Range(0, ListRefunds.PageSize + 5).Select(_ => Finance.Refund(order, RefundStatus.Applied, 1))]);

        var first = await hub.InScopeAsync<ListRefunds, RefundPage>(list => list.PageAsync(new(null, RefundStatus.Applied, order.PlatformOrderNo, null), default));
        var second = await hub.InScopeAsync<ListRefunds, RefundPage>(list => list.PageAsync(new(null, RefundStatus.Applied, order.PlatformOrderNo, first.Next), default));

        first.Rows.Count.ShouldBe(ListRefunds.PageSize);
        second.Rows.Count.ShouldBe(5);
        second.Next.ShouldBeNull();
        first.Rows.Concat(second.Rows).Select(r => r.RefundNo).Distinct().Count().ShouldBe(ListRefunds.PageSize + 5);
    }

    private Task<JobReport> JoinAsync() => hub.InScopeAsync<JoinRefundsJob, JobReport>(job => job.RunAsync(default));
}
