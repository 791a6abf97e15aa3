using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using OrderHub.Sandbox.Gateway;
using OrderHub.Sandbox.Trading;

namespace OrderHub.Sandbox.WeChat;

internal static class WeChatShipping
{
    private static readonly Dictionary<string, string> Carriers = new()
    {
        ["SF"] = "顺丰速运", ["YTO"] = "圆通速递", ["ZTO"] = "中通快递", ["STO"] = "申通快递", ["YD"] = "韵达速递", ["EMS"] = "EMS", ["YZPY"] = "邮政快递包裹",
        ["JD"] = "京东快递", ["JTSD"] = "极兔速递", ["DBL"] = "德邦快递", ["HTKY"] = "百世快递",
    };

    /// <summary>Each parcel says which pieces are in it. A line travels whole here, as the played market ships lines.</summary>
    public static JsonObject Send(WeChatCall call)
    {
        if (call.Order() is not { } order) return WeChatOrders.NoOrder;
        if (!call.Business.TryGetProperty("delivery_list", out var list) || list.ValueKind != JsonValueKind.Array || list.GetArrayLength() == 0) return WeChatAnswer.Invalid("delivery_list");
        foreach (var parcel in list.EnumerateArray())
        {
            if (Parcel(call, order, parcel) is { } fault) return fault;
        }
        return WeChatAnswer.Ok();
    }

    private static JsonObject? Parcel(WeChatCall call, SandboxOrder order, JsonElement parcel)
    {
        if (parcel.Text("deliver_type") != "1") return WeChatAnswer.Invalid("deliver_type");
        if (parcel.Text("waybill_id") is not { Length: >= 6 } waybill) return WeChatAnswer.Invalid("waybill_id");
        if (parcel.Text("delivery_id") is not { } courier || !Carriers.TryGetValue(courier, out var name)) return WeChatAnswer.Invalid("delivery_id");
        if (!parcel.TryGetProperty("product_infos", out var goods) || goods.ValueKind != JsonValueKind.Array || goods.GetArrayLength() == 0) return WeChatAnswer.Invalid("product_infos");
        var lines = new List<int>();
        foreach (var piece in goods.EnumerateArray())
        {
            var line = order.Lines.FirstOrDefault(l => !lines.Contains(l.No) && order.ShipmentOf(l) is null && Text(l.ProductId) == piece.Text("product_id") && Text(l.PlatformSkuId) == piece.Text("sku_id"));
            if (line is null || piece.Text("product_cnt") != Text(line.Quantity)) return WeChatAnswer.Fault(101100, "订单状态错误，不允许执行此操作");
            lines.Add(line.No);
        }
        return call.Market.Ship(SandboxPlatform.WeChat, order.No, new(courier, name, waybill, lines)) switch
        {
            ShipRefusal.None => null,
            ShipRefusal.AlreadyShipped => WeChatAnswer.Fault(109001, "已经发货"),
            ShipRefusal.RefundPending => WeChatAnswer.Fault(108009, "订单在售后中，不允许发货"),
            _ => WeChatAnswer.Fault(101100, "订单状态错误，不允许执行此操作"),
        };
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
