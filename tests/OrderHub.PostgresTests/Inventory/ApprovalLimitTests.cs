using Microsoft.AspNetCore.Http;
using OrderHub.Inventory.Adjustments;
using OrderHub.Inventory.Documents;
using OrderHub.Inventory.Ledger;
using OrderHub.Inventory.Stock;
using OrderHub.Platform.Accounts;
using OrderHub.PostgresTests.Infrastructure;

namespace OrderHub.PostgresTests.Inventory;

/// <summary>The limit is 50 pieces; everybody here adjusts for the first time that day.</summary>
public sealed class ApprovalLimitTests(TestHub hub) : IClassFixture<TestHub>
{
    private static int _people = 100;
    private readonly StockDesk _desk = new(hub);

    private static Actor Somebody()
    {
        var id = Interlocked.Increment(ref _people);
        return new Actor($"同事{id}", id);
    }

    private async Task<DocumentState> AdjustAsync(Actor by, int pieces, string sku = TestHub.Shirt, string warehouse = "SUZ", Bucket bucket = Bucket.OnHand) =>
        (await _desk.ViewAsync((await _desk.OpenAsync(DocumentKind.Adjustment, warehouse, by: by, lines: new DraftLine(sku, pieces, bucket))).Value)).State;

    [Fact]
    public async Task Ten_small_adjustments_of_a_SKU_on_one_day_need_approval_once_they_exceed_the_limit_together()
    {
        var (somebody, before) = (Somebody(), await hub.StockAsync(TestHub.Shirt, hub.Suzhou));

        var states = new List<DocumentState>();
        for (var i = 0; i < 10; i++) states.Add(await AdjustAsync(somebody, 10));

        states.ShouldBe([.. Enumerable.Repeat(DocumentState.Done, 5), .. Enumerable.Repeat(DocumentState.Waiting, 5)]);
        (await hub.StockAsync(TestHub.Shirt, hub.Suzhou)).OnHand.ShouldBe(before.OnHand + 50);
        (await AdjustAsync(Somebody(), 50)).ShouldBe(DocumentState.Done, "a colleague's day is another one");
        (await AdjustAsync(somebody, 50, TestHub.Cap)).ShouldBe(DocumentState.Done, "and so is another SKU's");
    }

    [Fact]
    public async Task Taking_away_what_was_added_in_another_warehouse_or_as_defective_counts_as_much_as_adding_it()
    {
        var somebody = Somebody();
        (await AdjustAsync(somebody, 20)).ShouldBe(DocumentState.Done);
        (await AdjustAsync(somebody, -20)).ShouldBe(DocumentState.Done);
        (await AdjustAsync(somebody, 6, warehouse: "CAN", bucket: Bucket.Defective)).ShouldBe(DocumentState.Done);
        (await AdjustAsync(somebody, 5, warehouse: "CAN")).ShouldBe(DocumentState.Waiting);
        (await AdjustAsync(somebody with { Name = "改了名" }, 5)).ShouldBe(DocumentState.Waiting, "a new name is the same person");
    }

    [Fact]
    public async Task What_a_colleague_approved_and_what_was_adjusted_on_an_earlier_day_leave_the_limit_whole()
    {
        var somebody = Somebody();
        var large = (await _desk.OpenAsync(DocumentKind.Adjustment, "SUZ", by: somebody, lines: new DraftLine(TestHub.Sock, 200))).Value;
        (await _desk.DecideAsync(large, true)).IsOk.ShouldBeTrue();
        (await AdjustAsync(somebody, 50, TestHub.Sock)).ShouldBe(DocumentState.Done);
        await hub.Database.RunAsync(tx => tx.ExecuteAsync("update inventory_documents set created_at = created_at - interval '1 day' where created_by_id = $1", default, somebody.UserId), default);

        (await AdjustAsync(somebody, 50, TestHub.Sock)).ShouldBe(DocumentState.Done);
        (await AdjustAsync(somebody, 1, TestHub.Sock)).ShouldBe(DocumentState.Waiting);
    }

