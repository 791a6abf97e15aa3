using System.Globalization;
using System.Text.Json;
using OrderHub.Sandbox.Gateway;
using OrderHub.Sandbox.Trading;

namespace OrderHub.Sandbox.Kuaishou;

internal static class KuaishouShipping
{
    private static readonly Dictionary<long, string> Carriers = new()
    {
        [2] = "EMS", [3] = "申通快递", [4] = "顺丰速运", [6] = "圆通速递", [8] = "邮政快递包裹", [9] = "中通快递", [11] = "韵达快递", [14] = "京东", [53] = "德邦快递", [109] = "极兔速递",
    };

    /// <summary>The whole order in one parcel; the same waybill again is a success again. Orders with presents need the split call.</summary>
    public static KuaishouAnswer Deliver(KuaishouCall call)
    {
        if (call.Order("orderId") is not { } order) return KuaishouAnswer.NotYours;
        if (order.Extras?.GiftSku is not null) return KuaishouAnswer.Refused("赠品订单请使用拆单发货");
        return Ship(call, order, call.Number("expressCode"), call.Text("expressNo"));
    }

    public static KuaishouAnswer DeliverSplit(KuaishouCall call)
    {
        if (call.Order("mainOrderId") is not { } order) return KuaishouAnswer.NotYours;
        if (!call.Business.TryGetProperty("deliveryItemInfoList", out var parcels) || parcels.ValueKind != JsonValueKind.Array || parcels.GetArrayLength() != 1) return KuaishouAnswer.Refused("deliveryItemInfoList无效");
        var parcel = parcels[0];
        if (!parcel.TryGetProperty("deliveryGoodsInfoList", out var goods) || goods.ValueKind != JsonValueKind.Array) return KuaishouAnswer.Refused("deliveryGoodsInfoList无效");
        var sent = goods.EnumerateArray().ToDictionary(g => g.Text("oid") ?? "", g => g.Text("deliveryNum"));
        if (sent.GetValueOrDefault(order.No) != order.Lines[0].Quantity.ToString(CultureInfo.InvariantCulture)) return KuaishouAnswer.Refused("发货数量与订单不符");
        if (order.Extras?.GiftSku is not null && !sent.ContainsKey(KuaishouOrder.GiftOid(order).ToString(CultureInfo.InvariantCulture))) return KuaishouAnswer.Refused("赠品未发货");
        return Ship(call, order, long.TryParse(parcel.Text("expressCode"), NumberStyles.None, CultureInfo.InvariantCulture, out var code) ? code : 0, parcel.Text("expressNo"));
    }

    private static KuaishouAnswer Ship(KuaishouCall call, SandboxOrder order, long courier, string? waybill)
    {
        if (waybill is not { Length: > 0 }) return KuaishouAnswer.Refused("expressNo无效");
        if (!Carriers.TryGetValue(courier, out var name)) return new(11, "快递公司不存在");
        if (order.Shipments.Any(s => s.WaybillNo == waybill)) return KuaishouAnswer.Success(null);
        return call.Market.Ship(SandboxPlatform.Kuaishou, order.No, new(courier.ToString(CultureInfo.InvariantCulture), name, waybill)) switch
        {
            ShipRefusal.None => KuaishouAnswer.Success(null),
            ShipRefusal.RefundPending => KuaishouAnswer.Refused("订单存在进行中的退款，不能发货"),
            ShipRefusal.RiskControlled => KuaishouAnswer.Refused("订单风控中，不能发货"),
            ShipRefusal.AlreadyShipped => KuaishouAnswer.Refused("订单已发货"),
            var other => KuaishouAnswer.Refused($"订单状态不允许发货（{other}）"),
        };
    }
}
