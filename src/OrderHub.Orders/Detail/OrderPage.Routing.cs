using OrderHub.Orders.Contracts;
using OrderHub.Orders.Routing;
using OrderHub.Orders.Shortages;
using OrderHub.Orders.Splitting;
using OrderHub.Platform.Results;
using Radzen;

namespace OrderHub.Orders.Detail;

public sealed partial class OrderPage
{
    private bool CanRoute => _order is { Head.State: OrderState.Allocated or OrderState.Shortage };

    private async Task RouteByHandAsync()
    {
        var (head, network) = (_order!.Head, _order.Network);
        var done = await Dialogs.OpenAsync<RouteDialog>(L["改派 {0}", head.No], new Dictionary<string, object?>
        {
            [nameof(RouteDialog.Text)] = L["库存会从原来的仓转占到新的仓；新仓库存不够时不改。"],
            [nameof(RouteDialog.Network)] = network,
            [nameof(RouteDialog.WarehouseId)] = head.WarehouseId,
            [nameof(RouteDialog.CourierId)] = head.CourierId,
            [nameof(RouteDialog.Act)] = (Func<int, int, string, Task<Error?>>)(async (warehouse, courier, reason) =>
                (await Actions.RunAsync<RouteByHand>((route, ct) => route.HandleAsync(head.Id, warehouse, courier, reason, ct), _gone.Token)).Error),
        });
        await LoadAsync();
        if (done is true) Notices.Notify(NotificationSeverity.Success, L["{0}：已完成", L["改派 {0}", head.No]]);
    }

    private async Task SplitAsync()
    {
        var order = _order!;
        var done = await Dialogs.OpenAsync<SplitDialog>(L["拆单 {0}", order.Head.No], new Dictionary<string, object?>
        {
            [nameof(SplitDialog.OrderId)] = order.Head.Id, [nameof(SplitDialog.Network)] = order.Network,
            [nameof(SplitDialog.Titles)] = order.Lines.ToDictionary(l => l.LineNo, l => l.Sku?.Name ?? l.Title),
        }, new DialogOptions { Width = "min(720px, 96vw)" });
        await LoadAsync();
        if (done is true) Notices.Notify(NotificationSeverity.Success, L["{0}：已完成", L["拆单 {0}", order.Head.No]]);
    }

    private Task RouteAgainAsync() => AskAsync(L["重新分仓"], L["按现在的规则和库存给订单 {0} 重新选仓和快递；没有更合适的就保持不变。", _order!.Head.No], L["重新分仓"], dangerous: false,
        async reason => new((await Actions.RunAsync<RouteAgain, RouteOutcome>((route, ct) => route.HandleAsync(_order!.Head.Id, reason, ct), _gone.Token)).Error));

    private Task MarkVipAsync()
    {
        var (head, isVip) = (_order!.Head, !_order.IsVip);
        return AskAsync(L[isVip ? "设为 VIP" : "取消 VIP"], L["买家 {0} 在 {1} 的订单缺货时，同一天时限里先发 VIP。", head.BuyerNick, _order.Shop?.Name], L[isVip ? "设为 VIP" : "取消 VIP"], dangerous: false,
            reason => Actions.RunAsync<MarkVip>((mark, ct) => mark.HandleAsync(head.Id, isVip, reason, ct), _gone.Token));
    }
}
