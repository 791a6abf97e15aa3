using OrderHub.BrowserTests.Infrastructure;
using OrderHub.Sandbox;

namespace OrderHub.BrowserTests.Pages;

/// <summary>Every page with something on it, by the account that sees it.</summary>
internal static class PageList
{
    /// <summary>Orders of several platforms, one of them free to be packed in 苏州.</summary>
    public static async Task<(string Account, string Path)[]> AllAsync(RunningHub hub)
    {
        var goods = hub.Day.SomeGoods();
        foreach (var platform in Enum.GetValues<SandboxPlatform>()) hub.Day.Buy(hub.Day.SomeGoods(), platform: platform);
        var order = await hub.Day.AllocatedAsync(hub.Day.Buy(goods, pieces: 2));
        return
        [
            .. ((string[])["/", "/orders", "/orders/shortage", "/orders/lock-rules", "/orders/" + order.No, "/stock", "/stock/" + goods.Code, "/stock/documents", "/stock/documents/new?kind=receipt", "/stock/quotas", "/stock/batches", "/stock/snapshots", "/stock/variances", "/stock/health",
                "/allocation", "/allocation/rules/new", "/allocation/warehouses", "/allocation/couriers", "/allocation/couriers/YTO", "/allocation/suspensions", "/allocation/weights", "/allocation/test-drive?order=" + order.No,
                "/channels", "/channels/tb-demo", "/warehouse",
                "/aftersales", "/settlements", "/jobs", "/incidents", "/settings/notifications", "/help/states",
                "/account", "/channels/publishing?sku=" + goods.Code, "/channels/tb-demo?tab=deliveries", "/imports", "/dual-run", "/channels/tb-demo?tab=completeness", "/channels/calls", "/channels/connect", "/channels/tb-demo/connect"]).Select(path => ("admin", path)),
            .. ((string[])["/w", "/w/tasks", "/w/pack/" + order.No, "/w/handover"]).Select(path => ("packer", path)),
        ];
    }
}
