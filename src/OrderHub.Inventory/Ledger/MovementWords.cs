using System.Globalization;
using OrderHub.Inventory.Contracts;
using OrderHub.Platform.Units;

namespace OrderHub.Inventory.Ledger;

/// <summary>How ledger lines read; the texts are localizer keys.</summary>
internal static class MovementWords
{
    public static string Kind(MovementKind kind) => kind switch
    {
        MovementKind.Receipt => "入库",
        MovementKind.Adjustment => "调整",
        MovementKind.Shipment => "发货出库",
        MovementKind.Transfer => "调拨",
        MovementKind.Count => "盘点",
        MovementKind.Return => "退货入库",
        MovementKind.Kit => "组装拆分",
        MovementKind.Freeze => "冻结解冻",
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    public static string Bucket(Bucket bucket) => bucket switch
    {
        Ledger.Bucket.OnHand => "在库",
        Ledger.Bucket.Defective => "次品",
        Ledger.Bucket.Frozen => "冻结",
        Ledger.Bucket.PurchaseInTransit => "采购在途",
        Ledger.Bucket.TransferInTransit => "调拨在途",
        Ledger.Bucket.ReturnInTransit => "退货在途",
        _ => throw new ArgumentOutOfRangeException(nameof(bucket)),
    };

    public static string HoldReason(HoldReason reason) => reason switch
    {
        Contracts.HoldReason.Paid => "已付款",
        Contracts.HoldReason.Placed => "下单预占",
        Contracts.HoldReason.Deposit => "定金预占",
        Contracts.HoldReason.Moved => "改仓",
        _ => throw new ArgumentOutOfRangeException(nameof(reason)),
    };

    /// <param name="reason">0 = shipped, else a <see cref="ReleaseReason"/>.</param>
    public static string EndReason(short reason) => (ReleaseReason)reason switch
    {
        0 => "已发货",
        ReleaseReason.Cancelled => "订单取消",
        ReleaseReason.UnpaidTooLong => "超时未付款",
        ReleaseReason.Rerouted => "改仓",
        ReleaseReason.ShipmentStopped => "拦截发货",
        _ => "已释放",
    };

    /// <summary><c>order:17</c> → the order's readable number; null for other documents.</summary>
    public static string? OrderNoOf(string document) =>
        document.StartsWith("order:", StringComparison.Ordinal) && long.TryParse(document.AsSpan("order:".Length), NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            ? OrderNo.From(id) : null;

    /// <summary><c>receipt:PO-1</c> → <c>PO-1</c>.</summary>
    public static string NumberOf(string document) => document[(document.IndexOf(':', StringComparison.Ordinal) + 1)..];
}