    [Fact]
    public async Task Ten_adjustments_at_once_do_not_slip_through_the_limit_together()
    {
        var (somebody, before) = (Somebody(), await hub.StockAsync(TestHub.Cap, hub.Guangzhou));

        var states = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => AdjustAsync(somebody, 10, TestHub.Cap, "CAN")));

        states.Count(s => s == DocumentState.Done).ShouldBe(5);
        (await hub.StockAsync(TestHub.Cap, hub.Guangzhou)).OnHand.ShouldBe(before.OnHand + 50);
    }

    [Fact]
    public async Task An_assembly_that_makes_ten_thousand_pieces_out_of_one_waits_for_another_person()
    {
        var somebody = Somebody();
        await hub.ReceiveAsync(TestHub.Shirt, hub.Suzhou, 1);
        var (shirt, cap) = (await hub.StockAsync(TestHub.Shirt, hub.Suzhou), await hub.StockAsync(TestHub.Cap, hub.Suzhou));

        var no = (await _desk.OpenAsync(DocumentKind.Kit, "SUZ", by: somebody, lines: [new(TestHub.Shirt, -1), new(TestHub.Cap, 10_000)])).Value;
        (await hub.StockAsync(TestHub.Cap, hub.Suzhou)).ShouldBe(cap);
        (await _desk.DecideAsync(no, true, somebody)).Error!.Code.ShouldBe("inventory.own_document");
        (await _desk.DecideAsync(no, true)).IsOk.ShouldBeTrue();

        (await hub.StockAsync(TestHub.Shirt, hub.Suzhou)).OnHand.ShouldBe(shirt.OnHand - 1);
        (await hub.StockAsync(TestHub.Cap, hub.Suzhou)).OnHand.ShouldBe(cap.OnHand + 10_000);
        (await _desk.ViewAsync(no)).Movements.ShouldAllBe(m => m.Kind == MovementKind.Kit);
        await _desk.ShouldBeCleanAsync();
    }

    [Fact]
    public async Task Assemblies_and_adjustments_of_one_day_share_the_limit()
    {
        var somebody = Somebody();
        await hub.ReceiveAsync(TestHub.Sock, hub.Suzhou, 60);
        (await AssembleAsync(25)).ShouldBe(DocumentState.Done, "25 out and 25 in are 50 pieces");
        (await AssembleAsync(1)).ShouldBe(DocumentState.Waiting);
        (await AdjustAsync(somebody, 25, TestHub.Cap)).ShouldBe(DocumentState.Done);
        (await AdjustAsync(somebody, 1, TestHub.Cap)).ShouldBe(DocumentState.Waiting);

        async Task<DocumentState> AssembleAsync(int sets) =>
            (await _desk.ViewAsync((await _desk.OpenAsync(DocumentKind.Kit, "SUZ", by: somebody, lines: [new(TestHub.Sock, -sets), new(TestHub.Cap, sets)])).Value)).State;
    }

    [Fact]
    public async Task A_program_above_the_limit_is_told_that_its_adjustment_waits_and_asks_with_the_same_key_what_became_of_it()
    {
        var (program, before) = (new Actor("api:wms"), (await hub.StockAsync(TestHub.Sock, hub.Guangzhou)).OnHand);
        (await SendAsync("below", 50)).Status.ShouldBe(StatusCodes.Status200OK);

        var (status, answer) = await SendAsync("above", 1);
        status.ShouldBe(StatusCodes.Status202Accepted);
        var waiting = answer.ShouldBeOfType<WaitingAnswer>();
        waiting.State.ShouldBe("waiting");
        (await SendAsync("above", 1)).ShouldBe((StatusCodes.Status202Accepted, waiting), "the same key is the same document");
        (await hub.StockAsync(TestHub.Sock, hub.Guangzhou)).OnHand.ShouldBe(before + 50);

        (await _desk.DecideAsync(waiting.Document, true)).IsOk.ShouldBeTrue();
        (await SendAsync("above", 1)).ShouldSatisfyAllConditions(
            again => again.Status.ShouldBe(StatusCodes.Status200OK),
            again => again.Answer.ShouldBeOfType<AdjustmentAnswer>().Stock.OnHand.ShouldBe(before + 51));

        var rejected = (await SendAsync("rejected", 400)).Answer.ShouldBeOfType<WaitingAnswer>();
        (await _desk.DecideAsync(rejected.Document, false)).IsOk.ShouldBeTrue();
        (await SendAsync("rejected", 400)).Status.ShouldBe(StatusCodes.Status409Conflict);
        (await hub.StockAsync(TestHub.Sock, hub.Guangzhou)).OnHand.ShouldBe(before + 51);
        await _desk.ShouldBeCleanAsync();

        Task<(int? Status, object? Answer)> SendAsync(string key, int delta) => _desk.AsAsync<AdjustByCode, (int?, object?)>(program, async adjust =>
        {
            var answer = await StockApi.AdjustAsync(new AdjustmentRequest(TestHub.Sock, "CAN", delta, "补登"), "limit-" + key, adjust, default);
            return (((IStatusCodeHttpResult)answer).StatusCode, (answer as IValueHttpResult)?.Value);
        });
    }
}
