using OrderHub.AfterSales.Contracts;
using OrderHub.AfterSales.Refunds;
using OrderHub.Inventory.Arrivals;
using OrderHub.Inventory.Contracts;
using OrderHub.Orders.Contracts;
using OrderHub.Platform.Results;
using OrderHub.PostgresTests.Infrastructure;
using OrderHub.PostgresTests.Inventory;
using OrderHub.PostgresTests.Reconciliation;

namespace OrderHub.PostgresTests.AfterSales;

public sealed class ReturnTests(TestHub hub) : IClassFixture<TestHub>
{
    private readonly StockDesk _desk = new(hub);

    [Fact]
    public async Task A_return_the_platform_agreed_to_is_announced_once_though_told_twice_and_a_kit_comes_back_as_its_parts()
    {
        var (order, id) = await ShippedAsync((TestHub.Set, 2), (TestHub.Shirt, 1));
        var before = await InTransitAsync();
        var refund = Return(order, RefundStatus.Agreed);

        await hub.AcceptAsync(refund);
        await hub.DrainOutboxAsync();
        await hub.AcceptAsync(refund with { Version = 2, Status = RefundStatus.Returning });
        await hub.AcceptAsync(refund with { Version = 2, Status = RefundStatus.Returning });
        await hub.DrainOutboxAsync();

        (await InTransitAsync()).ShouldBe((before.Shirt + 3, before.Sock + 4));
        var shown = await RefundAsync(id);
        shown.Return.ShouldBe(new ReturnProgress(shown.ReturnNo!, ReturnState.Expected, 7, 0, 0));
        (await _desk.ViewAsync(shown.ReturnNo!)).Reference.ShouldBe(refund.RefundNo);
        (await hub.BreachesAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_refund_of_one_line_expects_that_line_only_and_each_shop_its_own()
    {
        var (order, id) = await ShippedAsync((TestHub.Shirt, 1), (TestHub.Sock, 3));
        var (other, otherId) = await ShippedAsync((TestHub.Sock, 1));
        var before = await InTransitAsync();
        var refund = Return(order, RefundStatus.Returning) with { PlatformLineNo = order.Lines[1].PlatformLineNo };

        await hub.AcceptAsync(refund, Return(other, RefundStatus.Agreed) with { ShopId = hub.LockOnOrder.Id, RefundNo = refund.RefundNo });
        await hub.DrainOutboxAsync();

        (await InTransitAsync()).ShouldBe((before.Shirt, before.Sock + 3), "the other shop's refund of the same number has no order here");
        (await RefundAsync(id)).Return!.Expected.ShouldBe(3);
        (await hub.InScopeAsync<ReadOrderRefunds, IReadOnlyList<OrderRefund>>(read => read.HandleAsync(otherId, default))).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_closed_refund_takes_the_expectation_back_and_a_reopened_one_announces_again()
    {
        var (order, id) = await ShippedAsync((TestHub.Shirt, 2));
        var before = await InTransitAsync();
        var refund = Return(order, RefundStatus.Returning);
        await hub.AcceptAsync(refund);
        await hub.DrainOutboxAsync();
        var first = (await RefundAsync(id)).ReturnNo;

        await hub.AcceptAsync(refund with { Version = 2, Status = RefundStatus.Closed });
        await hub.DrainOutboxAsync();
        (await InTransitAsync()).ShouldBe(before);
        (await RefundAsync(id)).Return!.State.ShouldBe(ReturnState.CalledOff);

        await hub.AcceptAsync(refund with { Version = 3, Status = RefundStatus.Agreed });
        await hub.DrainOutboxAsync();
        (await InTransitAsync()).Shirt.ShouldBe(before.Shirt + 2);
        (await RefundAsync(id)).ReturnNo.ShouldNotBe(first);
        (await hub.BreachesAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Returned_goods_become_sellable_by_inspection_and_a_refund_closed_after_it_changes_nothing()
    {
        var (order, id) = await ShippedAsync((TestHub.Sock, 2));
        var before = await hub.StockAsync(TestHub.Sock, hub.Suzhou);
        var refund = Return(order, RefundStatus.Returning);
        await hub.AcceptAsync(refund);
        await hub.DrainOutboxAsync();
        (await hub.StockAsync(TestHub.Sock, hub.Suzhou)).Available.ShouldBe(before.Available, "goods on their way are not for sale");

        var no = (await RefundAsync(id)).ReturnNo!;
        (await _desk.AsAsync<ReceiveGoodsHandler, Result<string>>(StockDesk.Wang, receive => receive.ReceiveAsync(new GoodsReceived(no, _desk.NewKey(), [new ArrivedLine(1, 1, 0)], false), default))).IsOk.ShouldBeTrue();
        await hub.AcceptAsync(refund with { Version = 2, Status = RefundStatus.Closed });
        await hub.DrainOutboxAsync();
        (await RefundAsync(id)).Return.ShouldBe(new ReturnProgress(no, ReturnState.Expected, 2, 1, 0));
        (await _desk.AsAsync<ReceiveGoodsHandler, Result<string>>(StockDesk.Wang, receive => receive.ReceiveAsync(new GoodsReceived(no, _desk.NewKey(), [new ArrivedLine(1, 0, 1)], true), default))).IsOk.ShouldBeTrue();

        (await hub.StockAsync(TestHub.Sock, hub.Suzhou)).ShouldBe(before with { OnHand = before.OnHand + 1, Defective = before.Defective + 1 });
        (await RefundAsync(id)).Return.ShouldBe(new ReturnProgress(no, ReturnState.Inspected, 2, 1, 1));
        (await hub.BreachesAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Goods_that_stay_with_the_buyer_or_never_left_are_not_expected()
    {
        var (shipped, shippedId) = await ShippedAsync((TestHub.Sock, 1));
        await hub.ReceiveAsync(TestHub.Sock, hub.Suzhou, 1);
        var waiting = hub.Order(lines: (TestHub.Sock, 1));
        var waitingId = (await hub.AcceptOneAsync(waiting)).OrderId;
        var before = await InTransitAsync();

        await hub.AcceptAsync(Return(shipped, RefundStatus.Returning) with { Kind = RefundKind.RefundOnly }, Return(shipped, RefundStatus.Applied), Return(waiting, RefundStatus.Agreed));
        await hub.DrainOutboxAsync();

        (await InTransitAsync()).ShouldBe(before);
        (await RefundAsync(waitingId)).Return.ShouldBeNull();
        (await hub.InScopeAsync<ReadOrderRefunds, IReadOnlyList<OrderRefund>>(read => read.HandleAsync(shippedId, default))).ShouldAllBe(r => r.ReturnNo == null);
    }

    private static IncomingRefund Return(IncomingOrder order, RefundStatus status) => Finance.Refund(order, status, 1) with { Kind = RefundKind.ReturnRefund };

    /// <summary>An order that left Suzhou.</summary>
    private async Task<(IncomingOrder Order, long Id)> ShippedAsync(params (string Sku, int Quantity)[] lines)
    {
        foreach (var sku in new[] { TestHub.Shirt, TestHub.Sock }) await hub.ReceiveAsync(sku, hub.Suzhou, 10);
        var order = hub.Order(lines: lines);
        var id = (await hub.AcceptOneAsync(order)).OrderId;
        await hub.MoveAsync(id, OrderTrigger.Pack, OrderTrigger.Ship);
        (await hub.ViewAsync(id)).WarehouseId.ShouldBe(hub.Suzhou);
        return (order, id);
    }

    private async Task<(int Shirt, int Sock)> InTransitAsync() => ((await hub.StockAsync(TestHub.Shirt, hub.Suzhou)).ReturnInTransit, (await hub.StockAsync(TestHub.Sock, hub.Suzhou)).ReturnInTransit);

    private async Task<OrderRefund> RefundAsync(long orderId) => (await hub.InScopeAsync<ReadOrderRefunds, IReadOnlyList<OrderRefund>>(read => read.HandleAsync(orderId, default))).Single();
}
