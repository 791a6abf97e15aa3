using Microsoft.Playwright;
using OrderHub.BrowserTests.Infrastructure;

namespace OrderHub.BrowserTests.MainJob;

[Collection(OneHub.Name)]
public sealed class OrderArrivalTests(RunningHub hub)
{
    [Fact]
    public Task An_order_published_on_Taobao_appears_in_the_order_list_within_ten_seconds() => hub.WalkAsync("ops", Screen.Desktop, async visit =>
    {
        await visit.OpenAsync("/orders");
        var no = hub.Day.Buy(hub.Day.SomeGoods());
        await Assertions.Expect(visit.Page.Locator("table.orders tr", new() { HasText = no })).ToBeVisibleAsync(new() { Timeout = 10_000 });
    });
}
