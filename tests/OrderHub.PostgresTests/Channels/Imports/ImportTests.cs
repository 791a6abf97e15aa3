using OrderHub.Channels.Imports.Columns;
using OrderHub.Channels.Imports.Runs;
using OrderHub.Orders.Contracts;
using OrderHub.Platform.Data;
using OrderHub.Platform.Results;
using OrderHub.PostgresTests.Infrastructure;
using OrderHub.PostgresTests.WholeHub;

namespace OrderHub.PostgresTests.Channels.Imports;

public sealed class ImportTests(TestHub hub) : IClassFixture<TestHub>
{
    [Fact]
    public async Task A_check_changes_nothing_and_says_what_the_import_will_do()
    {
        await hub.ReceiveAsync(TestHub.Cap, hub.Suzhou, 1);
        var id = await hub.UploadAsync(Upload.File(Upload.Row("C1", TestHub.Cap), Upload.Row("C2", "NOBODY"), Upload.Row("C3", TestHub.Cap, 500), Upload.Row("C4", status: "薛定谔")));

        var check = await hub.CheckAsync(id);

        (check.State, check.OrdersTotal, check.Added, check.ToReview, check.Short, check.Refused, check.ErrorRows).ShouldBe((ImportState.Checked, 4, 3, 1, 1, 1, 1));
        (await hub.FindingsAsync(id)).ShouldHaveSingleItem().ShouldSatisfyAllConditions(f => f.Row.ShouldBe(5), f => f.Message.ShouldBe("认不出订单状态“{0}”。"), f => f.Arguments.ShouldBe(["薛定谔"]));
        (await hub.FindingsAsync(id, remarks: true)).ShouldHaveSingleItem().Arguments.ShouldBe(["有商品没有对应 SKU"]);
        (await FindAsync("C1")).ShouldBeNull();
        (await hub.CountAsync("select count(*) from channels_imported_orders where platform_order_no in ('C1', 'C2', 'C3')")).ShouldBe(0);
        (await hub.BreachesAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task An_imported_order_locks_its_stock_and_importing_it_again_changes_nothing()
    {
        await hub.ReceiveAsync(TestHub.Shirt, hub.Suzhou, 100);
        var file = Upload.File(Upload.Row("R1", quantity: 2), Upload.Row("R2"), Upload.Row("R2", TestHub.Sock));

        var first = await hub.CheckAndImportAsync(file);
        (first.State, first.Added, first.HasFile).ShouldBe((ImportState.Done, 2, false));
        var order = (await FindAsync("R1"))!;
        (order.State, order.PaidFen, order.Receiver.Province, order.Receiver.District).ShouldBe((OrderState.Allocated, 19800L, "浙江省", "西湖区"));
        var (timeline, held) = (await hub.CountAsync("select count(*) from orders_timeline"), await hub.HeldByAsync(order.Id));

        var again = await hub.CheckAndImportAsync(file);

        (again.Added, again.Changed, again.Unchanged, again.Stale).ShouldBe((0, 0, 2, 0));
        (await hub.CountAsync("select count(*) from orders_timeline")).ShouldBe(timeline);
        (await hub.HeldByAsync(order.Id)).ShouldBe(held);
        (await hub.BreachesAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Order_report_and_goods_report_uploaded_together_need_no_review()
    {
        await hub.ReceiveAsync(TestHub.Shirt, hub.Suzhou, 10);
        const string orders = "订单编号,买家会员名,买家应付货款,买家应付邮费,总金额,买家实际支付金额,订单状态,收货人姓名,收货地址,联系手机,订单创建时间,订单付款时间,宝贝标题,宝贝总数量\n"
            + "=\"JOIN-1\",tb,198.00,0,198.00,198.00,\"买家已付款,等待卖家发货\",王小明,浙江省 杭州市 西湖区 文三路 1 号,'13800000000,2026-01-02 10:00:00,2026-01-02 10:00:30,衬衫,2\n";
        var goods = $"订单编号,标题,价格,购买数量,外部系统编号,商品属性,套餐信息,备注,订单状态,商家编码\n=\"JOIN-1\",衬衫,99.00,2,,白 L,,,\"买家已付款,等待卖家发货\",{TestHub.Shirt}\n";
        var id = (await hub.InScopeAsync<UploadImportHandler, Result<long>>(h => h.HandleAsync(
            new("tb-test", "orders.csv + goods.csv", System.Text.Encoding.UTF8.GetBytes(orders), System.Text.Encoding.UTF8.GetBytes(goods)), default))).Value;

        (await hub.CheckAsync(id)).ShouldSatisfyAllConditions(c => c.Added.ShouldBe(1), c => c.ToReview.ShouldBe(0), c => c.Refused.ShouldBe(0));
    }

    [Fact]
    public async Task The_platforms_own_word_beats_the_import_and_the_import_beats_an_older_word()
    {
        await hub.ReceiveAsync(TestHub.Shirt, hub.Suzhou, 10);
        var unpaid = await hub.AcceptOneAsync(hub.Order(hub.LockOnOrder, PlatformStatus.Unpaid) with { PlatformOrderNo = "V1", Version = At("2026-01-02T10:00:00+08:00") + 1 });
        unpaid.State.ShouldBe(OrderState.PendingPayment);

        (await hub.CheckAndImportAsync(Upload.File(Upload.Row("V1")))).Changed.ShouldBe(1);
        (await FindAsync("V1"))!.State.ShouldNotBe(OrderState.PendingPayment);

        // the platform's change at the very second of the payment, and the file once more
        var closed = await hub.AcceptOneAsync(hub.Order(hub.LockOnOrder, PlatformStatus.ClosedAfterPayment) with { PlatformOrderNo = "V1", Version = At("2026-01-02T10:00:30+08:00") + 1 });
        (closed.Outcome, closed.State).ShouldBe((IntakeOutcome.Accepted, OrderState.Cancelled));
        (await hub.CheckAndImportAsync(Upload.File(Upload.Row("V1")))).Stale.ShouldBe(1);
        (await FindAsync("V1"))!.State.ShouldBe(OrderState.Cancelled);
    }

    [Fact]
    public async Task A_mall_that_counts_its_versions_beats_the_import_with_its_first()
    {
        (await hub.CheckAndImportAsync(Upload.File(Upload.Row("M1")), "mini-test")).Added.ShouldBe(1);
        (await hub.AcceptOneAsync(hub.Order(hub.LockOnPayment) with { PlatformOrderNo = "M1", Version = 1 })).Outcome.ShouldBe(IntakeOutcome.Accepted);
    }

    [Fact]
    public async Task A_corrected_file_takes_effect_and_the_old_one_does_not_come_back()
    {
        var (wrong, right) = (Upload.File(Upload.Row("K1", "SHRIT")), Upload.File(Upload.Row("K1", TestHub.Shirt, address: "江苏省 苏州市")));
        (await hub.CheckAndImportAsync(wrong)).ToReview.ShouldBe(1);
        (await hub.CheckAndImportAsync(right)).Changed.ShouldBe(1);
        (await FindAsync("K1"))!.Receiver.Province.ShouldBe("江苏省");
        (await hub.CheckAndImportAsync(wrong)).Stale.ShouldBe(1);
        (await FindAsync("K1"))!.Receiver.Province.ShouldBe("江苏省");
    }

    [Fact]
    public async Task Stopped_in_the_middle_it_keeps_what_is_done_and_goes_on_from_there()
    {
        const int orders = TakeOrders.BatchSize * 3;
        var id = await hub.UploadAsync(Upload.File([.. Enumerable.Range(0, orders).Select(i => Upload.Row($"S{i:D5}", TestHub.Sock))]));
        await hub.CheckAsync(id);
        await SteerAsync(s => s.ImportAsync(id, default));
        await SteerAsync(s => s.CancelAsync(id, default)); // before the first batch is through

        await hub.WorkAsync();
        var stopped = await hub.ImportAsync(id);
        (stopped.State, stopped.Position, stopped.Added, stopped.HasFile).ShouldBe((ImportState.Cancelled, TakeOrders.BatchSize, TakeOrders.BatchSize, true));
        (await hub.CountAsync("select count(*) from orders_orders where platform_order_no like 'S_____'")).ShouldBe(TakeOrders.BatchSize);

        await SteerAsync(s => s.GoOnAsync(id, default));
        await hub.WorkAsync();
        var done = await hub.ImportAsync(id);
        (done.State, done.Added, done.Unchanged).ShouldBe((ImportState.Done, orders, 0));
    }

    [Fact]
    public async Task A_host_that_dies_is_continued_by_another_without_gap_or_repetition()
    {
        const int orders = TakeOrders.BatchSize * 2;
        var id = await hub.UploadAsync(Upload.File([.. Enumerable.Range(0, orders).Select(i => Upload.Row($"D{i:D5}", TestHub.Sock))]));
        await hub.CheckAsync(id);
        await SteerAsync(s => s.ImportAsync(id, default));
        await using var dying = hub.AnotherHost();
        using var death = new CancellationTokenSource();
        var work = Upload.WorkAsync(dying, death.Token);
        while ((await hub.ImportAsync(id)).Position == 0 && !work.IsCompleted) await Task.Delay(5);
        await death.CancelAsync();
        try
        {
            await work;
        }
        catch (OperationCanceledException)
        {
            // it was killed, or had just finished
        }

        await hub.WorkAsync();

        var done = await hub.ImportAsync(id);
        (done.State, done.Position, done.Added, done.Unchanged).ShouldBe((ImportState.Done, orders, orders, 0));
        (await hub.CountAsync("select count(*) from orders_orders where platform_order_no like 'D_____'")).ShouldBe(orders);
    }

    [Fact]
    public async Task A_mapping_is_remembered_for_the_next_file_with_these_columns_in_this_shop()
    {
        var file = System.Text.Encoding.UTF8.GetBytes("订单号,下单时间,收货地址,实付金额,神秘列\nX1,2026-01-02 10:00:00,上海,1,SHIRT\n");
        var id = await hub.UploadAsync(file);
        var columns = (await hub.InScopeAsync<ReadImportsHandler, ImportColumns?>(r => r.ColumnsAsync(id, default)))!;
        columns.Mapping.Fields[4].ShouldBeNull();
        var mine = new ColumnMapping([.. columns.Mapping.Fields.Take(4), ImportField.MerchantCode]);
        await SteerAsync(s => s.CheckAsync(id, mine, default));

        var next = await hub.UploadAsync(file);
        (await hub.InScopeAsync<ReadImportsHandler, ImportColumns?>(r => r.ColumnsAsync(next, default)))!.Mapping.Fields[4].ShouldBe(ImportField.MerchantCode);
        var elsewhere = await hub.UploadAsync(file, "mini-test");
        (await hub.InScopeAsync<ReadImportsHandler, ImportColumns?>(r => r.ColumnsAsync(elsewhere, default)))!.Mapping.Fields[4].ShouldBeNull();
    }

    [Fact]
    public async Task An_order_the_database_refuses_is_told_of_and_the_others_go_on()
    {
        await hub.Database.Source.CreateCommand("""
            create function refuse() returns trigger language plpgsql as $$ begin raise exception 'not this one'; end $$;
            create trigger refuse before insert on orders_orders for each row when (new.platform_order_no = 'P025') execute function refuse();
            """).ExecuteNonQueryAsync();
        var id = await hub.UploadAsync(Upload.File([.. Enumerable.Range(0, 50).Select(i => Upload.Row($"P{i:D3}", TestHub.Sock))]));
        await hub.CheckAsync(id);
        await SteerAsync(s => s.ImportAsync(id, default));
        await hub.WorkAsync();

        var done = await hub.ImportAsync(id);
        (done.State, done.Added, done.Refused, done.Position).ShouldBe((ImportState.Done, 49, 1, 50));
        (await hub.FindingsAsync(id)).ShouldHaveSingleItem().ShouldSatisfyAllConditions(f => (f.Row, f.OrderNo).ShouldBe((27, "P025")), f => f.Arguments[0].ShouldContain("not this one"));
    }

    [Fact]
    public async Task What_was_not_checked_cannot_be_imported()
    {
        var id = await hub.UploadAsync(Upload.File(Upload.Row("N1")));
        (await hub.InScopeAsync<SteerImportHandler, Result>(s => s.ImportAsync(id, default))).Error!.Code.ShouldBe("channels.import_moved_on");
    }

    [Fact]
    public async Task Five_thousand_rows_are_imported_in_seconds()
    {
        await hub.ReceiveAsync(TestHub.Shirt, hub.Guangzhou, 100_000);
        var file = Upload.File([.. Enumerable.Range(0, 5_000).Select(i => Upload.Row($"L{i:D6}"))]);
        var watch = System.Diagnostics.Stopwatch.StartNew();
        (await hub.CheckAndImportAsync(file)).Added.ShouldBe(5_000);
        watch.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(90));
    }

    [RealOrdersFact]
    public async Task The_real_file_of_tmall_orders_is_imported_whole_and_its_money_is_right()
    {
        var done = await hub.CheckAndImportAsync(await File.ReadAllBytesAsync(RealOrders.File));

        (done.State, done.OrdersTotal, done.Added, done.Refused).ShouldBe((ImportState.Done, 12_358, 12_358, 0));
        var file = (await File.ReadAllLinesAsync(RealOrders.File)).Skip(1).Select(l => l.Split(',')).ToList();
        var paid = file.Where(f => f[5].Length > 0).ToList();
        // the file's total is what was paid before any refund
        (await hub.CountAsync("select sum(pay_fen)::bigint from orders_orders where shop_id = " + hub.LockOnOrder.Id + " and paid_at is not null and created_at < '2020-03-02'"))
            .ShouldBe(paid.Sum(f => (long)Math.Round(decimal.Parse(f[1], System.Globalization.CultureInfo.InvariantCulture) * 100)));
        // an order without goods waits for a person; one that was paid back whole is over
        done.ToReview.ShouldBe(paid.Count(f => decimal.Parse(f[6], System.Globalization.CultureInfo.InvariantCulture) < decimal.Parse(f[1], System.Globalization.CultureInfo.InvariantCulture)
            || decimal.Parse(f[6], System.Globalization.CultureInfo.InvariantCulture) == 0));
    }

    private Task<OrderView?> FindAsync(string no, string shop = "tb-test") => hub.InScopeAsync<IOrderReader, OrderView?>(r => r.FindAsync(hub.Catalog.ShopByCode(shop)!.Id, no, default));

    private async Task SteerAsync(Func<SteerImportHandler, Task<Result>> act) => (await hub.InScopeAsync(act)).Error.ShouldBeNull();

    private static long At(string iso) => DateTimeOffset.Parse(iso, System.Globalization.CultureInfo.InvariantCulture).ToUnixTimeMilliseconds();
}
