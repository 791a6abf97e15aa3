using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using OrderHub.Channels.Bridge;
using OrderHub.Orders.Contracts;
using OrderHub.Platform.Jobs;
using OrderHub.PostgresTests.Infrastructure;

namespace OrderHub.PostgresTests.Channels.Imports;

/// <summary>Another system's own database beside the hub's.</summary>
public sealed class BridgeTests : IClassFixture<TestHub>, IAsyncLifetime
{
    private readonly TestHub _hub;
    private readonly TestDatabase _legacy = new();

    public BridgeTests(TestHub hub) => _hub = hub;

    public async Task InitializeAsync()
    {
        await _legacy.InitializeAsync();
        await LegacyAsync("""
            create schema erp;
            create table erp."Order Rows" ("ID" bigint generated always as identity primary key, order_no varchar(40), state text, placed_at timestamp, paid_at timestamptz, addr text, sku text, qty int, price numeric(12,2),
                is_synced boolean not null default false, changed_at timestamptz not null default now());
            """);
    }

    public Task DisposeAsync() => _legacy.DisposeAsync();

    [Fact]
    public async Task Waiting_rows_become_orders_and_are_marked_once_they_are_here()
    {
        await RowAsync("BR-1", TestHub.Shirt, 1);
        await RowAsync("BR-1", TestHub.Sock, 2);

        (await RunAsync(Flagged)).ShouldBe(new JobReport(1, 1));

        var order = (await FindAsync("BR-1"))!;
        order.Lines.Select(l => (l.Title, l.Quantity)).ShouldBe([(TestHub.Shirt, 1), (TestHub.Sock, 2)], ignoreOrder: true);
        (await WaitingAsync()).ShouldBe(0);
        (await RunAsync(Flagged)).ShouldBe(new JobReport(0, 0));
    }

    [Fact]
    public async Task Killed_between_our_commit_and_their_flag_nothing_is_doubled()
    {
        await RowAsync("BR-2", TestHub.Shirt, 1);
        await LegacyAsync("""
            create function erp.die() returns trigger language plpgsql as $$ begin raise exception 'the line is dead'; end $$;
            create trigger die before update on erp."Order Rows" for each statement execute function erp.die();
            """);

        var broken = await RunAsync(Flagged);
        broken.Note!.ShouldContain("the line is dead");
        var order = (await FindAsync("BR-2"))!;
        (await WaitingAsync()).ShouldBe(1);
        var timeline = await _hub.CountAsync($"select count(*) from orders_timeline where order_id = {order.Id}");

        await LegacyAsync("drop trigger die on erp.\"Order Rows\"");
        await RunAsync(Flagged);

        (await WaitingAsync()).ShouldBe(0);
        (await _hub.CountAsync("select count(*) from orders_orders where platform_order_no = 'BR-2'")).ShouldBe(1);
        (await _hub.CountAsync($"select count(*) from orders_timeline where order_id = {order.Id}")).ShouldBe(timeline);
    }

    [Fact]
    public async Task A_poison_row_is_told_of_and_keeps_waiting_while_the_others_go_on()
    {
        await RowAsync("BR-3", TestHub.Shirt, 1, state: "薛定谔");
        await RowAsync("BR-4", TestHub.Shirt, 1);

        (await RunAsync(Flagged)).ShouldBe(new JobReport(2, 1, 1));
        (await RunAsync(Flagged)).ShouldBe(new JobReport(0, 0)); // a fault that is known is no news

        (await FindAsync("BR-3")).ShouldBeNull();
        (await FindAsync("BR-4")).ShouldNotBeNull();
        (await WaitingAsync()).ShouldBe(1);
        (await _hub.CountAsync("select count(*) from channels_bridge_faults where order_no = 'BR-3' and message like '认不出订单状态%'")).ShouldBe(1);

        await LegacyAsync("update erp.\"Order Rows\" set state = '待发货' where order_no = 'BR-3'");
        await RunAsync(Flagged);
        (await WaitingAsync()).ShouldBe(0);
        (await _hub.CountAsync("select count(*) from channels_bridge_faults where order_no = 'BR-3'")).ShouldBe(0);
    }

    [Fact]
    public async Task A_row_that_changes_while_it_is_read_keeps_waiting()
    {
        await RowAsync("BR-5", TestHub.Shirt, 1);
        await using var table = await LegacyTable.OpenAsync(Settings(Flagged), default);
        var read = await table.RowsAsync(["BR-5"], default);
        await LegacyAsync("update erp.\"Order Rows\" set qty = 2 where order_no = 'BR-5'");

        await table.MarkAsync(read, default);

        (await WaitingAsync()).ShouldBe(1);
    }

