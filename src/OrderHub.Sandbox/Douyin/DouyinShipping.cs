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
        return call.Market.Ship(SandboxPlatform.Douyin, no, new(carrier.Code, carrier.Name, waybill)) switch
        {
            ShipRefusal.None => DouyinAnswer.Success(new JsonObject()),
            ShipRefusal.NotFound => DouyinAnswer.Business("order-not-exist", "订单不存在"),
            ShipRefusal.AlreadyShipped => DouyinAnswer.Business("order-already-shipped", "订单已发货，不能重复发货"),
            ShipRefusal.RiskControlled => DouyinAnswer.Business("order-risk-controlled", "订单审核中，暂不能发货"),
            ShipRefusal.Closed => DouyinAnswer.Business("order-closed", "订单已取消或已退款，不能发货"),
            var other => DouyinAnswer.Business("order-status", $"订单状态不允许发货（{other}）"),
        };
    }
}
