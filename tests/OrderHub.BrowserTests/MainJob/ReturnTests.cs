using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using OrderHub.AfterSales.Contracts;
using OrderHub.BrowserTests.Infrastructure;
using OrderHub.Platform.Data;

namespace OrderHub.BrowserTests.MainJob;

[Collection(OneHub.Name)]
public sealed class ReturnTests(RunningHub hub)
{
    [Fact]
    public async Task The_order_page_leads_to_the_return_the_warehouse_expects()
    {
        var goods = hub.Day.SomeGoods();
        var order = await hub.Day.AllocatedAsync(hub.Day.Buy(goods));
        await hub.Day.PackAndHandOverAsync(order, goods);
        await hub.Day.ShippedAsync(order.Id);
        await using (var scope = hub.Hub.Services.CreateAsyncScope())
        {
            var (intake, now) = (scope.ServiceProvider.GetRequiredService<IRefundIntake>(), TimeProvider.System.GetUtcNow());
            await scope.ServiceProvider.GetRequiredService<HubDatabase>().RunAsync(tx => intake.AcceptAsync(tx,
                [new(order.ShopId, "RF-" + order.No, 1, order.PlatformOrderNo, null, RefundKind.ReturnRefund, RefundStatus.Returning, 100, 0, "尺码不合适", now, now)], default), default);
        }
        foreach (var screen in new[] { Screen.Desktop, Screen.Phone })
            await hub.WalkAsync("ops", screen, async visit =>
            {
                await visit.OpenAsync("/orders/" + order.No);
                var paper = visit.Page.Locator("a", new() { HasTextRegex = new Regex("^TH[0-9]+$") });
                for (var look = 0; look < 40 && await paper.CountAsync() == 0; look++)
                {
                    await Task.Delay(500);
                    await visit.OpenAsync("/orders/" + order.No);
                }
                await Assertions.Expect(visit.Page.Locator("body")).ToContainTextAsync("待到货 1 件");
                await paper.ClickAsync();
                await Assertions.Expect(visit.Page.Locator("body")).ToContainTextAsync("RF-" + order.No);
            });
    }
}
