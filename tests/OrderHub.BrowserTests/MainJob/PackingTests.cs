using Microsoft.Playwright;
using OrderHub.BrowserTests.Infrastructure;

namespace OrderHub.BrowserTests.MainJob;

[Collection(OneHub.Name)]
public sealed class PackingTests(RunningHub hub)
{
    [Fact]
    public async Task A_packer_scans_the_wrong_item_is_stopped_then_packs_and_hands_over_on_the_phone()
    {
        var (wanted, other) = (hub.Day.SomeGoods(), hub.Day.SomeGoods());
        var order = await hub.Day.AllocatedAsync(hub.Day.Buy(wanted, pieces: 2));
        await hub.WalkAsync("packer", Screen.Phone, async visit =>
        {
            var page = visit.Page;
            await TakeTaskAsync(visit, order.No);
            var right = page.Locator(".pk-say.right");
            var wrong = page.Locator(".pk-say.wrong");

            await visit.ScanAsync(other.Barcode);
            await Assertions.Expect(wrong).ToContainTextAsync("拿错了");
            await visit.ScanAsync(wanted.Barcode);
            await Assertions.Expect(right).ToContainTextAsync("1/2");
            await visit.ScanAsync(wanted.Barcode);
            await Assertions.Expect(right).ToContainTextAsync("2/2");
            await visit.ScanAsync(wanted.Barcode);
            await Assertions.Expect(wrong).ToContainTextAsync("多拿了");

            await page.GetByRole(AriaRole.Button, new() { Name = "打单并打包" }).TapAsync();
            var waybill = await page.Locator(".pk-waybill .number").InnerTextAsync();
            waybill.ShouldNotBeNullOrWhiteSpace();

            await visit.OpenAsync("/w/handover");
            await visit.ScanAsync(waybill);
            await Assertions.Expect(right).ToContainTextAsync("已交接 " + waybill);
        });
    }

    /// <summary>The list does not refresh under the thumb, so a packer looks again when the task is not there yet.</summary>
    private static async Task TakeTaskAsync(Visit visit, string orderNo)
    {
        var task = visit.Page.Locator("button.pk-row", new() { HasText = orderNo });
        for (var look = 0; look < 10; look++)
        {
            await visit.OpenAsync("/w/tasks");
            if (await task.CountAsync() > 0) break;
            await Task.Delay(500);
        }
        await task.TapAsync();
        await visit.Page.WaitForURLAsync("**/w/pack/" + orderNo);
    }
}
