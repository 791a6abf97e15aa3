using Microsoft.Extensions.DependencyInjection;
using OrderHub.Orders.Contracts;
using OrderHub.Orders.Flow;
using OrderHub.Platform.Accounts;
using OrderHub.Platform.Actions;
using OrderHub.Platform.Data;
using OrderHub.Platform.Results;
using OrderHub.PostgresTests.Infrastructure;

namespace OrderHub.PostgresTests.Orders;

public sealed class MapOrderLineTests(TestHub hub) : IClassFixture<TestHub>
{
    private static readonly Actor Chen = new("小陈", 21);

    [Fact]
    public async Task A_line_given_its_SKU_lets_the_order_go_on_and_the_next_order_needs_nobody()
    {
        await hub.ReceiveAsync(TestHub.Shirt, hub.Suzhou, 10);
        var order = await hub.AcceptOneAsync(Strange("TB-SKU-1"));
        order.State.ShouldBe(OrderState.Review);

        (await MapAsync(order.OrderId, "no such thing")).Error!.Code.ShouldBe("orders.unknown_sku");
        (await MapAsync(order.OrderId, hub.Sku(TestHub.Shirt).Barcode)).Error.ShouldBeNull();

        var view = await hub.ViewAsync(order.OrderId);
        view.State.ShouldBe(OrderState.Allocated);
        view.Lines.ShouldHaveSingleItem().SkuId.ShouldBe(hub.Sku(TestHub.Shirt).Id);
        (await hub.HeldByAsync(order.OrderId)).ShouldHaveSingleItem().Quantity.ShouldBe(1);
        (await AuditedAsync(order.OrderNo)).ShouldBe("小陈");
        (await hub.AcceptOneAsync(Strange("TB-SKU-1"))).State.ShouldBe(OrderState.Allocated);
        (await MapAsync(order.OrderId, TestHub.Shirt)).Error!.Code.ShouldBe("orders.not_in_review");
    }

    [Fact]
    public async Task A_line_without_a_platform_SKU_is_set_for_this_order_only()
    {
        await hub.ReceiveAsync(TestHub.Sock, hub.Suzhou, 10);
        var order = await hub.AcceptOneAsync(Strange(null));
        (await MapAsync(order.OrderId, TestHub.Sock)).Error.ShouldBeNull();
        (await hub.ViewAsync(order.OrderId)).State.ShouldBe(OrderState.Allocated);
        (await hub.AcceptOneAsync(Strange(null))).State.ShouldBe(OrderState.Review);
    }

    [Fact]
    public async Task An_order_with_another_question_stays_in_review()
    {
        var strange = Strange("TB-SKU-2");
        var order = await hub.AcceptOneAsync(strange with { Amounts = strange.Amounts with { PayFen = 1 } });
        (await MapAsync(order.OrderId, TestHub.Cap)).Error.ShouldBeNull();
        (await hub.ViewAsync(order.OrderId)).State.ShouldBe(OrderState.Review);
        var reasons = await hub.Database.QueryAsync("select review_reasons from orders_orders where id = $1", r => r.GetFieldValue<string[]>(0), default, order.OrderId);
        reasons.ShouldHaveSingleItem().ShouldBe(["amount_mismatch"]);
        (await MapAsync(order.OrderId, TestHub.Cap)).Error!.Code.ShouldBe("orders.nothing_to_map");
    }

    private IncomingOrder Strange(string? platformSku)
    {
        var order = hub.Order();
        return order with { Lines = [order.Lines[0] with { MerchantCode = "unknown", PlatformSkuId = platformSku }] };
    }

    private async Task<Result> MapAsync(long orderId, string code)
    {
        await using var scope = hub.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentActor>().Actor = Chen;
        return await scope.ServiceProvider.GetRequiredService<MapOrderLine>().HandleAsync(orderId, 1, code, default);
    }

    private async Task<string> AuditedAsync(string orderNo) =>
        (await hub.Database.QueryAsync("select actor from platform_audit where action = 'orders.line_mapped' and subject = $1", r => r.GetString(0), default, orderNo))[0];
}
