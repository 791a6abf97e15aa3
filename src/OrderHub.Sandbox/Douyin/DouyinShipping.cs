using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using OrderHub.Sandbox.Gateway;
using OrderHub.Sandbox.Trading;

namespace OrderHub.Sandbox.Douyin;

internal static class DouyinShipping
{
    private static readonly (int Id, string Name, string Code)[] Carriers =
    [
        (12, "顺丰速运", "shunfeng"), (7, "圆通快递", "yuantong"), (15, "中通快递", "zhongtong"), (8, "申通快递", "shentong"), (9, "韵达快递", "yunda"),
        (17, "EMS", "ems"), (19, "邮政快递包裹", "youzhengguonei"), (22, "京东快递", "jd"), (30, "极兔速递", "jtexpress"), (21, "德邦物流", "debangwuliu"),
        (23, "德邦快递", "debangkuaidi"), (11, "百世快递", "huitongkuaidi"),
    ];

    public static DouyinAnswer Companies(DouyinCall call) => DouyinAnswer.Success(
        Answers.Array(Carriers, c => new JsonObject { ["id"] = c.Id, ["name"] = c.Name, ["code"] = c.Code }));

    public static DouyinAnswer Add(DouyinCall call)
    {
        if (call.Text("order_id") is not { } no) return DouyinAnswer.MissingBusiness("order_id");
        if (call.Text("company_code") is not { } company) return DouyinAnswer.MissingBusiness("company_code");
        if (call.Text("logistics_code") is not { } waybill) return DouyinAnswer.MissingBusiness("logistics_code");
        if (Carriers.FirstOrDefault(c => c.Code == company) is not { Code: not null } carrier) return DouyinAnswer.Invalid("isv.parameter-invalid", "company_code不存在");
        return Answer(call.Market.Ship(SandboxPlatform.Douyin, no, new(carrier.Code, carrier.Name, waybill)));
    }

    /// <summary>One parcel with some of the lines. The same parcel again is answered as the first time.</summary>
    public static DouyinAnswer AddSinglePack(DouyinCall call)
    {
        if (Texts(call, "order_id_list") is not [var no]) return DouyinAnswer.MissingBusiness("order_id_list");
        if (call.Text("company_code") is not { } company) return DouyinAnswer.MissingBusiness("company_code");
        if (call.Text("logistics_code") is not { } waybill) return DouyinAnswer.MissingBusiness("logistics_code");
        if (call.Text("request_id") is null) return DouyinAnswer.MissingBusiness("request_id");
        if (Carriers.FirstOrDefault(c => c.Code == company) is not { Code: not null } carrier) return DouyinAnswer.Invalid("isv.parameter-invalid", "company_code不存在");
        if (call.Market.Orders.Find(SandboxPlatform.Douyin, no) is not { } order) return DouyinAnswer.Business("order-not-exist", "订单不存在");
        if (Lines(call, order) is not { Length: > 0 } lines) return DouyinAnswer.Invalid("isv.parameter-invalid", "shipped_order_info中的子订单或数量不正确");
        if (order.Shipments.Any(s => s.WaybillNo == waybill && s.LineNos.Order().SequenceEqual(lines.Order()))) return DouyinAnswer.Success(new JsonObject());
        return Answer(call.Market.Ship(SandboxPlatform.Douyin, no, new(carrier.Code, carrier.Name, waybill, lines)));
    }

    private static DouyinAnswer Answer(ShipRefusal refusal) => refusal switch
    {
        ShipRefusal.None => DouyinAnswer.Success(new JsonObject()),
        ShipRefusal.NotFound => DouyinAnswer.Business("order-not-exist", "订单不存在"),
        ShipRefusal.AlreadyShipped => DouyinAnswer.Business("order-already-shipped", "订单已发货，不能重复发货"),
        ShipRefusal.RiskControlled => DouyinAnswer.Business("order-risk-controlled", "订单审核中，暂不能发货"),
        ShipRefusal.Closed => DouyinAnswer.Business("order-closed", "订单已取消或已退款，不能发货"),
        var other => DouyinAnswer.Business("order-status", $"订单状态不允许发货（{other}）"),
    };

    /// <summary>The played platform keeps lines together, so each is to be shipped with all of its pieces. Empty when one is not the order's.</summary>
    private static int[] Lines(DouyinCall call, SandboxOrder order)
    {
        if (!call.Business.TryGetProperty("shipped_order_info", out var infos) || infos.ValueKind != JsonValueKind.Array) return [];
        var wanted = infos.EnumerateArray().ToDictionary(i => i.Text("shipped_order_id") ?? "", i => i.Text("shipped_num"));
        var lines = order.Lines.Where(l => wanted.GetValueOrDefault(OrderNumbers.SubOrder(order, l.No).ToString(CultureInfo.InvariantCulture)) == l.Quantity.ToString(CultureInfo.InvariantCulture))
            .Select(l => l.No).ToArray();
        return lines.Length == wanted.Count ? lines : [];
    }

    private static string[] Texts(DouyinCall call, string name) => call.Business.TryGetProperty(name, out var list) && list.ValueKind == JsonValueKind.Array
        ? [.. list.EnumerateArray().Select(v => Incoming.Scalar(v) ?? "")] : [];
}