    [Fact]
    public async Task Without_a_flag_the_changed_column_tells_what_is_new()
    {
        await RowAsync("BR-6", TestHub.Shirt, 1);
        (await RunAsync(ByChange)).Changed.ShouldBe(1);
        (await RunAsync(ByChange)).ShouldBe(new JobReport(0, 0));
        await LegacyAsync("update erp.\"Order Rows\" set addr = '江苏省 苏州市', changed_at = now() + interval '1 second' where order_no = 'BR-6'");
        (await RunAsync(ByChange)).Changed.ShouldBe(1);
        (await FindAsync("BR-6"))!.Receiver.Province.ShouldBe("江苏省");
        (await WaitingAsync()).ShouldBe(1); // nothing was written there
    }

    [Fact]
    public async Task A_view_can_be_read_as_well()
    {
        await LegacyAsync("create view erp.open_rows as select * from erp.\"Order Rows\"");
        await RowAsync("BR-7", TestHub.Shirt, 1);
        (await RunAsync(s => { Flagged(s); s["Table"] = "erp.open_rows"; })).Changed.ShouldBe(1);
        (await WaitingAsync()).ShouldBe(0);
    }

    [Theory]
    [InlineData("Provider", "Odbc", "不支持 Odbc"), InlineData("Table", "erp.\"; drop schema erp cascade; --", "找不到"), InlineData("FlagColumn", "no_such", "no_such"), InlineData("FlagColumn", "addr", "标记列只能是布尔或整数"),
     InlineData("ShopCode", "nobody", "没有店铺 nobody"), InlineData("Columns:OrderNo", null, "没有填写")]
    public async Task A_wrong_setting_is_said_and_does_no_harm(string key, string? value, string says)
    {
        await RowAsync("BR-8", TestHub.Shirt, 1);
        var report = await RunAsync(s => { Flagged(s); s[key] = value; });
        report.Note!.ShouldContain(key == "Columns:OrderNo" ? "订单号" : says);
        (await WaitingAsync()).ShouldBe(1);
    }

    private static void Flagged(Dictionary<string, string?> settings) => settings["FlagColumn"] = "is_synced";

    private static void ByChange(Dictionary<string, string?> settings) => settings["ChangedColumn"] = "changed_at";

    private async Task<JobReport> RunAsync(Action<Dictionary<string, string?>> set)
    {
        await using var scope = _hub.Services.CreateAsyncScope();
        return await ActivatorUtilities.CreateInstance<ReadBridgesJob>(scope.ServiceProvider, Configuration(set)).RunAsync(default);
    }

    private BridgeSettings Settings(Action<Dictionary<string, string?>> set) => BridgeSettings.Read(BridgeSettings.All(Configuration(set)).Single());

    /// <summary>A bridge of the test's own name, so that no test goes on where another stopped.</summary>
    private IConfiguration Configuration(Action<Dictionary<string, string?>> set)
    {
        var settings = new Dictionary<string, string?>
        {
            ["Provider"] = "PostgreSQL", ["ConnectionString"] = _legacy.ConnectionString, ["Table"] = "erp.Order Rows", ["KeyColumn"] = "ID", ["ShopCode"] = "tb-test",
            ["Columns:OrderNo"] = "order_no", ["Columns:Status"] = "state", ["Columns:CreatedAt"] = "placed_at", ["Columns:PaidAt"] = "paid_at", ["Columns:Address"] = "addr",
            ["Columns:MerchantCode"] = "sku", ["Columns:Quantity"] = "qty", ["Columns:UnitPrice"] = "price",
        };
        set(settings);
        var name = new NpgsqlConnectionStringBuilder(_legacy.ConnectionString).Database;
        return new ConfigurationBuilder().AddInMemoryCollection(settings.Where(s => s.Value is not null).Select(s => KeyValuePair.Create($"OrderHub:Bridges:{name}:{s.Key}", s.Value))).Build();
    }

    private Task RowAsync(string no, string sku, int quantity, string state = "待发货") => LegacyAsync(
        $"insert into erp.\"Order Rows\" (order_no, state, placed_at, paid_at, addr, sku, qty, price) values ('{no}', '{state}', '2026-01-02 10:00', '2026-01-02 10:01+08', '浙江省 杭州市', '{sku}', {quantity}, 99.00)");

    private async Task LegacyAsync(string sql)
    {
        await using var command = _legacy.DataSource.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    private async Task<long> WaitingAsync()
    {
        await using var command = _legacy.DataSource.CreateCommand("select count(*) from erp.\"Order Rows\" where not is_synced");
        return (long)(await command.ExecuteScalarAsync())!;
    }

    private Task<OrderView?> FindAsync(string no) => _hub.InScopeAsync<IOrderReader, OrderView?>(r => r.FindAsync(_hub.Catalog.ShopByCode("tb-test")!.Id, no, default));
}
