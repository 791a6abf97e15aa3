using OrderHub.Inventory.Contracts;
using OrderHub.Inventory.Arrivals;
using OrderHub.Inventory.Documents;
using OrderHub.Inventory.Ledger;
using OrderHub.Inventory.Snapshots;
using OrderHub.Inventory.Transfers;
using OrderHub.Inventory.Variances;
using OrderHub.Platform.Jobs;
using OrderHub.Platform.Results;
using OrderHub.Platform.Units;
using OrderHub.PostgresTests.Infrastructure;

namespace OrderHub.PostgresTests.Inventory;

public sealed class SnapshotTests(TestHub hub) : IClassFixture<TestHub>
{
    private static int _numbers = 950_000;
    private readonly StockDesk _desk = new(hub);

    private Task<Result<SnapshotAnswer>> SendAsync(string id, DateTimeOffset at, bool complete, params (string Sku, int OnHand)[] lines) => SendFromAsync("SUZ", id, at, complete, lines);

    private Task<Result<SnapshotAnswer>> SendFromAsync(string warehouse, string id, DateTimeOffset at, bool complete, params (string Sku, int OnHand)[] lines) =>
        _desk.AsAsync<ReceiveSnapshotHandler, Result<SnapshotAnswer>>(new("api:wms"),
            receive => receive.ReceiveAsync(new IncomingSnapshot(id, warehouse, at, complete, [.. lines.Select(l => new TheirLine(l.Sku, l.OnHand, null))]), default));

    private async Task<BillLine> SendOneAsync(string id, DateTimeOffset at, string sku, int onHand, int? inTransit)
    {
        var answer = await _desk.AsAsync<ReceiveSnapshotHandler, Result<SnapshotAnswer>>(new("api:wms"), receive => receive.ReceiveAsync(new IncomingSnapshot(id, "SUZ", at, false, [new TheirLine(sku, onHand, inTransit)]), default));
        return (await BillAsync(answer.Value.Id)).Lines.Single();
    }

    private async Task<int> InTransitAsync(string sku)
    {
        var row = await hub.StockAsync(sku, hub.Suzhou);
        return row.PurchaseInTransit + row.TransferInTransit + row.ReturnInTransit;
    }

    private Task<Result<string>> ArriveAsync(string no, int pieces) =>
        _desk.AsAsync<ReceiveGoodsHandler, Result<string>>(StockDesk.Wang, receive => receive.ReceiveAsync(new GoodsReceived(no, _desk.NewKey(), [new ArrivedLine(1, pieces, 0)], false), default));

    private static async Task<DateTimeOffset> NowAsync()
    {
        var now = TimeProvider.System.GetUtcNow();
        await Task.Delay(20);
        return now;
    }

    private async Task<SnapshotBill> BillAsync(long id) => (await hub.InScopeAsync<ReadSnapshots, Result<SnapshotBill>>(read => read.ReadAsync(id, all: true, default))).Value;

    private async Task<int> OnHandAsync(string sku) => (await hub.StockAsync(sku, hub.Suzhou)).OnHand;

    [Fact]
    public async Task What_we_shipped_after_the_snapshot_explains_a_difference_and_the_rest_is_listed()
    {
        await hub.ReceiveAsync(TestHub.Shirt, hub.Suzhou, 50);
        await hub.ReceiveAsync(TestHub.Sock, hub.Suzhou, 20);
        var (shirts, socks) = (await OnHandAsync(TestHub.Shirt), await OnHandAsync(TestHub.Sock));
        var takenAt = TimeProvider.System.GetUtcNow();
        await Task.Delay(20);
        var order = Interlocked.Increment(ref _numbers);
        (await _desk.BuyAsync(order, TestHub.Shirt, hub.Suzhou, 6)).ShouldBeTrue();
        await _desk.ShipAsync(order);

        var answer = (await SendAsync("S-1", takenAt, false, (TestHub.Shirt, shirts), (TestHub.Sock, socks - 3), ("NO-SUCH", 2))).Value;

        (answer.Lines, answer.UnknownSkus, answer.Differing, answer.Unexplained).ShouldBe((3, 1, 3, 2));
        var bill = (await BillAsync(answer.Id)).Lines.ToDictionary(l => l.Code);
        var shirt = bill[TestHub.Shirt];
        (shirt.Difference.Total, shirt.Difference.ByMovements, shirt.Unexplained).ShouldBe((6, 6, 0));
        shirt.Because.ShouldHaveSingleItem().ShouldSatisfyAllConditions(d => d.No.ShouldBeNull(), d => (d.Kind, d.OnHand, d.Count).ShouldBe((MovementKind.Shipment, -6, 1)));
        (bill[TestHub.Sock].Difference.Total, bill[TestHub.Sock].Unexplained).ShouldBe((-3, -3));
        bill["NO-SUCH"].IsUnknown.ShouldBeTrue();
    }

