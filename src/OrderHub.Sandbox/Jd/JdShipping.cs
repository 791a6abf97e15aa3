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
        var parcels = Parcels(carrier, waybill);
        if (parcels.Count == 0) return Result("10400004", "物流公司与运单号个数不一致");
        return call.Market.Ship(SandboxPlatform.Jd, no, new(parcels[0].Carrier, Carriers[parcels[0].Carrier], parcels[0].WaybillNo)) switch
        {
            ShipRefusal.None => Further(call, no, parcels.Skip(1)),
            ShipRefusal.NotFound => Result("10400003", "订单不存在"),
            ShipRefusal.AlreadyShipped => Result("10400010", "订单已出库，不能重复出库"),
            ShipRefusal.RefundPending => Result("10400011", "订单已锁定，不能出库"),
            ShipRefusal.RiskControlled => Result("10400012", "订单暂停中，不能出库"),
            ShipRefusal.Closed => Result("10400013", "订单已取消，不能出库"),
            var other => Result("10400014", $"订单状态不允许出库（{other}）"),
        };
    }

    /// <summary>Carriers between bars, the waybills of one carrier between commas. Empty when there are not as many of one as of the other.</summary>
    private static List<(string Carrier, string WaybillNo)> Parcels(string carriers, string waybills)
    {
        var (by, numbers) = (carriers.Split('|'), waybills.Split('|'));
        return by.Length != numbers.Length ? [] : [.. by.Zip(numbers).SelectMany(p => p.Second.Split(','), (p, number) => (p.First, number))];
    }

    private static JsonObject Further(JdCall call, string no, IEnumerable<(string Carrier, string WaybillNo)> parcels)
    {
        var more = parcels.Select(p => new SandboxShipment(p.Carrier, Carriers[p.Carrier], p.WaybillNo, call.Now, [])).ToList();
        if (more.Count > 0) call.Market.Set(SandboxPlatform.Jd, no, o => o with { Shipments = [.. o.Shipments, .. more] });
        return Result("0", "");
    }

    private static JsonObject Result(string code, string reason) => new()
    {
        ["sopjosshipment_result"] = new JsonObject { ["success"] = code == "0", ["errorCode"] = code, ["chineseErrCode"] = reason },
    };
}
