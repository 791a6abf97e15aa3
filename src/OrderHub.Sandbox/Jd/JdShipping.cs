using System.Text.Json.Nodes;
using OrderHub.Sandbox.Trading;

namespace OrderHub.Sandbox.Jd;

internal static class JdShipping
{
    private static readonly Dictionary<string, string> Carriers = new()
    {
        ["467"] = "顺丰快递", ["463"] = "圆通快递", ["1499"] = "中通速递", ["470"] = "申通快递", ["1327"] = "韵达快递", ["465"] = "邮政EMS",
        ["2170"] = "邮政快递包裹", ["2087"] = "京东快递", ["3046"] = "德邦快递", ["1747"] = "优速快递", ["1748"] = "百世快递", ["1274"] = "厂家自送",
    };

    public static JsonObject Ship(JdCall call)
    {
        // logiCoprId is spelt so by the platform
        if (call.Text("orderId") is not { } no || call.Text("logiCoprId") is not { } carrier || call.Text("logiNo") is not { } waybill)
            return Result("10400001", "orderId、logiCoprId、logiNo不能为空");
        if (carrier.Split('|').FirstOrDefault(c => !Carriers.ContainsKey(c)) is { } unknown) return Result("10400002", $"物流公司{unknown}不存在");
        var name = Carriers[carrier.Split('|')[0]];
        return call.Market.Ship(SandboxPlatform.Jd, no, new(carrier, name, waybill)) switch
        {
            ShipRefusal.None => Result("0", ""),
            ShipRefusal.NotFound => Result("10400003", "订单不存在"),
            ShipRefusal.AlreadyShipped => Result("10400010", "订单已出库，不能重复出库"),
            ShipRefusal.RefundPending => Result("10400011", "订单已锁定，不能出库"),
            ShipRefusal.RiskControlled => Result("10400012", "订单暂停中，不能出库"),
            ShipRefusal.Closed => Result("10400013", "订单已取消，不能出库"),
            var other => Result("10400014", $"订单状态不允许出库（{other}）"),
        };
    }

    private static JsonObject Result(string code, string reason) => new()
    {
        ["sopjosshipment_result"] = new JsonObject { ["success"] = code == "0", ["errorCode"] = code, ["chineseErrCode"] = reason },
    };
}
