using Microsoft.Extensions.DependencyInjection;
using OrderHub.Inventory.Contracts;
using OrderHub.Inventory.Adjustments;
using OrderHub.Inventory.Ledger;
using OrderHub.Inventory.Stock;
using OrderHub.Platform.Accounts;
using OrderHub.Platform.Actions;
using OrderHub.Platform.Results;
using OrderHub.PostgresTests.Infrastructure;

namespace OrderHub.PostgresTests.Inventory;

public sealed class AdjustStockTests(TestHub hub) : IClassFixture<TestHub>
{
    private async Task<Result<AdjustmentOutcome>> AdjustAsync(string key, int delta, string sku = TestHub.Shirt, string warehouse = "SUZ", string reason = "盘点差异", int? boundTo = null)
    {
        await using var scope = hub.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentActor>().WarehouseId = boundTo;
        return await scope.ServiceProvider.GetRequiredService<AdjustByCode>().AdjustAsync(new AdjustmentByCode(sku, warehouse, delta, reason, key), default);
    }

    private async Task<int> OnHandAsync(string sku = TestHub.Shirt) => (await hub.StockAsync(sku, hub.Suzhou)).OnHand;

    [Fact]
    public async Task An_adjustment_sent_twice_with_the_same_key_changes_stock_once()
    {
        var before = await OnHandAsync();

        var first = await AdjustAsync("twice", 5);
        var second = await AdjustAsync("twice", 5);

        second.Value.ShouldBe(first.Value);
        (await OnHandAsync()).ShouldBe(before + 5);
    }

    [Fact]
    public async Task The_same_key_from_ten_callers_at_once_changes_stock_once()
    {
        var before = await OnHandAsync();
        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => AdjustAsync("at-once", 3)));

        answers.ShouldAllBe(a => a.IsOk && a.Value.Stock.OnHand == before + 3);
        (await OnHandAsync()).ShouldBe(before + 3);
    }

    [Theory]
    [InlineData(7, "SUZ")]
    [InlineData(5, "CAN")]
    public async Task A_different_adjustment_under_a_used_key_is_refused(int delta, string warehouse)
    {
        await AdjustAsync("used", 5);
        var before = await OnHandAsync();

        var other = await AdjustAsync("used", delta, warehouse: warehouse);

        (other.Error!.Code, other.Error.Kind).ShouldBe(("inventory.key_used", ErrorKind.Conflict));
        (await OnHandAsync()).ShouldBe(before);
    }

    [Fact]
    public async Task Stock_is_never_adjusted_below_zero_nor_below_what_orders_hold()
    {
        await hub.ReceiveAsync(TestHub.Cap, hub.Suzhou, 4);
        await hub.ReceiveAsync(TestHub.Cap, hub.Guangzhou, 4);
        var held = await hub.AcceptOneAsync(hub.Order(lines: (TestHub.Cap, 3)));
        var warehouse = (await hub.ViewAsync(held.OrderId)).WarehouseId!.Value;
        var code = hub.Network.Warehouse(warehouse)!.Code;

        var refused = await AdjustAsync("too-much", -2, TestHub.Cap, code);

        refused.Error!.Code.ShouldBe("inventory.not_enough_stock");
        (await hub.StockAsync(TestHub.Cap, warehouse)).OnHand.ShouldBe(4);
        (await AdjustAsync("just-enough", -1, TestHub.Cap, code)).Value.Stock.Available.ShouldBe(0);
    }

    [Fact]
    public async Task Refusals_name_what_is_wrong()
    {
        (await AdjustAsync("a", 1, sku: "NO-SUCH")).Error!.Code.ShouldBe("inventory.sku_unknown");
        (await AdjustAsync("b", 1, warehouse: "XXX")).Error!.Code.ShouldBe("inventory.warehouse_unknown");
        (await AdjustAsync("c", 0)).Error!.Code.ShouldBe("inventory.nothing_to_adjust");
        (await AdjustAsync("d", 1, reason: " ")).Error!.Code.ShouldBe("inventory.reason_missing");
        (await AdjustAsync("", 1)).Error!.Code.ShouldBe("inventory.key_invalid");
        (await AdjustAsync("e", 1, sku: TestHub.Set)).Error!.Code.ShouldBe("inventory.kit_has_no_stock");
    }

    [Fact]
    public async Task A_warehouse_lead_adjusts_the_own_warehouse_only()
    {
        (await AdjustAsync("own", 1, boundTo: hub.Suzhou)).IsOk.ShouldBeTrue();
        (await AdjustAsync("other", 1, boundTo: hub.Guangzhou)).Error!.Kind.ShouldBe(ErrorKind.Forbidden);
    }

    [Fact]
    public async Task An_adjustment_stands_in_the_ledger_with_reason_and_running_balance()
    {
        var before = await OnHandAsync(TestHub.Sock);
        await AdjustAsync("ledger-1", 8, TestHub.Sock, reason: " 找回 ");
        await AdjustAsync("ledger-2", -3, TestHub.Sock, reason: "破损");

        var lines = (await new ReadMovements(hub.Database).ReadAsync(new MovementQuery(hub.Sku(TestHub.Sock).Id, hub.Suzhou, null, 2), default)).Lines;

        lines.Select(l => (l.Kind, l.Bucket, l.Delta, l.BalanceAfter, l.Reason)).ShouldBe(
            [(MovementKind.Adjustment, Bucket.OnHand, -3, before + 5, "破损"), (MovementKind.Adjustment, Bucket.OnHand, 8, before + 8, "找回")]);
        lines.ShouldAllBe(l => l.Document.StartsWith("adjust:TZ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Channels_see_stock_less_the_safety_stock_and_zero_at_the_threshold()
    {
        await using var other = hub.AnotherHost();
        await using var scope = other.CreateAsyncScope();
        var services = scope.ServiceProvider;
        var cap = hub.Sku(TestHub.Cap).Id;
        var available = (await services.GetRequiredService<IStockReader>().RowsAsync(cap, default)).Sum(r => r.Available);
        await AdjustAsync("publish", 50 - available, TestHub.Cap);

        async Task<int> ShownAsync(int safety, int zero)
        {
            await services.GetRequiredService<IStockReceipts>().SetPublishRulesAsync([new PublishRule(cap, safety, zero)], Actor.System, default);
            var shown = (await services.GetRequiredService<IStockReader>().PublishableAsync([cap], default)).ShouldHaveSingleItem().Publish;
            (await services.GetRequiredService<ReadSkuStock>().ReadAsync(TestHub.Cap, default)).Value.Publish.ShouldBe(shown, "page and channels say the same");
            return shown;
        }

        (await ShownAsync(0, 0)).ShouldBe(50);
        (await ShownAsync(8, 0)).ShouldBe(42);
        (await ShownAsync(8, 49)).ShouldBe(42);
        (await ShownAsync(8, 50)).ShouldBe(0);
        (await ShownAsync(60, 0)).ShouldBe(0);
    }
}
