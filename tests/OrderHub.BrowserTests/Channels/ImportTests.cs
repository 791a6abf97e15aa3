using System.Text;
using System.Text.RegularExpressions;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using OrderHub.BrowserTests.Infrastructure;

namespace OrderHub.BrowserTests.Channels;

/// <summary>A file on its way through the import pages, and another system's results beside it.</summary>
[Collection(OneHub.Name)]
public sealed partial class ImportTests(RunningHub hub)
{
    private const string File = "订单号,订单状态,下单时间,付款时间,收货人,收货电话,收货地址,商家编码,商品名称,数量,单价,实付金额\n"
        + "=\"W-1001\",待发货,2026-01-02 10:00:00,2026-01-02 10:00:30,王小明,'13800000000,江苏省 苏州市 工业园区 星湖街 1 号,{0},{0},1,45.00,45.00\n"
        + "=\"W-1002\",薛定谔,2026-01-02 10:00:00,2026-01-02 10:00:30,王小明,'13800000000,江苏省 苏州市 工业园区 星湖街 1 号,{0},{0},1,45.00,45.00\n";

    [Fact]
    public Task A_file_is_looked_over_checked_and_imported_and_the_wrong_row_is_told_of() => hub.WalkAsync("ops", Screen.Desktop, async visit =>
    {
        await visit.OpenAsync("/imports");
        await visit.Page.Locator(".upload select").SelectOptionAsync("pdd-demo");
        await visit.Page.SetInputFilesAsync("input[type=file]", Upload("orders.csv", string.Format(null, File, hub.Day.SomeGoods().Code)));
        await Assertions.Expect(visit.Page.GetByText("前几行会被读成这样")).ToBeVisibleAsync();
        await Assertions.Expect(visit.Page.GetByText("第 3 行：认不出订单状态“薛定谔”。")).ToBeVisibleAsync();
        await SoundAsync(visit);

        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "检查全部 2 行" }).ClickAsync();
        await Assertions.Expect(visit.Page.GetByText("检查完了")).ToBeVisibleAsync(new() { Timeout = 30_000 });
        await Assertions.Expect(visit.Page.Locator("tbody tr")).ToHaveCountAsync(1);
        await SoundAsync(visit);

        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "导入这 1 单" }).ClickAsync();
        await Assertions.Expect(visit.Page.GetByText("导入完成：新增 1 单")).ToBeVisibleAsync(new() { Timeout = 30_000 });
        var download = await visit.Page.RunAndWaitForDownloadAsync(() => visit.Page.GetByText("下载全部明细").ClickAsync());
        download.SuggestedFilename.ShouldMatch("findings.xlsx$");

        await visit.OpenAsync("/dual-run");
        await visit.Page.Locator(".upload select").SelectOptionAsync("pdd-demo");
        await visit.Page.SetInputFilesAsync("input[type=file]", Upload("erp.csv", "订单号,仓库,状态,金额\nW-1001,火星仓,已发货,45.00\n"));
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "比对", Exact = true }).ClickAsync();
        await visit.Page.WaitForURLAsync(Compared());
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Cell, new() { Name = "火星仓" })).ToBeVisibleAsync();
        await visit.Page.GetByRole(AriaRole.Link, new() { NameRegex = StatusKind() }).ClickAsync();
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Cell, new() { Name = "火星仓" })).ToHaveCountAsync(0);
        await SoundAsync(visit);
    });

    [Fact]
    public Task A_file_that_is_no_table_is_refused_with_the_way_out() => hub.WalkAsync("ops", Screen.Phone, async visit =>
    {
        await visit.OpenAsync("/imports");
        await visit.Page.Locator(".upload select").SelectOptionAsync("pdd-demo");
        await visit.Page.SetInputFilesAsync("input[type=file]", Upload("orders.xls", "<html><table></table></html>"));
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("另存为 .xlsx");
    });

    private static FilePayload Upload(string name, string text) => new() { Name = name, MimeType = "text/csv", Buffer = Encoding.UTF8.GetBytes(text) };

    private static async Task SoundAsync(Visit visit)
    {
        visit.Complaints.ShouldBeEmpty();
        (await visit.Page.RunAxe()).Violations.Where(v => v.Impact is "serious" or "critical").Select(v => $"{v.Id}: {string.Join("; ", v.Nodes.Take(3).Select(n => n.Html))}").ShouldBeEmpty();
    }

    [GeneratedRegex(@"/dual-run/\d+")]
    private static partial Regex Compared();

    [GeneratedRegex("状态不同")]
    private static partial Regex StatusKind();
}
