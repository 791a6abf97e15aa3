using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using OrderHub.Sandbox.Gateway;
using OrderHub.Sandbox.Trading;

namespace OrderHub.Sandbox.Mall;

internal sealed class MallShipments(WorldState world)
{
    private readonly ConcurrentDictionary<string, string> _answered = new();

    /// <summary>The same idempotency key again gives the first answer. A line split over several packages counts for the first of them.</summary>
    public MallAnswer Ship(string no, string key, string body)
    {
        if (key.Length == 0) return MallAnswer.Invalid("缺少Idempotency-Key");
        if (_answered.TryGetValue($"{no}/{key}", out var first)) return MallAnswer.Ok((JsonObject)JsonNode.Parse(first)!);
        if (world.Market.Orders.Find(SandboxPlatform.Mall, no) is not { } order) return MallAnswer.NotFound;
        if (Incoming.Object(body) is not { } shipment || !shipment.TryGetProperty("packages", out var packages)
            || packages.ValueKind != JsonValueKind.Array || packages.GetArrayLength() == 0) return MallAnswer.Invalid("packages不能为空");

        var taken = new HashSet<int>();
        foreach (var package in packages.EnumerateArray())
        {
            if (package.Text("carrier_code") is not { Length: > 0 } carrier || package.Text("waybill_no") is not { Length: > 0 } waybill)
                return MallAnswer.Invalid("carrier_code、waybill_no不能为空");
            var lines = Lines(order, package);
            if (lines is { Length: 0 }) return MallAnswer.Invalid("line_id不存在");
            var fresh = lines?.Where(taken.Add).ToArray();
            if (fresh is { Length: 0 }) continue;
            if (Refusal(world.Market.Ship(SandboxPlatform.Mall, no, new(carrier, carrier, waybill, fresh))) is { } refusal) return refusal;
        }
        var answer = MallOrder.Shape(world.Market.Orders.Find(SandboxPlatform.Mall, no)!);
        _answered[$"{no}/{key}"] = answer.ToJsonString(Answers.Relaxed);
        return MallAnswer.Ok(answer);
    }

    /// <summary>Null for the whole order; empty when a line is not the order's.</summary>
    private static int[]? Lines(SandboxOrder order, JsonElement package)
    {
        if (!package.TryGetProperty("items", out var items) || items.ValueKind != JsonValueKind.Array || items.GetArrayLength() == 0) return null;
        var ids = items.EnumerateArray().Select(i => i.Text("line_id")).ToHashSet();
        var lines = order.Lines.Where(l => ids.Contains(MallOrder.LineId(order, l.No))).Select(l => l.No).ToArray();
        return lines.Length == ids.Count ? lines : [];
    }

    private static MallAnswer? Refusal(ShipRefusal refusal) => refusal switch
    {
        ShipRefusal.None => null,
        ShipRefusal.NotFound => MallAnswer.NotFound,
        ShipRefusal.AlreadyShipped => MallAnswer.Conflict("订单已发货"),
        ShipRefusal.RefundPending => MallAnswer.Invalid("退款处理中，不能发货"),
        ShipRefusal.RiskControlled => MallAnswer.Invalid("订单审核中，不能发货"),
        ShipRefusal.Closed => MallAnswer.Invalid("订单已关闭，不能发货"),
        _ => MallAnswer.Invalid("订单状态不允许发货"),
    };
}
