using System.Globalization;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using OrderHub.Channels.Imports.Columns;
using OrderHub.Channels.Imports.Runs;
using OrderHub.Platform.Results;
using OrderHub.PostgresTests.Infrastructure;

namespace OrderHub.PostgresTests.Channels.Imports;

/// <summary>What a person does on the import pages, and the job that works beside them.</summary>
internal static class Upload
{
    public const string Header = "订单号,订单状态,下单时间,付款时间,收货人,收货电话,收货地址,商家编码,商品名称,数量,单价,实付金额";

    public static string Row(string no, string sku = TestHub.Shirt, int quantity = 1, string status = "待发货", string paidAt = "2026-01-02 10:00:30", string address = "浙江省 杭州市 西湖区 文三路 1 号") =>
        string.Create(CultureInfo.InvariantCulture, $"\n=\"{no}\",{status},2026-01-02 10:00:00,{paidAt},王小明,'13800000000,{address},{sku},{sku},{quantity},99.00,{99 * quantity}.00");

    public static byte[] File(params string[] rows) => Encoding.UTF8.GetBytes(Header + string.Concat(rows));

    public static async Task<long> UploadAsync(this TestHub hub, byte[] content, string shop = "tb-test", string name = "orders.csv") =>
        (await hub.InScopeAsync<UploadImportHandler, Result<long>>(h => h.HandleAsync(new(shop, name, content), default))).Value;

    /// <summary>Confirms the suggested columns and lets the check run to its end.</summary>
    public static async Task<ImportRow> CheckAsync(this TestHub hub, long id)
    {
        var columns = (await hub.InScopeAsync<ReadImportsHandler, ImportColumns?>(r => r.ColumnsAsync(id, default)))!;
        (await hub.InScopeAsync<SteerImportHandler, Result>(s => s.CheckAsync(id, columns.Mapping, default))).Error.ShouldBeNull();
        await hub.WorkAsync();
        return await hub.ImportAsync(id);
    }

    public static async Task<ImportRow> CheckAndImportAsync(this TestHub hub, byte[] content, string shop = "tb-test")
    {
        var id = await hub.UploadAsync(content, shop);
        (await hub.CheckAsync(id)).State.ShouldBe(ImportState.Checked);
        (await hub.InScopeAsync<SteerImportHandler, Result>(s => s.ImportAsync(id, default))).Error.ShouldBeNull();
        await hub.WorkAsync();
        return await hub.ImportAsync(id);
    }

    public static async Task<ImportRow> ImportAsync(this TestHub hub, long id) => (await hub.InScopeAsync<ReadImportsHandler, ImportRow?>(r => r.FindAsync(id, default)))!;

    public static Task<IReadOnlyList<FindingRow>> FindingsAsync(this TestHub hub, long id, bool remarks = false) =>
        hub.InScopeAsync<ReadImportsHandler, IReadOnlyList<FindingRow>>(r => r.FindingsAsync(id, remarks, 1000, default));

    public static Task WorkAsync(this TestHub hub, CancellationToken ct = default) => WorkAsync(hub.Services, ct);

    public static async Task WorkAsync(IServiceProvider host, CancellationToken ct = default)
    {
        await using var scope = host.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<RunImportsJob>().RunAsync(ct);
    }

    public static async Task<long> CountAsync(this TestHub hub, string sql) => await hub.Database.Source.CreateCommand(sql).ExecuteScalarAsync() is long count ? count : 0;
}
