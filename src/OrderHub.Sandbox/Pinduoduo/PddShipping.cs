using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using OrderHub.Sandbox.Gateway;
using OrderHub.Sandbox.Trading;

namespace OrderHub.Sandbox.Pinduoduo;

internal static class PddShipping
{
    private static readonly (int Id, string Name, string Code, bool Available)[] Carriers =
    [
        (1, "申通快递", "STO", true), (3, "百世快递", "HT", false), (44, "顺丰快递", "SF", true), (85, "圆通快递", "YTO", true), (115, "中通快递", "ZTO", true),
        (118, "邮政EMS", "EMS", true), (120, "京东快递", "JD", true), (121, "韵达快递", "YUNDA", true), (131, "德邦快递", "DB", true),
        (132, "邮政快递包裹", "YZXB", true), (384, "极兔速递", "JTSD", true),
    ];

    public static PopAnswer Companies(PopCall call) => new PopBody("logistics_companies_get_response", new()
    {
        ["logistics_companies"] = Answers.Array(Carriers, c => new JsonObject
        {
            ["id"] = c.Id, ["logistics_company"] = c.Name, ["code"] = c.Code, ["available"] = c.Available ? 1 : 0,
        }),
    });

    public static PopAnswer Send(PopCall call)
    {
        if (call.Need("order_sn", out var no) is { } noOrder) return noOrder;
        if (call.Need("tracking_number", out var waybill) is { } noWaybill) return noWaybill;
        if (call.Need("logistics_id", out _) is { } noCarrier) return noCarrier;
        if (call.Number("logistics_id", 0, 1, int.MaxValue, out var id) is { } badCarrier) return badCarrier;
        if (Carriers.FirstOrDefault(c => c.Id == id && c.Available) is not { Name: not null } carrier) return PopFault.Business("快递公司不可用");
        var order = call.Market.Orders.Find(SandboxPlatform.Pinduoduo, no);
        if (order is { PaidAt: null }) return PopFault.Business("定金订单尾款未付，不能发货");
        if (order is { RefundedFen: > 0, ShippedAt: null }) return PopFault.Business("订单已退款，不能发货");
        return call.Market.Ship(SandboxPlatform.Pinduoduo, no,
            new(carrier.Id.ToString(CultureInfo.InvariantCulture), carrier.Name, waybill)) switch
        {
            ShipRefusal.None => new PopBody("logistics_online_send_response", new() { ["is_success"] = true }),
            ShipRefusal.NotFound => PopFault.Business("订单不存在"),
            ShipRefusal.AlreadyShipped => PopFault.Business("订单已发货，请勿重复发货"),
            ShipRefusal.RefundPending => PopFault.Business("订单售后处理中，不能发货"),
            ShipRefusal.RiskControlled => PopFault.Business("订单处于风控审核中，不能发货"),
            ShipRefusal.Closed => PopFault.Business("订单已退款，不能发货"),
            var other => PopFault.Business($"订单状态不允许发货（{other}）"),
        };
    }

    /// <summary>More waybills of an order that is shipped already; for the buyer to see.</summary>
    public static PopAnswer AddParcels(PopCall call)
    {
        if (call.Need("order_sn", out var no) is { } noOrder) return noOrder;
        if (call.Need("extra_track_list", out var list) is { } noList) return noList;
        if (call.Number("extra_track_type", 1, 1, 3, out _) is { } badType) return badType;
        if (Parcels(list) is not { Length: > 0 } parcels) return PopFault.Parameter("extra_track_list");
        if (parcels.Any(p => Carriers.All(c => c.Id != p.Id || !c.Available))) return PopFault.Business("快递公司不可用");
        if (call.Market.Orders.Find(SandboxPlatform.Pinduoduo, no) is not { Shipments.Count: > 0 }) return PopFault.Business("订单未发货，不能上传额外运单");
        call.Market.Set(SandboxPlatform.Pinduoduo, no, o => o with
        {
            Shipments = [.. o.Shipments, .. parcels.Where(p => o.Shipments.All(s => s.WaybillNo != p.Waybill))
                .Select(p => new SandboxShipment(p.Id.ToString(CultureInfo.InvariantCulture), Carriers.First(c => c.Id == p.Id).Name, p.Waybill, call.Now, []))],
        });
        return new PopBody("upload_extra_logistics_response", new() { ["success"] = true });
    }

    /// <summary>Null when the text is not the documented list.</summary>
    private static (int Id, string Waybill)[]? Parcels(string list)
    {
        try
        {
            using var json = JsonDocument.Parse(list);
            return [.. json.RootElement.EnumerateArray().Select(p => (int.Parse(p.Text("shipping_id") ?? "", CultureInfo.InvariantCulture), p.Text("tracking_number") ?? ""))];
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException)
        {
            return null;
        }
    }
}
