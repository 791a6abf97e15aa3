using OrderHub.Inventory.Batches;
using OrderHub.Inventory.Contracts;
using OrderHub.Inventory.Documents;
using OrderHub.Inventory.Ledger;
using OrderHub.Inventory.Transfers;
using OrderHub.Inventory.Arrivals;
using OrderHub.Platform.Accounts;
using OrderHub.Platform.Results;
using OrderHub.Platform.Units;
using OrderHub.PostgresTests.Infrastructure;

namespace OrderHub.PostgresTests.Inventory;

public sealed class BatchTests(TestHub hub) : IClassFixture<TestHub>
{
    private static int _numbers = 930_000;
    private readonly StockDesk _desk = new(hub);
    private static DateOnly Today => ShopTime.BusinessDay(TimeProvider.System.GetUtcNow());

    private Task ReceiveAsync(string sku, int quantity, string? batch, int? daysLeft) => hub.InScopeAsync<IStockReceipts, bool>(receipts =>
        receipts.ReceiveAsync($"B{Interlocked.Increment(ref _numbers)}", [new(hub.Sku(sku).Id, hub.Suzhou, quantity, batch, daysLeft is { } days ? Today.AddDays(days) : null)], Actor.System, default));

    private async Task<Dictionary<string, int>> BatchesAsync(string sku, string warehouse = "苏州仓") =>
        (await hub.InScopeAsync<ListBatches, BatchList>(list => list.ReadAsync(BatchView.All, sku, 100, default))).Rows.Where(r => r.Warehouse == warehouse).ToDictionary(r => r.BatchNo, r => r.Quantity);

    private async Task ShipAsync(string sku, int quantity)
    {
        var order = Interlocked.Increment(ref _numbers);
        (await _desk.BuyAsync(order, sku, hub.Suzhou, quantity)).ShouldBeTrue();
        await _desk.ShipAsync(order);
    }

    [Fact]
    public async Task What_expires_first_is_shipped_first_and_reserving_chooses_no_batch()
    {
        await ReceiveAsync(TestHub.Sock, 10, "late", 300);
        await ReceiveAsync(TestHub.Sock, 5, "soon", 20);
        await ReceiveAsync(TestHub.Sock, 4, "over", -2);
        await ReceiveAsync(TestHub.Sock, 3, null, null);
        var order = Interlocked.Increment(ref _numbers);
        (await _desk.BuyAsync(order, TestHub.Sock, hub.Suzhou, 7)).ShouldBeTrue();
        (await BatchesAsync(TestHub.Sock)).ShouldBe(new Dictionary<string, int> { ["over"] = 4, ["soon"] = 5, ["late"] = 10 }, ignoreOrder: true);

        await _desk.ShipAsync(order);
        (await BatchesAsync(TestHub.Sock)).ShouldBe(new Dictionary<string, int> { ["over"] = 4, ["late"] = 8 }, ignoreOrder: true);
        await ShipAsync(TestHub.Sock, 12);
        (await BatchesAsync(TestHub.Sock)).ShouldBe(new Dictionary<string, int> { ["over"] = 3 }, "unexpired, then pieces without a number, then what is over");

        (await hub.InScopeAsync<ListBatches, BatchList>(list => list.ReadAsync(BatchView.Expired, null, 100, default))).Rows.Select(r => r.BatchNo).ShouldBe(["over"]);
        await _desk.ShouldBeCleanAsync();
    }

    [Fact]
    public async Task A_transfer_carries_its_batches_to_the_other_warehouse()
    {
        await ReceiveAsync(TestHub.Cap, 6, "C1", 40);
        await ReceiveAsync(TestHub.Cap, 6, "C2", 80);
        var no = (await _desk.OpenAsync(DocumentKind.Transfer, "CAN", "SUZ", lines: new DraftLine(TestHub.Cap, 8))).Value;
        await _desk.AsAsync<ShipTransferHandler, Result<string>>(StockDesk.Wang, ship => ship.ShipAsync(no, default));
        await _desk.AsAsync<ReceiveGoodsHandler, Result<string>>(StockDesk.Wang, receive => receive.ReceiveAsync(new GoodsReceived(no, "1", [new ArrivedLine(1, 7, 0)], false), default));
        await _desk.AsAsync<ReceiveGoodsHandler, Result<string>>(StockDesk.Wang, receive => receive.ReceiveAsync(new GoodsReceived(no, "2", [new ArrivedLine(1, 1, 0)], true), default));

        (await BatchesAsync(TestHub.Cap)).ShouldBe(new Dictionary<string, int> { ["C2"] = 4 });
        (await BatchesAsync(TestHub.Cap, "广州仓")).ShouldBe(new Dictionary<string, int> { ["C1"] = 6, ["C2"] = 2 }, ignoreOrder: true);
        await _desk.ShouldBeCleanAsync();
    }

    [Fact]
    public async Task Writing_off_a_named_batch_takes_that_batch()
    {
        await ReceiveAsync(TestHub.Shirt, 5, "old", 10);
        await ReceiveAsync(TestHub.Shirt, 5, "new", 100);
        (await _desk.OpenAsync(DocumentKind.Adjustment, "SUZ", lines: new DraftLine(TestHub.Shirt, -3, Bucket.OnHand, "new"))).IsOk.ShouldBeTrue();
        (await BatchesAsync(TestHub.Shirt)).ShouldBe(new Dictionary<string, int> { ["old"] = 5, ["new"] = 2 }, ignoreOrder: true);
        await _desk.ShouldBeCleanAsync();
    }
}
