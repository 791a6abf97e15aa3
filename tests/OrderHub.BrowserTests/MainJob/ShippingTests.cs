using Microsoft.Playwright;
using OrderHub.BrowserTests.Infrastructure;

namespace OrderHub.BrowserTests.MainJob;

[Collection(OneHub.Name)]
public sealed class ShippingTests(RunningHub hub)
{
    [Fact]
    public async Task The_picked_up_parcel_is_shipped_on_the_platform_and_on_the_timeline()
    {
        var goods = hub.Day.SomeGoods();
        var platformNo = hub.Day.Buy(goods);
        var order = await hub.Day.AllocatedAsync(platformNo);
        var waybill = await hub.Day.PackAndHandOverAsync(order, goods);
        await hub.WalkAsync("service", Screen.Desktop, async visit =>
        {
            var page = visit.Page;
            var seller = new Uri(hub.Sandbox, "/taobao/seller/orders/" + platformNo).ToString();
            await page.GotoAsync(seller);
            for (var look = 0; look < 60 && !(await page.Locator("#shipping").InnerTextAsync()).Contains("已发货", StringComparison.Ordinal); look++)
            {
                await Task.Delay(500);
                await page.ReloadAsync();
            }
            await Assertions.Expect(page.Locator("#shipping")).ToHaveTextAsync("发货状态：已发货");
            await Assertions.Expect(page.Locator(".parcel .waybill")).ToHaveTextAsync(waybill);

            await visit.OpenAsync("/orders/" + order.No);
            await Assertions.Expect(page.Locator(".order-head .state-badge")).ToContainTextAsync("已发货");
            var timeline = page.Locator(".timeline");
            foreach (var state in (string[])["已分仓", "已打包", "已发货"]) await Assertions.Expect(timeline).ToContainTextAsync(state);
            await Assertions.Expect(timeline).ToContainTextAsync("苏州小吴"); // who packed it
        });
    }
}