    [Fact]
    public async Task Goods_they_booked_in_before_us_are_explained_by_our_receipt_in_transit()
    {
        await hub.ReceiveAsync(TestHub.Cap, hub.Suzhou, 5);
        await _desk.OpenAsync(DocumentKind.Receipt, "SUZ", lines: new DraftLine(TestHub.Cap, 30));
        var answer = (await SendAsync("S-2", TimeProvider.System.GetUtcNow(), false, (TestHub.Cap, await OnHandAsync(TestHub.Cap) + 32))).Value;

        var line = (await BillAsync(answer.Id)).Lines.Single();
        (line.Difference.ByArrivals, line.Unexplained).ShouldBe((30, 2));
    }

    [Fact]
    public async Task Their_in_transit_is_compared_with_ours_of_their_time_and_each_document_is_named()
    {
        await hub.ReceiveAsync(TestHub.Cap, hub.Suzhou, 40);
        await hub.ReceiveAsync(TestHub.Cap, hub.Guangzhou, 10);
        var purchase = (await _desk.OpenAsync(DocumentKind.Receipt, "SUZ", lines: new DraftLine(TestHub.Cap, 30))).Value;
        var coming = (await _desk.OpenAsync(DocumentKind.Transfer, "SUZ", "CAN", lines: new DraftLine(TestHub.Cap, 4))).Value;
        await _desk.AsAsync<ShipTransferHandler, Result<string>>(StockDesk.Wang, ship => ship.ShipAsync(coming, default));
        var going = (await _desk.OpenAsync(DocumentKind.Transfer, "CAN", "SUZ", lines: new DraftLine(TestHub.Cap, 3))).Value;
        var (onHand, inTransit, takenAt) = (await OnHandAsync(TestHub.Cap), await InTransitAsync(TestHub.Cap), await NowAsync());
        (await ArriveAsync(purchase, 12)).IsOk.ShouldBeTrue();
        var (first, second) = (Interlocked.Increment(ref _numbers), Interlocked.Increment(ref _numbers));
        foreach (var order in new[] { first, second }) (await _desk.BuyAsync(order, TestHub.Cap, hub.Suzhou, 2)).ShouldBeTrue();
        await _desk.ShipAsync(first, second);

        var line = await SendOneAsync("T-1", takenAt, TestHub.Cap, onHand, inTransit - 5);

        (line.OurInTransit, line.InTransitDifference, line.Unexplained).ShouldBe((inTransit, -5, 0), "what arrived after their time was in transit then");
        var documents = line.Because.Select(d => (d.Kind, d.No, d.OnHand, d.InTransit, d.Arriving, d.Leaving, d.Count)).ToList();
        documents.ShouldContain((MovementKind.Shipment, null, -4, 0, 0, 0, 2));
        documents.ShouldContain((MovementKind.Receipt, purchase, 12, -12, 18, 0, 1));
        documents.ShouldContain((MovementKind.Transfer, coming, 0, 0, 4, 0, 1));
        documents.ShouldContain((MovementKind.Transfer, going, 0, 0, 0, 3, 1));
        await _desk.AsAsync<ShipTransferHandler, Result<string>>(StockDesk.Wang, ship => ship.ShipAsync(going, default)); // other bills here have nothing leaving
    }

    [Fact]
    public async Task A_line_that_differs_in_transit_only_is_on_the_bill_and_one_that_agrees_or_is_not_said_is_not()
    {
        await hub.ReceiveAsync(TestHub.Sock, hub.Suzhou, 5);
        var (onHand, inTransit) = (await OnHandAsync(TestHub.Sock), await InTransitAsync(TestHub.Sock));
        (await DifferingAsync("T-2", inTransit + 7)).ShouldBe((1, 1));
        (await DifferingAsync("T-3", inTransit)).ShouldBe((0, 0));
        (await DifferingAsync("T-4", null)).ShouldBe((0, 0));

        async Task<(int, int)> DifferingAsync(string id, int? said)
        {
            await SendOneAsync(id, TimeProvider.System.GetUtcNow(), TestHub.Sock, onHand, said);
            var head = (await hub.InScopeAsync<ReadSnapshots, IReadOnlyList<SnapshotHead>>(read => read.ListAsync(default))).Single(h => h.SnapshotId == id);
            return ((await hub.InScopeAsync<ReadSnapshots, Result<SnapshotBill>>(read => read.ReadAsync(head.Id, all: false, default))).Value.Lines.Count, head.InTransitDiffering);
        }
    }

