using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using OrderHub.Sandbox.Gateway;
using OrderHub.Sandbox.Trading;

namespace OrderHub.Sandbox.Taobao;

internal static class TaobaoShipping
{
    private static readonly (int Id, string Code, string Name)[] Carriers =
    [
        (505, "SF", "顺丰速运"), (101, "YTO", "圆通速递"), (500, "ZTO", "中通快递"), (100, "STO", "申通快递"), (102, "YUNDA", "韵达快递"),
        (2, "EMS", "EMS"), (1, "POSTB", "邮政快递包裹"), (107, "DBL", "德邦物流"), (108, "DBKD", "德邦快递"),
        (1500, "JD", "京东快递"), (105, "BEST", "百世物流"), (200, "HTKY", "百世快递"), (201, "JITU", "极兔速递"), (202, "JT", "极兔速递"),
    ];

    public static TopAnswer Companies(TopCall call)
    {
        if (call.Need("fields", out var fields) is { } fault) return fault;
        var wanted = TaobaoTrades.Wanted(fields);
        return new TopBody(new()
        {
            ["logistics_companies"] = new JsonObject
            {
                ["logistics_company"] = Answers.Array(Carriers, c => Answers.Only(new JsonObject
                {
                    ["id"] = c.Id, ["code"] = c.Code, ["name"] = c.Name, ["reg_mail_no"] = "^[A-Za-z0-9-]{8,24}$",
                }, wanted)),
            },
        });
    }

    public static TopAnswer OfflineSend(TopCall call)
    {
        if (call.Need("out_sid", out _) is { } fault) return fault;
        return Send(call);
    }

    /// <summary>Without a waybill number the order is only announced to the carrier: the trade's state stays as it is.</summary>
    public static TopAnswer OnlineSend(TopCall call) => call.Text("out_sid") is null && call.NeedNumber("tid", out var tid) is null
        ? TaobaoTrades.Find(call, tid) is null ? TopFault.NoTrade : Shipped()
        : Send(call);

    /// <summary>The multi-parcel form: each package names its carrier, its waybill and what is in it.</summary>
    public static TopAnswer AscpSend(TopCall call)
    {
        if (call.NeedNumber("tid", out var tid) is { } noTid) return noTid;
        if (call.Need("consign_pkgs", out var text) is { } noPackages) return noPackages;
        if (TaobaoTrades.Find(call, tid) is not { } order) return TopFault.NoTrade;
        if (Packages(text) is not { Count: > 0 } packages) return TopFault.Invalid("consign_pkgs");
        foreach (var package in packages)
        {
            var fault = Ship(call, order, package.Text("company_code"), package.Text("out_sid"),
                package.TryGetProperty("goods", out var goods) && goods.ValueKind == JsonValueKind.Array
                    ? [.. goods.EnumerateArray().Select(g => g.Text("sub_tid")).OfType<string>()] : Split(call.Text("sub_tid")));
            if (fault is not null) return fault;
        }
        return new TopBody(new() { ["result"] = new JsonObject { ["success"] = true } });
    }

    private static TopAnswer Send(TopCall call)
    {
        if (call.NeedNumber("tid", out var tid) is { } noTid) return noTid;
        if (call.Need("company_code", out var company) is { } noCompany) return noCompany;
        if (TaobaoTrades.Find(call, tid) is not { } order) return TopFault.NoTrade;
        return Ship(call, order, company, call.Text("out_sid"), Split(call.Text("sub_tid"))) ?? (TopAnswer)Shipped();
    }

    private static TopFault? Ship(TopCall call, SandboxOrder order, string? company, string? waybill, IReadOnlyList<string> subOrders)
    {
        if (Carriers.FirstOrDefault(c => c.Code == company) is not { Code: not null } carrier)
            return TopFault.Business("isv.logistics-offline-service-error:S01", "物流公司不存在");
        if (waybill is not { Length: >= 6 and <= 32 }) return TopFault.Business("isv.logistics-offline-service-error:B60", "运单号不符合规则或已经被使用");
        int[]? lines = null;
        if (subOrders.Count > 0)
        {
            lines = [.. order.Lines.Where(l => subOrders.Contains(OrderNumbers.SubOrder(order, l.No).ToString(CultureInfo.InvariantCulture))).Select(l => l.No)];
            if (lines.Length != subOrders.Distinct().Count()) return TopFault.Business("isv.logistics-offline-service-error:B27", "子订单不存在");
        }
        return call.Market.Ship(SandboxPlatform.Taobao, order.No, new(carrier.Code, carrier.Name, waybill, lines)) switch
        {
            ShipRefusal.None => null,
            ShipRefusal.NotFound => TopFault.NoTrade,
            ShipRefusal.AlreadyShipped => TopFault.Business("isv.logistics-offline-service-error:B04", "该订单已发货，不能重复发货"),
            ShipRefusal.RiskControlled => TopFault.Business("isv.logistics-offline-service-error:P38", "订单被平台限制发货"),
            ShipRefusal.Closed => TopFault.Business("isv.logistics-offline-service-error:B150", "交易已关闭或已退款，不能发货"),
            var other => TopFault.Business("isv.logistics-offline-service-error:B01", $"订单状态不允许发货（{other}）"),
        };
    }

    private static List<JsonElement>? Packages(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return document.RootElement.ValueKind == JsonValueKind.Array ? [.. document.RootElement.Clone().EnumerateArray()]
                : document.RootElement.ValueKind == JsonValueKind.Object ? [document.RootElement.Clone()] : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string[] Split(string? list) => list?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [];

    private static TopBody Shipped() => new(new JsonObject { ["shipping"] = new JsonObject { ["is_success"] = true } });
}
