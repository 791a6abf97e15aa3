using System.Text;
using ExcelDataReader;
using OrderHub.AfterSales.Contracts;
using OrderHub.Orders.Contracts;
using OrderHub.Platform.Data;
using OrderHub.Platform.Exports;
using OrderHub.PostgresTests.Infrastructure;
using OrderHub.Reconciliation.Contracts;
using OrderHub.Reconciliation.Settlements;

namespace OrderHub.PostgresTests.Reconciliation;

public sealed class SettleDayTests(TestHub hub) : IClassFixture<TestHub>
{
    [Fact]
    public async Task Settling_the_same_day_again_changes_no_figure()
    {
        var day = new DateOnly(2025, 3, 1);
        await TradeAsync(day);

        var first = await hub.SettleAsync(day);
        var again = await hub.SettleAsync(day);

        (first.Status, first.Revision, first.Provisional).ShouldBe((SettlementStatus.Settled, 1, false));
        (again.Status, again.Revision).ShouldBe((SettlementStatus.Unchanged, 1));
        again.Lines.ShouldBe(first.Lines);
        (await hub.BreachesAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_days_settlement_says_what_was_paid_charged_and_given_back_per_shop()
    {
        var day = new DateOnly(2025, 3, 2);
        await TradeAsync(day);

        var report = await hub.SettleAsync(day);

        report.Lines.ShouldBe(
        [
            new SettlementLine(hub.LockOnOrder.Id, 1, 9_900, 495, 0, 0, 0),
            new SettlementLine(hub.LockOnPayment.Id, 2, 19_800, 118, 35, 5_900, 0),
        ]);
        report.Total.NetFen.ShouldBe(9_900 - 495 + 19_800 - 118 + 35 - 5_900);
    }

    [Fact]
    public async Task A_late_entry_gives_a_new_revision_and_the_old_one_stays()
    {
        var day = new DateOnly(2025, 3, 3);
        await TradeAsync(day);
        var first = await hub.SettleAsync(day);
        await PayAsync(hub.Order().PaidOn(day));

        (await ReadAsync(s => s.DetailAsync(day, null, null, default)))!.HasLateEntries.ShouldBeTrue();
        var second = await hub.SettleAsync(day);

        (second.Status, second.Revision, second.Total.Orders).ShouldBe((SettlementStatus.Settled, 2, first.Total.Orders + 1));
        var old = (await ReadAsync(s => s.DetailAsync(day, 1, null, default)))!;
        old.Settled.Lines.ShouldBe(first.Lines);
        old.Receivables.Sum(r => r.ReceivableFen).ShouldBe(first.Total.ReceivableFen);
        (await hub.BreachesAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_refund_is_counted_once_however_often_it_arrives()
    {
        var order = hub.Order().PaidOn(new DateOnly(2025, 3, 4));
        await PayAsync(order);
        var refund = Finance.Refund(order, RefundStatus.Done, 4_000);

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => hub.AcceptAsync(refund))));
        await hub.AcceptAsync(refund with { Version = 2 }, refund with { Version = 3 });
        await hub.DrainOutboxAsync();

        (await hub.LedgerOfAsync(order)).ShouldBe([(1, 9_900L), (2, 59L), (3, 24L), (4, 4_000L)]);
        (await hub.BreachesAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_refund_booked_before_its_payment_still_gives_the_fee_back()
    {
        var order = hub.Order().PaidOn(new DateOnly(2025, 3, 5));
        await hub.AcceptAsync(Finance.Refund(order, RefundStatus.Done, 9_900));
        await hub.DrainOutboxAsync();
        (await hub.LedgerOfAsync(order)).ShouldBe([(4, 9_900L)]);

        await PayAsync(order);

        (await hub.LedgerOfAsync(order)).ShouldBe([(1, 9_900L), (2, 59L), (3, 59L), (4, 9_900L)]);
        (await hub.BreachesAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_day_with_undelivered_payments_is_not_settled()
    {
        var day = new DateOnly(2025, 3, 6);
        await hub.ReceiveAsync(TestHub.Shirt, hub.Suzhou, 1);
        await hub.AcceptOneAsync(hub.Order().PaidOn(day));

        var tooEarly = await hub.InScopeAsync<IDailySettlement, SettlementReport>(settlement =>
        {
            ((SettleDay)settlement).Patience = TimeSpan.Zero;
            return settlement.SettleAsync(day, default);
        });
        tooEarly.Status.ShouldBe(SettlementStatus.Waiting);

        await hub.DrainOutboxAsync();
        (await hub.SettleAsync(day)).Total.Orders.ShouldBe(1);
    }

    [Fact]
    public async Task Today_is_settled_provisionally_and_tomorrow_not_at_all()
    {
        var today = Platform.Units.ShopTime.BusinessDay(TimeProvider.System.GetUtcNow());
        (await hub.SettleAsync(today)).Provisional.ShouldBeTrue();
        (await hub.SettleAsync(today.AddDays(1))).Status.ShouldBe(SettlementStatus.NotYet);
    }

    [Fact]
    public async Task The_workbook_says_what_the_ledger_says_to_the_fen()
    {
        var day = new DateOnly(2025, 3, 7);
        await TradeAsync(day);
        var report = await hub.SettleAsync(day);
        var detail = (await ReadAsync(s => s.DetailAsync(day, null, null, default)))!;
        var ledger = await hub.Database.QueryAsync("select kind, sum(amount_fen)::bigint from reconciliation_money_entries where business_day = $1 group by kind order by kind",
            r => r.GetInt64(1), default, day);

        var file = await WorkbookAsync(detail);
        (await WorkbookAsync(detail)).ShouldBe(file, "the same revision is the same file");
        var sheets = Read(file);

        sheets.Keys.ShouldBe(["汇总", "应收明细", "退款明细", "已发未签"]);
        var total = sheets["汇总"][^1];
        total[0].ShouldBe("合计");
        new[] { Fen(total[2]), Fen(total[3]), Fen(total[4]), Fen(total[5]) }.ShouldBe(ledger);
        Fen(total[6]).ShouldBe(report.Total.NetFen);
        SumOf(sheets["应收明细"], 4).ShouldBe((ledger[0], ledger[0]));
        SumOf(sheets["应收明细"], 6).ShouldBe((ledger[1], ledger[1]));
        SumOf(sheets["退款明细"], 5).ShouldBe((ledger[2], ledger[2]));
        SumOf(sheets["退款明细"], 4).ShouldBe((ledger[3], ledger[3]));
    }

    [Fact]
    public async Task An_order_on_its_way_at_midnight_is_listed_until_it_is_signed()
    {
        await hub.ReceiveAsync(TestHub.Shirt, hub.Suzhou, 1);
        var order = hub.Order();
        var id = (await hub.AcceptOneAsync(order)).OrderId;
        await hub.MoveAsync(id, OrderTrigger.Pack, OrderTrigger.Ship);
        await hub.DrainOutboxAsync();
        var today = Platform.Units.ShopTime.BusinessDay(TimeProvider.System.GetUtcNow());

        await hub.SettleAsync(today);
        (await ReadAsync(s => s.DetailAsync(today, null, null, default)))!.Unsigned.Select(u => u.OrderId).ShouldContain(id);

        await hub.MoveAsync(id, OrderTrigger.Sign);
        await hub.SettleAsync(today);
        (await ReadAsync(s => s.DetailAsync(today, null, null, default)))!.Unsigned.Select(u => u.OrderId).ShouldNotContain(id);
    }

    /// <summary>Three orders in two shops, one refunded in two parts.</summary>
    private async Task TradeAsync(DateOnly day)
    {
        var refunded = hub.Order().PaidOn(day);
        await PayAsync(refunded, hub.Order().PaidOn(day), hub.Order(hub.LockOnOrder).PaidOn(day));
        await hub.AcceptAsync(Finance.Refund(refunded, RefundStatus.Done, 2_950), Finance.Refund(refunded, RefundStatus.Done, 2_950));
        await hub.DrainOutboxAsync();
    }

    private async Task PayAsync(params IncomingOrder[] orders)
    {
        await hub.ReceiveAsync(TestHub.Shirt, hub.Suzhou, orders.Length);
        await hub.AcceptAsync(orders);
        await hub.DrainOutboxAsync();
    }

    private Task<T> ReadAsync<T>(Func<ReadSettlements, Task<T>> read) => hub.InScopeAsync(read);

    private Task<byte[]> WorkbookAsync(SettlementDetail detail) => hub.InScopeAsync<SettlementWorkbook, byte[]>(workbook =>
    {
        using var file = new MemoryStream();
        SpreadsheetWriter.WriteXlsx(file, workbook.Sheets(detail));
        return Task.FromResult(file.ToArray());
    });

    private static Dictionary<string, List<object?[]>> Read(byte[] file)
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        using var reader = ExcelReaderFactory.CreateReader(new MemoryStream(file));
        var sheets = new Dictionary<string, List<object?[]>>();
        do
        {
            var rows = sheets[reader.Name] = [];
            while (reader.Read()) rows.Add([.. Enumerable.Range(0, reader.FieldCount).Select(reader.GetValue)]);
        }
        while (reader.NextResult());
        return sheets;
    }

    private static long Fen(object? yuan) => (long)Math.Round(Convert.ToDecimal(yuan, System.Globalization.CultureInfo.InvariantCulture) * 100);

    /// <summary>The documents' sum and the total row's figure.</summary>
    private static (long Rows, long Total) SumOf(List<object?[]> sheet, int column) => (sheet.Skip(1).SkipLast(1).Sum(r => Fen(r[column])), Fen(sheet[^1][column]));
}