    [Fact]
    public async Task Goods_they_booked_in_before_their_time_and_we_after_it_are_no_loss()
    {
        await hub.ReceiveAsync(TestHub.Shirt, hub.Suzhou, 5);
        var purchase = (await _desk.OpenAsync(DocumentKind.Receipt, "SUZ", lines: new DraftLine(TestHub.Shirt, 9))).Value;
        var (theirs, takenAt) = (await OnHandAsync(TestHub.Shirt) + 9, await NowAsync());
        (await ArriveAsync(purchase, 9)).IsOk.ShouldBeTrue();

        var line = await SendOneAsync("T-5", takenAt, TestHub.Shirt, theirs, null);

        (line.Difference.Total, line.Difference.ByArrivals, line.Unexplained).ShouldBe((0, 9, 0));
    }

    [Fact]
    public async Task A_line_with_many_documents_lists_the_newest_and_says_how_many_more_and_a_later_look_reads_the_same()
    {
        await hub.ReceiveAsync(TestHub.Shirt, hub.Suzhou, 5);
        var takenAt = await NowAsync();
        var opened = new List<string>();
        for (var i = 0; i < 12; i++) opened.Add((await _desk.OpenAsync(DocumentKind.Receipt, "SUZ", lines: new DraftLine(TestHub.Shirt, 1))).Value);

        var line = await SendOneAsync("T-6", takenAt, TestHub.Shirt, await OnHandAsync(TestHub.Shirt) + 1, null);

        line.Because.Select(d => d.No).ShouldBe(opened.AsEnumerable().Reverse().Take(10));
        line.More.ShouldBeGreaterThanOrEqualTo(2);
        foreach (var no in opened) await ArriveAsync(no, 1);
        var head = (await hub.InScopeAsync<ReadSnapshots, IReadOnlyList<SnapshotHead>>(read => read.ListAsync(default))).Single(h => h.SnapshotId == "T-6");
        (await BillAsync(head.Id)).Lines.Single().Because.ShouldBe(line.Because);
    }

