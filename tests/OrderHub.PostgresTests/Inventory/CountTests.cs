using OrderHub.Inventory.Counts;
using OrderHub.Inventory.Documents;
using OrderHub.Platform.Results;
using OrderHub.PostgresTests.Infrastructure;

namespace OrderHub.PostgresTests.Inventory;

public sealed class CountTests(TestHub hub) : IClassFixture<TestHub>
{
    private static int _orders = 910_000;
    private readonly StockDesk _desk = new(hub);

    private Task<Result<string>> RecordAsync(string no, int line, int quantity, DateTimeOffset? at = null) =>
        _desk.AsAsync<RecordCountHandler, Result<string>>(StockDesk.Wang, record => record.RecordAsync(new CountedSku(no, line, quantity, at), default));

    private Task<Result<string>> SubmitAsync(string no) => _desk.AsAsync<SubmitCountHandler, Result<string>>(StockDesk.Wang, submit => submit.SubmitAsync(no, default));

    private async Task SellAsync(string sku, int quantity)
    {
        var order = Interlocked.Increment(ref _orders);
        (await _desk.BuyAsync(order, sku, hub.Suzhou, quantity)).ShouldBeTrue();
        await _desk.ShipAsync(order);
    }

    [Fact]
    public async Task Whoever_counts_does_not_see_what_the_ledger_says_until_the_count_is_handed_in()
    {
        await hub.ReceiveAsync(TestHub.Shirt, hub.Suzhou, 20);
        var onHand = (await hub.StockAsync(TestHub.Shirt, hub.Suzhou)).OnHand;
        var no = (await _desk.OpenAsync(DocumentKind.Count, "SUZ", lines: new DraftLine(TestHub.Shirt, 0))).Value;
        (await SubmitAsync(no)).Error!.Code.ShouldBe("inventory.not_counted");
        await RecordAsync(no, 1, onHand - 3);

        var blind = (await _desk.ViewAsync(no)).Lines[0];
        (blind.Quantity, blind.SystemQuantity, blind.Difference).ShouldBe((onHand - 3, null, null));
        await SubmitAsync(no);

        var open = await _desk.ViewAsync(no);
        (open.State, open.Lines[0].SystemQuantity, open.Lines[0].Difference, open.VarianceFen).ShouldBe((DocumentState.Waiting, onHand, -3, -3 * hub.Sku(TestHub.Shirt).CostFen));
        (await _desk.DecideAsync(no, false)).IsOk.ShouldBeTrue();
    }

    [Fact]
    public async Task Sales_during_a_count_and_after_it_do_not_distort_it()
    {
        await hub.ReceiveAsync(TestHub.Sock, hub.Suzhou, 40);
        var no = (await _desk.OpenAsync(DocumentKind.Count, "SUZ", lines: new DraftLine(TestHub.Sock, 0))).Value;
        await SellAsync(TestHub.Sock, 5);
        var shelf = (await hub.StockAsync(TestHub.Sock, hub.Suzhou)).OnHand - 2; // two pieces are really missing
        var countedAt = TimeProvider.System.GetUtcNow();
        await Task.Delay(20);
        await SellAsync(TestHub.Sock, 7); // after the counting, before it is written down

        await RecordAsync(no, 1, shelf, countedAt);
        await SellAsync(TestHub.Sock, 3); // before it is approved
        await SubmitAsync(no);
        (await _desk.ViewAsync(no)).Lines[0].Difference.ShouldBe(-2);
        var before = (await hub.StockAsync(TestHub.Sock, hub.Suzhou)).OnHand;
        (await _desk.DecideAsync(no, true)).IsOk.ShouldBeTrue();

        (await hub.StockAsync(TestHub.Sock, hub.Suzhou)).OnHand.ShouldBe(before - 2);
        await _desk.ShouldBeCleanAsync();
    }

    [Fact]
    public async Task A_count_without_differences_is_done_at_once_and_posts_nothing()
    {
        var onHand = (await hub.StockAsync(TestHub.Cap, hub.Suzhou)).OnHand;
        var no = (await _desk.OpenAsync(DocumentKind.Count, "SUZ", lines: new DraftLine(TestHub.Cap, 0))).Value;
        await RecordAsync(no, 1, onHand);
        await SubmitAsync(no);

        var view = await _desk.ViewAsync(no);
        view.State.ShouldBe(DocumentState.Done);
        view.Movements.ShouldBeEmpty();
    }

    [Fact]
    public async Task Whoever_counted_does_not_approve_the_variance()
    {
        var onHand = (await hub.StockAsync(TestHub.Cap, hub.Suzhou)).OnHand;
        var no = (await _desk.OpenAsync(DocumentKind.Count, "SUZ", lines: new DraftLine(TestHub.Cap, 0))).Value;
        await _desk.AsAsync<RecordCountHandler, Result<string>>(StockDesk.Li, record => record.RecordAsync(new CountedSku(no, 1, onHand + 4), default));
        await SubmitAsync(no);

        (await _desk.DecideAsync(no, true, StockDesk.Li)).Error!.Code.ShouldBe("inventory.own_document");
        (await _desk.DecideAsync(no, true, new("赵总", 13))).IsOk.ShouldBeTrue();
        (await hub.StockAsync(TestHub.Cap, hub.Suzhou)).OnHand.ShouldBe(onHand + 4);
    }
}
