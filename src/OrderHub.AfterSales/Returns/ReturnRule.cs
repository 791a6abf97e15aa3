using OrderHub.AfterSales.Contracts;
using OrderHub.Inventory.Contracts;
using OrderHub.Orders.Contracts;

namespace OrderHub.AfterSales.Returns;

internal enum GoodsNews { None, WillCome, WillNotCome }

/// <summary>What a refund means for the goods. Pure.</summary>
internal static class ReturnRule
{
    /// <summary>Agreed or under way: the warehouse must know of the parcel before it stands at the door. Goods that never left cannot come back.</summary>
    public static GoodsNews NewsOf(RefundKind kind, RefundStatus status, OrderState order) => (kind, status) switch
    {
        (RefundKind.RefundOnly, _) or (_, RefundStatus.Refused or RefundStatus.Closed) => GoodsNews.WillNotCome,
        (_, RefundStatus.Agreed or RefundStatus.Returning) when order is OrderState.Shipped or OrderState.Signed or OrderState.Completed or OrderState.Returned => GoodsNews.WillCome,
        _ => GoodsNews.None,
    };

    /// <summary>The named line in full, as platforms tell no pieces; everything where none is named or it is none of ours: what came is counted at inspection.</summary>
    public static IReadOnlyList<ReturnedGoods> GoodsOf(OrderView order, string? platformLineNo)
    {
        var named = order.Lines.Where(l => l.PlatformLineNo == platformLineNo).ToList();
        return [.. (named.Count > 0 ? named : order.Lines).Where(l => l.SkuId is not null).Select(l => new ReturnedGoods(l.SkuId!.Value, l.Quantity))];
    }
}
