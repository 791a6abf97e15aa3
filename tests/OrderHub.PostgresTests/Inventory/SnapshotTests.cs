using OrderHub.Inventory.Documents;
using OrderHub.Inventory.Snapshots;
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
        shirt.Because.ShouldHaveSingleItem().Document.ShouldBe($"order:{order}");
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
