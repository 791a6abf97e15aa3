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
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
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
