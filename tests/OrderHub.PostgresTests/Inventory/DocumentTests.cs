using OrderHub.Inventory.Arrivals;
using OrderHub.Inventory.Contracts;
using OrderHub.Inventory.Documents;
using OrderHub.Inventory.Ledger;
using OrderHub.Inventory.Transfers;
using OrderHub.Platform.Accounts;
using OrderHub.Platform.Results;
using OrderHub.PostgresTests.Infrastructure;

namespace OrderHub.PostgresTests.Inventory;

public sealed class DocumentTests(TestHub hub) : IClassFixture<TestHub>
{
    private readonly StockDesk _desk = new(hub);

    private Task<Result<string>> ReceiveAsync(string no, int sellable, int defective, bool last, string? key = null, string? batch = null, DateOnly? expires = null) =>
        _desk.AsAsync<ReceiveGoodsHandler, Result<string>>(StockDesk.Wang, receive => receive.ReceiveAsync(new GoodsReceived(no, key ?? _desk.NewKey(), [new ArrivedLine(1, sellable, defective, batch, expires)], last), default));

    private Task<int> WaitingAsync() => _desk.AsAsync<ListDocuments, int>(StockDesk.Wang, documents => documents.CountWaitingAsync(default));

    private Task<Result<string>> ShipAsync(string no, int? boundTo = null) => _desk.AsAsync<ShipTransferHandler, Result<string>>(StockDesk.Wang, ship => ship.ShipAsync(no, default), boundTo);

    [Fact]
    public async Task A_purchase_is_in_transit_until_it_is_received_and_a_short_delivery_leaves_nothing_under_way()
    {
        var before = await hub.StockAsync(TestHub.Shirt, hub.Suzhou);
        var no = (await _desk.OpenAsync(DocumentKind.Receipt, "SUZ", lines: new DraftLine(TestHub.Shirt, 100))).Value;
        (await hub.StockAsync(TestHub.Shirt, hub.Suzhou)).ShouldBe(before with { PurchaseInTransit = before.PurchaseInTransit + 100 });

        (await ReceiveAsync(no, 60, 5, last: false)).IsOk.ShouldBeTrue();
        (await hub.StockAsync(TestHub.Shirt, hub.Suzhou)).ShouldBe(before with { OnHand = before.OnHand + 60, Defective = before.Defective + 5, PurchaseInTransit = before.PurchaseInTransit + 35 });
        (await ReceiveAsync(no, 20, 0, last: true)).IsOk.ShouldBeTrue();

        (await hub.StockAsync(TestHub.Shirt, hub.Suzhou)).ShouldBe(before with { OnHand = before.OnHand + 80, Defective = before.Defective + 5 });
        var view = await _desk.ViewAsync(no);
        (view.State, view.Lines[0].Difference).ShouldBe((DocumentState.Done, -15));
        view.Movements.Count(m => m.Bucket == Bucket.PurchaseInTransit).ShouldBe(3);
        (await ReceiveAsync(no, 1, 0, last: true)).Error!.Code.ShouldBe("inventory.wrong_step");
        await _desk.ShouldBeCleanAsync();
    }

    [Fact]
    public async Task An_over_delivery_is_received_and_shows_as_a_difference()
    {
        var before = await hub.StockAsync(TestHub.Cap, hub.Suzhou);
        var no = (await _desk.OpenAsync(DocumentKind.Receipt, "SUZ", lines: new DraftLine(TestHub.Cap, 10))).Value;
        await ReceiveAsync(no, 12, 0, last: true);

        (await hub.StockAsync(TestHub.Cap, hub.Suzhou)).ShouldBe(before with { OnHand = before.OnHand + 12 });
        (await _desk.ViewAsync(no)).Lines[0].Difference.ShouldBe(2);
        await _desk.ShouldBeCleanAsync();
    }

