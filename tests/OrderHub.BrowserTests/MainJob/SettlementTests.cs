using System.Globalization;
using Microsoft.Playwright;
using OrderHub.BrowserTests.Infrastructure;
using OrderHub.Platform.Units;
using OrderHub.Sandbox;

namespace OrderHub.BrowserTests.MainJob;

[Collection(OneHub.Name)]
public sealed class SettlementTests(RunningHub hub)
{
    [Fact]
    public async Task Finance_downloads_the_settlement_and_its_total_is_what_was_paid()
    {
        var platformNo = hub.Day.Buy(hub.Day.SomeGoods(), pieces: 3);
        await hub.Day.AllocatedAsync(platformNo);
        await hub.WalkAsync("finance", Screen.Desktop, async visit =>
        {
            var page = visit.Page;
            await visit.OpenAsync("/settlements");
            var today = ShopTime.BusinessDay(TimeProvider.System.GetUtcNow());
            var day = today.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
            await page.Locator("#settle-day").FillAsync(day);
            await SettleAsync(page);

            var download = await page.RunAndWaitForDownloadAsync(() => page.GetByLabel($"下载 {day} 的 Excel").ClickAsync());
            download.SuggestedFilename.ShouldStartWith("日结报表-" + day);
            await using var file = await download.CreateReadStreamAsync();
            var sheets = await Workbook.ReadAsync(file);

            var paid = Enum.GetValues<SandboxPlatform>().SelectMany(p => hub.Day.Sandbox.NewestOrders(p, 1000))
                .Where(o => o.PaidAt is { } at && ShopTime.BusinessDay(at) == today).ToList();
            paid.ShouldContain(o => o.No == platformNo);
            var total = sheets["汇总"].Single(row => row["店铺"] == "合计");
            Fen(total["应收"]).ShouldBe(paid.Sum(o => o.PayFen));
            total["订单数"].ShouldBe(paid.Count.ToString(CultureInfo.InvariantCulture));
            var line = sheets["应收明细"].Single(row => row["平台订单号"] == platformNo);
            Fen(line["应收"]).ShouldBe(paid.Single(o => o.No == platformNo).PayFen);
        });
    }

    private static long Fen(string yuan) => (long)Math.Round(decimal.Parse(yuan, NumberStyles.Float, CultureInfo.InvariantCulture) * 100);

    /// <summary>The hub refuses while news of the day is still on its way to the ledger; finance presses again.</summary>
    private static async Task SettleAsync(IPage page)
    {
        var done = page.Locator(".settle-done");
        for (var press = 0; press < 10; press++)
        {
            await page.GetByRole(AriaRole.Button, new() { Name = "结算", Exact = true }).ClickAsync();
            await Assertions.Expect(done.Or(page.Locator(".error-bar")).First).ToBeVisibleAsync();
            if (await done.IsVisibleAsync()) return;
            await page.GetByRole(AriaRole.Button, new() { Name = "知道了" }).ClickAsync();
            await Task.Delay(1000);
        }
        await Assertions.Expect(done).ToBeVisibleAsync();
    }
}
