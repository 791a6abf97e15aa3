using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using OrderHub.Sandbox.Gateway;
using OrderHub.Sandbox.Trading;

namespace OrderHub.Sandbox.Kuaidi100;

/// <summary>E-waybill v2. Error codes of this call are not published beyond their form.</summary>
internal sealed class LabelGateway(WorldState world)
{
    private static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(10);

    public void Map(WebApplication web) =>
        web.MapPost("/kuaidi100-label/label/order", async (HttpRequest request, CancellationToken ct) => Answers.Json(Order(await Incoming.ParametersAsync(request, ct))));

    internal JsonObject Order(IReadOnlyDictionary<string, string> form)
    {
        string Get(string name) => form.GetValueOrDefault(name, "");

        if (Get("method") != "order") return Refuse(30001, "method只支持order");
        if (Get("key") != SandboxCredentials.Kuaidi100Key) return Refuse(30003, "key不存在");
        if (!long.TryParse(Get("t"), NumberStyles.None, CultureInfo.InvariantCulture, out var milliseconds) || milliseconds > 253_402_300_799_999
            || !DateTimeOffset.FromUnixTimeMilliseconds(milliseconds).IsWithin(Tolerance, world.Clock.GetUtcNow())) return Refuse(30004, "时间戳t无效或已过期");
        var sign = TrackingSignature.Label(Get("param"), Get("t"), SandboxCredentials.Kuaidi100Key, SandboxCredentials.Kuaidi100LabelSecret);
        if (!Digest.Same(sign, Get("sign"))) return Refuse(30002, "验证签名失败");
        if (!world.Limiter.Allows("kuaidi100-label")) return Refuse(30005, "请求过于频繁");
        if (Incoming.Object(Get("param")) is not { } param) return Refuse(10000, "param不是JSON对象");
        if (param.Text("kuaidicom") is not { } company || !Carriers.IsKnown(company)) return Refuse(10001, "kuaidicom不存在");
        if (param.Text("printType") is not ("NON" or "IMAGE" or "HTML" or "CLOUD")) return Refuse(10002, "printType错误");
        if (Person(param, "recMan") is not { } receiver) return Refuse(10003, "recMan的name、mobile或tel、printAddr不能为空");
        if (IsHidden(param) && string.IsNullOrEmpty(param.Text("thirdOrderId"))) return Refuse(10003, "收件人信息已加密，请传thirdOrderId");
        if (Person(param, "sendMan") is not { } sender) return Refuse(10004, "sendMan的name、mobile或tel、printAddr不能为空");

        var (city, district) = (Place.City(receiver), Place.District(receiver));
        var label = world.Labels.Give(param.Text("orderId") ?? "", company, city, district, param.Text("reorder") == "true");
        return new()
        {
            ["success"] = true,
            ["code"] = 200,
            ["message"] = "success",
            ["time"] = 1,
            ["data"] = Shape(label, Place.City(sender)),
        };
    }

    private static JsonObject Shape(Label label, string fromCity) => new()
    {
        ["taskId"] = Digest.Opaque("task", label.WaybillNo, 32),
        ["kuaidinum"] = label.WaybillNo,
        ["childNum"] = "",
        ["returnNum"] = "",
        ["label"] = "",
        ["bulkpen"] = label.BulkPen,
        ["orgCode"] = CityCode(fromCity),
        ["orgName"] = fromCity,
        ["destCode"] = CityCode(label.ToCity),
        ["destName"] = label.ToCity,
        ["orgSortingCode"] = "",
        ["orgSortingName"] = "",
        ["destSortingCode"] = "",
        ["destSortingName"] = label.ToDistrict,
        ["orgExtra"] = "",
        ["destExtra"] = "",
        ["pkgCode"] = CityCode(label.ToCity),
        ["pkgName"] = label.ToCity.Length == 0 ? "" : label.ToCity + "集",
        ["road"] = "",
        ["qrCode"] = label.WaybillNo,
        ["kdComOrderNum"] = label.OrderId,
        ["expressCode"] = label.Company,
        ["expressName"] = Carriers.NameOf(label.Company),
    };

    private static string CityCode(string city) => city.Length == 0 ? "" : (100 + StableHash.Of(city) % 800).ToString(CultureInfo.InvariantCulture);

    /// <summary>The address to print, when the person is complete.</summary>
    private static string? Person(JsonElement param, string name) =>
        param.TryGetProperty(name, out var person) && person.Text("name") is { Length: > 0 }
        && (person.Text("mobile") ?? person.Text("tel")) is { Length: > 0 } && person.Text("printAddr") is { Length: > 0 } address ? address : null;

    /// <summary>A masked phone: only the platform knows the real one, and is asked by its order number.</summary>
    private static bool IsHidden(JsonElement param) => param.TryGetProperty("recMan", out var person) && (person.Text("mobile") ?? person.Text("tel"))?.Contains('*') == true;

    private static JsonObject Refuse(int code, string message) => new() { ["success"] = false, ["code"] = code, ["message"] = message, ["data"] = null };
}
