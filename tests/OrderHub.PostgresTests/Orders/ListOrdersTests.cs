using OrderHub.Orders.Contracts;
using OrderHub.Orders.Listing;
using OrderHub.Platform.Units;
using OrderHub.PostgresTests.Infrastructure;

namespace OrderHub.PostgresTests.Orders;

public sealed class ListOrdersTests(TestHub hub) : IClassFixture<TestHub>
{
    [Fact]
    public async Task Pages_neither_skip_nor_repeat_while_orders_arrive()
    {
        var day = new DateTimeOffset(2031, 5, 1, 0, 0, 0, TimeSpan.Zero);
        var filter = new OrderFilter(CreatedFrom: day);
        // three orders share each instant, so that pages also end between equals
        var there = await hub.AcceptAsync([.. Enumerable.Range(0, 25).Select(i => hub.Order() with { CreatedAt = day.AddSeconds(i / 3) })]);

        var seen = new List<long>();
        OrderCursor? after = null;
        do
        {
            var page = await PageAsync(filter, after, 4);
            seen.AddRange(page.Rows.Select(r => r.Id));
            after = page.Next is { } next && OrderCursor.TryParse(next.ToString(), out var read) ? read : null;
            await hub.AcceptOneAsync(hub.Order() with { CreatedAt = day.AddHours(seen.Count) });
        }
        while (after is not null);

        seen.ShouldBe(there.Select(a => a.OrderId).OrderDescending());
    }

    [Fact]
    public async Task A_hub_number_finds_its_order_and_a_mistyped_one_finds_nothing()
    {
        var order = await hub.AcceptOneAsync(hub.Order());
        var lastDigit = order.OrderNo[^1];
        var mistyped = order.OrderNo[..^1] + (lastDigit == '9' ? '0' : (char)(lastDigit + 1));

        (await FindAsync(new OrderFilter(Query: order.OrderNo))).ShouldBe([order.OrderId]);
        (await FindAsync(new OrderFilter(Query: $" {order.OrderNo.ToLowerInvariant()} "))).ShouldBe([order.OrderId]);
        (await FindAsync(new OrderFilter(Query: mistyped))).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_platform_number_is_found_in_whatever_shop_has_it()
    {
        var order = hub.Order(hub.LockOnOrder);
        var one = await hub.AcceptOneAsync(order);
        var other = await hub.AcceptOneAsync(order with { ShopId = hub.LockOnPayment.Id });

        (await FindAsync(new OrderFilter(Query: order.PlatformOrderNo))).ShouldBe([other.OrderId, one.OrderId]);
        (await FindAsync(new OrderFilter(hub.LockOnOrder.Id, Query: order.PlatformOrderNo))).ShouldBe([one.OrderId]);
        (await FindAsync(new OrderFilter(Query: order.PlatformOrderNo[..^1]))).ShouldBeEmpty();
    }

    [Fact]
    public async Task Filters_narrow_the_list_and_its_counts_alike()
    {
        var day = new DateTimeOffset(2032, 5, 1, 0, 0, 0, TimeSpan.Zero);
        IncomingOrder At(int hour, PlatformStatus status = PlatformStatus.Paid) => hub.Order(status: status) with { CreatedAt = day.AddHours(hour) };
        var within = new OrderFilter(CreatedFrom: day, CreatedTo: day.AddHours(3));
        var unpaid = await hub.AcceptOneAsync(At(0, PlatformStatus.Unpaid));
        var strange = await hub.AcceptOneAsync(At(1) with { Lines = [new IncomingLine { PlatformLineNo = "1", MerchantCode = "NOBODY-KNOWS", Title = "?", Quantity = 1, UnitPriceFen = 9900, PayFen = 9900 }] });
        var stopped = await hub.AcceptOneAsync(At(2) with { PlatformHold = "风控", ShipBy = day.AddDays(1) });
        await hub.AcceptOneAsync(At(3));

        (await FindAsync(within)).ShouldBe([stopped.OrderId, strange.OrderId, unpaid.OrderId]);
        (await FindAsync(within with { State = OrderState.Review })).ShouldBe([strange.OrderId]);
        (await FindAsync(within with { HeldOnly = true })).ShouldBe([stopped.OrderId]);
        (await FindAsync(within with { DueBefore = day.AddDays(2) })).ShouldBe([stopped.OrderId]);
        (await FindAsync(within with { DueBefore = day.AddHours(5) })).ShouldBeEmpty();

        (await hub.InScopeAsync<ListOrders, CappedCount>(list => list.CountAsync(within, default))).ShouldBe(new CappedCount(3, false));
        var states = await hub.InScopeAsync<ListOrders, IReadOnlyDictionary<OrderState, CappedCount>>(list => list.CountByStateAsync(within, default));
        (states[OrderState.PendingPayment].Count, states[OrderState.Review].Count, states[OrderState.Signed].Count).ShouldBe((1, 1, 0));
    }

    [Fact]
    public async Task A_row_tells_the_pieces_of_all_lines()
    {
        var order = await hub.AcceptOneAsync(hub.Order(lines: [(TestHub.Shirt, 2), (TestHub.Sock, 3)]));

        var row = (await PageAsync(new OrderFilter(Query: OrderNo.From(order.OrderId)), null, 10)).Rows.ShouldHaveSingleItem();

        (row.Lines, row.Pieces, row.PayFen).ShouldBe((2, 5, 5 * 9900));
    }

    [Theory]
    [InlineData(""), InlineData("abc"), InlineData("!!!!!!!!!!!!!!!!!!!!!!"), InlineData("__________________________")]
    public void A_cursor_that_is_not_ours_is_refused(string text) => OrderCursor.TryParse(text, out _).ShouldBeFalse();

    private Task<OrderPage> PageAsync(OrderFilter filter, OrderCursor? after, int take) => hub.InScopeAsync<ListOrders, OrderPage>(list => list.PageAsync(filter, after, take, default));

    private async Task<IEnumerable<long>> FindAsync(OrderFilter filter) => (await PageAsync(filter, null, 100)).Rows.Select(r => r.Id);
}
