using System.Text.RegularExpressions;
using Microsoft.Playwright;
using OrderHub.BrowserTests.Infrastructure;

namespace OrderHub.BrowserTests.Stock;

/// <summary>Papers of the warehouse office as people fill them in: one writes, another approves.</summary>
[Collection(OneHub.Name)]
public sealed partial class StockDocumentTests(RunningHub hub)
{
    [Fact]
    public async Task A_delivery_is_expected_then_received_short_and_its_difference_shows()
    {
        var goods = hub.Day.SomeGoods();
        await hub.WalkAsync("admin", Screen.Desktop, async visit =>
        {
            await OpenAsync(visit, "receipt", goods.Code, 10);
            await visit.Page.GetByLabel($"{goods.Code} 可售").FillAsync("7");
            await visit.Page.GetByLabel($"{goods.Code} 次品").FillAsync("1");
            await visit.Page.GetByRole(AriaRole.Button, new() { Name = "收完结单" }).ClickAsync();
            await Assertions.Expect(visit.Page.GetByText("明细：1 行与预计不符")).ToBeVisibleAsync();
            await Assertions.Expect(visit.Page.GetByRole(AriaRole.Cell, new() { Name = "-2", Exact = true })).ToBeVisibleAsync();
        });
    }

    [Fact]
    public async Task Whoever_counts_sees_no_book_figure_and_another_person_approves_the_variance()
    {
        var goods = hub.Day.SomeGoods();
        var address = "";
        await hub.WalkAsync("admin", Screen.Phone, async visit =>
        {
            await OpenAsync(visit, "count", goods.Code, null);
            await Assertions.Expect(visit.Page.GetByText("账面", new() { Exact = true })).ToHaveCountAsync(0);
            await visit.Page.GetByLabel($"{goods.Code} 实盘件数").FillAsync("999999");
            await visit.Page.Keyboard.PressAsync("Tab");
            await visit.Page.GetByRole(AriaRole.Button, new() { Name = "交盘点单" }).ClickAsync();
            await Assertions.Expect(visit.Page.GetByText("等另一位同事审批")).ToBeVisibleAsync();
            address = new Uri(visit.Page.Url).AbsolutePath;
        });
        await hub.WalkAsync("boss", Screen.Desktop, async visit =>
        {
            await visit.OpenAsync(address);
            await Assertions.Expect(visit.Page.GetByText("盘点差异：1 个 SKU 有出入")).ToBeVisibleAsync();
            await visit.Page.GetByRole(AriaRole.Button, new() { Name = "驳回" }).ClickAsync();
            await Assertions.Expect(visit.Page.GetByText("已驳回")).ToBeVisibleAsync();
        });
    }

    private static async Task OpenAsync(Visit visit, string kind, string sku, int? quantity)
    {
        await visit.OpenAsync("/stock/documents/new?kind=" + kind);
        var form = visit.Page.Locator("form.card");
        await Assertions.Expect(form.Locator("select option").Nth(1)).ToBeAttachedAsync();
        await form.Locator("select").First.SelectOptionAsync(new SelectOptionValue { Label = "苏州仓" });
        await form.GetByLabel("SKU 编码").First.FillAsync(sku);
        if (quantity is { } pieces) await form.GetByLabel("预计件数").First.FillAsync(pieces.ToString(System.Globalization.CultureInfo.InvariantCulture));
        await visit.Page.Keyboard.PressAsync("Tab");
        await form.GetByRole(AriaRole.Button, new() { Name = "提交单据", Exact = true }).ClickAsync();
        await visit.Page.WaitForURLAsync(DocumentAddress());
        await visit.SettledAsync();
    }

    [GeneratedRegex("/stock/documents/[A-Z]{2}[0-9]+$")]
    private static partial Regex DocumentAddress();
}