    [Fact]
    public async Task The_same_arrival_sent_twice_and_at_once_is_posted_once()
    {
        var no = (await _desk.OpenAsync(DocumentKind.Receipt, "CAN", lines: new DraftLine(TestHub.Shirt, 50))).Value;
        var before = await hub.StockAsync(TestHub.Shirt, hub.Guangzhou);
        var key = _desk.NewKey();

        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => ReceiveAsync(no, 10, 0, last: false, key)));

        answers.ShouldAllBe(a => a.IsOk);
        (await hub.StockAsync(TestHub.Shirt, hub.Guangzhou)).OnHand.ShouldBe(before.OnHand + 10);
    }

    [Fact]
    public async Task The_same_form_sent_six_times_is_one_document()
    {
        var key = _desk.NewKey();
        var before = await hub.StockAsync(TestHub.Sock, hub.Guangzhou);
        var opened = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => _desk.OpenAsync(DocumentKind.Receipt, "CAN", key: key, lines: new DraftLine(TestHub.Sock, 7))));

        opened.Select(o => o.Value).Distinct().Count().ShouldBe(1);
        (await hub.StockAsync(TestHub.Sock, hub.Guangzhou)).PurchaseInTransit.ShouldBe(before.PurchaseInTransit + 7);
    }

    [Fact]
    public async Task A_transfer_leaves_one_warehouse_and_arrives_in_the_other_and_what_is_lost_on_the_way_is_a_difference()
    {
        await hub.ReceiveAsync(TestHub.Sock, hub.Suzhou, 30);
        var (source, target) = (await hub.StockAsync(TestHub.Sock, hub.Suzhou), await hub.StockAsync(TestHub.Sock, hub.Guangzhou));
        var no = (await _desk.OpenAsync(DocumentKind.Transfer, "CAN", "SUZ", lines: new DraftLine(TestHub.Sock, 20))).Value;
        (await hub.StockAsync(TestHub.Sock, hub.Suzhou)).ShouldBe(source, "a plan moves nothing");

        (await ShipAsync(no, boundTo: hub.Guangzhou)).Error!.Kind.ShouldBe(ErrorKind.Forbidden, "the source ships");
        (await ShipAsync(no)).IsOk.ShouldBeTrue();
        (await hub.StockAsync(TestHub.Sock, hub.Suzhou)).ShouldBe(source with { OnHand = source.OnHand - 20 });
        (await hub.StockAsync(TestHub.Sock, hub.Guangzhou)).ShouldBe(target with { TransferInTransit = target.TransferInTransit + 20 });
        (await ShipAsync(no)).Error!.Code.ShouldBe("inventory.wrong_step");

        await ReceiveAsync(no, 18, 1, last: true);
        (await hub.StockAsync(TestHub.Sock, hub.Guangzhou)).ShouldBe(target with { OnHand = target.OnHand + 18, Defective = target.Defective + 1 });
        (await _desk.ViewAsync(no)).Lines[0].Difference.ShouldBe(-1);
        await _desk.ShouldBeCleanAsync();
    }

    [Fact]
    public async Task A_transfer_never_ships_what_orders_hold()
    {
        await hub.ReceiveAsync(TestHub.Cap, hub.Guangzhou, 5);
        var stock = await hub.StockAsync(TestHub.Cap, hub.Guangzhou);
        (await _desk.BuyAsync(900_001, TestHub.Cap, hub.Guangzhou, stock.Available - 1)).ShouldBeTrue();
        var no = (await _desk.OpenAsync(DocumentKind.Transfer, "SUZ", "CAN", lines: new DraftLine(TestHub.Cap, 2))).Value;

        (await ShipAsync(no)).Error!.Code.ShouldBe("inventory.not_enough_stock");

        (await hub.StockAsync(TestHub.Cap, hub.Guangzhou)).OnHand.ShouldBe(stock.OnHand);
        (await _desk.ViewAsync(no)).State.ShouldBe(DocumentState.Draft, "a refused step leaves the document as it was");
        await _desk.ReleaseAsync(900_001);
    }

    [Fact]
    public async Task A_returned_piece_is_sellable_only_after_inspection_and_a_broken_one_never()
    {
        var before = await hub.StockAsync(TestHub.Cap, hub.Suzhou);
        var expected = new ExpectedReturn("ticket:1001", "AS-1001", hub.Suzhou, [new ReturnedGoods(hub.Sku(TestHub.Cap).Id, 3)], "七天无理由");
        var no = await _desk.ExpectAsync(expected);
        (await _desk.ExpectAsync(expected)).ShouldBe(no, "the same ticket again is the same return");
        (await hub.StockAsync(TestHub.Cap, hub.Suzhou)).ShouldBe(before with { ReturnInTransit = before.ReturnInTransit + 3 });

        await ReceiveAsync(no, 2, 1, last: true);

        var after = await hub.StockAsync(TestHub.Cap, hub.Suzhou);
        after.ShouldBe(before with { OnHand = before.OnHand + 2, Defective = before.Defective + 1 });
        after.Available.ShouldBe(before.Available + 2);
        await _desk.ShouldBeCleanAsync();
    }

    [Fact]
    public async Task Goods_that_will_never_come_are_taken_out_of_transit()
    {
        var before = await hub.StockAsync(TestHub.Shirt, hub.Guangzhou);
        var no = (await _desk.OpenAsync(DocumentKind.Receipt, "CAN", lines: new DraftLine(TestHub.Shirt, 9))).Value;
        (await _desk.AsAsync<CancelDocumentHandler, Result<string>>(StockDesk.Wang, cancel => cancel.CancelAsync(no, default))).IsOk.ShouldBeTrue();
        (await hub.StockAsync(TestHub.Shirt, hub.Guangzhou)).ShouldBe(before);
        (await _desk.AsAsync<CancelDocumentHandler, Result<string>>(StockDesk.Wang, cancel => cancel.CancelAsync(no, default))).Error!.Code.ShouldBe("inventory.document_closed");
    }

    [Fact]
    public async Task A_small_adjustment_is_posted_at_once_and_a_large_one_waits_for_another_person()
    {
        var zhao = new Actor("赵仓管", 13);
        var (before, waiting) = (await hub.StockAsync(TestHub.Shirt, hub.Suzhou), await WaitingAsync());
        var small = (await _desk.OpenAsync(DocumentKind.Adjustment, "SUZ", by: zhao, lines: new DraftLine(TestHub.Shirt, 50))).Value;
        (await _desk.ViewAsync(small)).State.ShouldBe(DocumentState.Done);
        var large = (await _desk.OpenAsync(DocumentKind.Adjustment, "SUZ", by: zhao, lines: [new DraftLine(TestHub.Shirt, 51), new DraftLine(TestHub.Shirt, 4, Bucket.Defective)])).Value;
        (await hub.StockAsync(TestHub.Shirt, hub.Suzhou)).ShouldBe(before with { OnHand = before.OnHand + 50 });
        (await WaitingAsync()).ShouldBe(waiting + 1);

        (await _desk.DecideAsync(large, true, zhao)).Error!.Code.ShouldBe("inventory.own_document");
        (await _desk.DecideAsync(large, true)).IsOk.ShouldBeTrue();
        (await _desk.DecideAsync(large, true)).Error!.Code.ShouldBe("inventory.nothing_to_decide");

        (await hub.StockAsync(TestHub.Shirt, hub.Suzhou)).ShouldBe(before with { OnHand = before.OnHand + 101, Defective = before.Defective + 4 });
        (await _desk.ViewAsync(large)).DecidedBy.ShouldBe(StockDesk.Li.Name);
        (await WaitingAsync()).ShouldBe(waiting);
        await _desk.ShouldBeCleanAsync();
    }

    [Fact]
    public async Task A_rejected_adjustment_changes_nothing()
    {
        var before = await hub.StockAsync(TestHub.Shirt, hub.Suzhou);
        var no = (await _desk.OpenAsync(DocumentKind.Adjustment, "SUZ", lines: new DraftLine(TestHub.Shirt, 500))).Value;
        (await _desk.DecideAsync(no, false)).IsOk.ShouldBeTrue();
        (await _desk.ViewAsync(no)).State.ShouldBe(DocumentState.Rejected);
        (await hub.StockAsync(TestHub.Shirt, hub.Suzhou)).ShouldBe(before);
    }

    [Fact]
    public async Task Frozen_pieces_cannot_be_sold_until_they_are_thawed()
    {
        await hub.ReceiveAsync(TestHub.Cap, hub.Suzhou, 6);
        var before = await hub.StockAsync(TestHub.Cap, hub.Suzhou);
        (await _desk.OpenAsync(DocumentKind.Freeze, "SUZ", lines: new DraftLine(TestHub.Cap, before.Available))).IsOk.ShouldBeTrue();

        (await _desk.BuyAsync(900_100, TestHub.Cap, hub.Suzhou, 1)).ShouldBeFalse();
        (await _desk.OpenAsync(DocumentKind.Freeze, "SUZ", lines: new DraftLine(TestHub.Cap, 1))).Error!.Code.ShouldBe("inventory.not_enough_stock");
        (await _desk.OpenAsync(DocumentKind.Freeze, "SUZ", lines: new DraftLine(TestHub.Cap, -before.Available - before.Frozen - 1))).Error!.Code.ShouldBe("inventory.bucket_too_small");

        (await _desk.OpenAsync(DocumentKind.Freeze, "SUZ", lines: new DraftLine(TestHub.Cap, -before.Available))).IsOk.ShouldBeTrue();
        (await hub.StockAsync(TestHub.Cap, hub.Suzhou)).ShouldBe(before);
        await _desk.ShouldBeCleanAsync();
    }

    [Fact]
    public async Task Packing_a_set_takes_its_parts_and_puts_the_packed_pieces_on_the_shelf()
    {
        await hub.ReceiveAsync(TestHub.Shirt, hub.Suzhou, 10);
        await hub.ReceiveAsync(TestHub.Sock, hub.Suzhou, 10);
        var (shirt, sock, cap) = (await hub.StockAsync(TestHub.Shirt, hub.Suzhou), await hub.StockAsync(TestHub.Sock, hub.Suzhou), await hub.StockAsync(TestHub.Cap, hub.Suzhou));

        (await _desk.OpenAsync(DocumentKind.Kit, "SUZ", lines: [new(TestHub.Shirt, -2), new(TestHub.Sock, -4), new(TestHub.Cap, 2)])).IsOk.ShouldBeTrue();

        (await hub.StockAsync(TestHub.Shirt, hub.Suzhou)).OnHand.ShouldBe(shirt.OnHand - 2);
        (await hub.StockAsync(TestHub.Sock, hub.Suzhou)).OnHand.ShouldBe(sock.OnHand - 4);
        (await hub.StockAsync(TestHub.Cap, hub.Suzhou)).OnHand.ShouldBe(cap.OnHand + 2);
        (await _desk.OpenAsync(DocumentKind.Kit, "SUZ", lines: [new(TestHub.Shirt, -1), new(TestHub.Set, 1)])).Error!.Code.ShouldBe("inventory.kit_has_no_stock");
        (await _desk.OpenAsync(DocumentKind.Kit, "SUZ", lines: new DraftLine(TestHub.Cap, 1))).Error!.Code.ShouldBe("inventory.kit_needs_both_sides");
    }

    [Fact]
    public async Task A_colleague_bound_to_one_warehouse_writes_no_document_for_another()
    {
        Task<Result<string>> OpenAsync(string warehouse, string? from) => _desk.AsAsync<OpenDocument, Result<string>>(StockDesk.Wang,
            open => open.OpenAsync(new DocumentDraft(from is null ? DocumentKind.Receipt : DocumentKind.Transfer, _desk.NewKey(), warehouse, [new DraftLine(TestHub.Cap, 1)], "", "", from), default), boundTo: hub.Suzhou);
        (await OpenAsync("CAN", null)).Error!.Kind.ShouldBe(ErrorKind.Forbidden);
        (await OpenAsync("SUZ", null)).IsOk.ShouldBeTrue();
        (await OpenAsync("CAN", "SUZ")).IsOk.ShouldBeTrue("a transfer concerns both its warehouses");
    }
}