    [Fact]
    public async Task The_same_snapshot_sent_again_and_at_once_is_one_snapshot()
    {
        var at = TimeProvider.System.GetUtcNow();
        var answers = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => SendAsync("S-3", at, false, (TestHub.Shirt, 1))));
        answers.Select(a => a.Value).Distinct().Count().ShouldBe(1);
    }

    [Fact]
    public async Task Accepting_posts_an_adjustment_only_after_a_second_person_approved_it()
    {
        await hub.ReceiveAsync(TestHub.Sock, hub.Suzhou, 10);
        var before = await OnHandAsync(TestHub.Sock);
        var answer = (await SendAsync("S-4", TimeProvider.System.GetUtcNow(), false, (TestHub.Sock, before + 1))).Value;
        var no = (await _desk.AsAsync<AcceptSnapshotHandler, Result<string>>(StockDesk.Wang, accept => accept.AcceptAsync(answer.Id, default))).Value;
        (await OnHandAsync(TestHub.Sock)).ShouldBe(before);
        (await _desk.AsAsync<AcceptSnapshotHandler, Result<string>>(StockDesk.Wang, accept => accept.AcceptAsync(answer.Id, default))).Value.ShouldBe(no, "one adjustment per snapshot");

        (await _desk.DecideAsync(no, true)).IsOk.ShouldBeTrue();

        (await OnHandAsync(TestHub.Sock)).ShouldBe(before + 1);
        (await BillAsync(answer.Id)).Head.DocumentNo.ShouldBe(no);
        await _desk.ShouldBeCleanAsync();
    }

    [Fact]
    public async Task A_complete_snapshot_says_that_what_it_does_not_name_is_gone()
    {
        await hub.ReceiveAsync(TestHub.Cap, hub.Suzhou, 3);
        var answer = (await SendAsync("S-5", TimeProvider.System.GetUtcNow(), true, (TestHub.Shirt, await OnHandAsync(TestHub.Shirt)))).Value;
        (await BillAsync(answer.Id)).Lines.ShouldContain(l => l.Code == TestHub.Cap && l.Difference.Theirs == 0 && l.Difference.Total < 0);
    }

    [Fact]
    public async Task A_snapshot_of_tomorrow_or_of_last_year_is_refused()
    {
        var now = TimeProvider.System.GetUtcNow();
        (await SendAsync("S-6", now.AddDays(1), false, (TestHub.Shirt, 1))).Error!.Code.ShouldBe("inventory.snapshot_time");
        (await SendAsync("S-6", now.AddDays(-365), false, (TestHub.Shirt, 1))).Error!.Code.ShouldBe("inventory.snapshot_time");
        (await SendAsync("S-6", now, false)).Error!.Code.ShouldBe("inventory.snapshot_lines");
    }

    [Fact]
    public async Task The_weekly_report_lists_what_snapshots_found_and_a_week_is_reported_once()
    {
        await hub.ReceiveAsync(TestHub.Shirt, hub.Suzhou, 10);
        await SendAsync("S-7", TimeProvider.System.GetUtcNow(), false, (TestHub.Shirt, await OnHandAsync(TestHub.Shirt) - 4));
        var monday = WeekReport.MondayOf(ShopTime.BusinessDay(TimeProvider.System.GetUtcNow()));

        var report = await hub.InScopeAsync<CompareWeek, WeekReport>(compare => compare.ReadAsync(monday, default));

        var line = report.Lines.Single(l => l.Source == "S-7");
        (line.Variance, line.VarianceFen, line.IsCount).ShouldBe((-4, -4 * hub.Sku(TestHub.Shirt).CostFen, false));
        (await hub.InScopeAsync<ReportWeekJob, JobReport>(job => job.RunAsync(monday, default))).Changed.ShouldBe(1);
        (await hub.InScopeAsync<ReportWeekJob, JobReport>(job => job.RunAsync(monday, default))).Changed.ShouldBe(0);
    }

    [Fact]
    public async Task A_difference_that_a_feed_repeats_counts_once_in_the_week_as_the_warehouse_last_said_it()
    {
        await hub.ReceiveAsync(TestHub.Sock, hub.Suzhou, 20);
        await hub.ReceiveAsync(TestHub.Sock, hub.Guangzhou, 20);
        await hub.ReceiveAsync(TestHub.Cap, hub.Suzhou, 20);
        var (suzhou, guangzhou) = (await OnHandAsync(TestHub.Sock), (await hub.StockAsync(TestHub.Sock, hub.Guangzhou)).OnHand);
        var now = TimeProvider.System.GetUtcNow();
        await SendAsync("S-8", now, false, (TestHub.Sock, suzhou - 5), (TestHub.Cap, await OnHandAsync(TestHub.Cap) - 2));
        await SendAsync("S-10", now.AddMilliseconds(2), false, (TestHub.Sock, suzhou - 3));
        await SendAsync("S-9", now.AddMilliseconds(1), false, (TestHub.Sock, suzhou - 5)); // comes late and is older
        await SendFromAsync("CAN", "S-8", now, false, (TestHub.Sock, guangzhou - 1));

        var monday = WeekReport.MondayOf(ShopTime.BusinessDay(now));
        var socks = await SaidOfAsync(TestHub.Sock);
        socks.Lines.Select(l => (l.Source, l.Warehouse, l.Variance)).ShouldBe([("S-10", "苏州仓", -3), ("S-8", "广州仓", -1)], ignoreOrder: true);
        (await SaidOfAsync(TestHub.Cap)).Lines.ShouldHaveSingleItem().Source.ShouldBe("S-8", "the later ones of that warehouse say nothing of caps");

        await SendAsync("S-11", now.AddMilliseconds(3), true, (TestHub.Sock, suzhou), (TestHub.Cap, await OnHandAsync(TestHub.Cap)));
        (await SaidOfAsync(TestHub.Sock)).Lines.ShouldHaveSingleItem().Warehouse.ShouldBe("广州仓", "in Suzhou they have found them since");
        (await SaidOfAsync(TestHub.Sock)).Compared.ShouldBe(socks.Compared, "what agrees now is still compared, once");

        async Task<(IReadOnlyList<VarianceLine> Lines, int Compared)> SaidOfAsync(string sku)
        {
            var report = await hub.InScopeAsync<CompareWeek, WeekReport>(compare => compare.ReadAsync(monday, default));
            return ([.. report.Lines.Where(l => l.Sku?.Code == sku)], report.Compared);
        }
    }
}
