using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using OrderHub.Sandbox.Gateway;

namespace OrderHub.Sandbox.Kuaidi100;

/// <summary>Subscriptions and live queries.</summary>
internal sealed class TrackingGateway(WorldState world)
{
    private static readonly string[] NeedPhone = ["shunfeng", "zhongtong", "fengwang"];
    private readonly ConcurrentDictionary<string, DateTimeOffset> _lastQuery = new(StringComparer.OrdinalIgnoreCase);

    public void Map(WebApplication web)
    {
        web.MapPost("/kuaidi100/poll", async (HttpRequest request, CancellationToken ct) => Answers.Json(Subscribe(await Incoming.ParametersAsync(request, ct))));
        web.MapPost("/kuaidi100/poll/query.do", async (HttpRequest request, CancellationToken ct) => Answers.Json(Query(await Incoming.ParametersAsync(request, ct))));
    }

    internal JsonObject Subscribe(IReadOnlyDictionary<string, string> form)
    {
        if (Incoming.Object(form.GetValueOrDefault("param")) is not { } param) return Result("500", "param不是JSON对象");
        if (form.GetValueOrDefault("schema") is not ("json" or null)) return Result("500", "只支持schema=json");
        if (param.Text("key") != SandboxCredentials.Kuaidi100Key) return Result("600", "您不是合法的订阅者（即授权Key出错）");
        var (company, number) = (param.Text("company") ?? "", param.Text("number") ?? "");
        var parameters = param.TryGetProperty("parameters", out var given) ? given : default;
        var callback = parameters.Text("callbackurl");
        if (!IsWaybill(number) || !Uri.TryCreate(callback, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https"))
            return Result("700", "订阅方的订阅数据存在错误（如不支持的快递公司、单号为空、单号超长等）");
        if (!Carriers.IsKnown(company)) return Result("702", "识别不到快递公司");
        if (world.Parcels.Find(number) is { Parcel.Subscription: not null } journey && journey.SignedAt > world.Clock.GetUtcNow()) return Result("501", "重复订阅");

        var label = world.Labels.OfWaybill(number);
        var to = param.Text("to") ?? "";
        world.Parcels.Change(number, label?.ToCity ?? Place.City(to), label?.ToDistrict ?? "", parcel => parcel with
        {
            FromCity = param.Text("from") is { Length: > 0 } from ? Place.City(from) : parcel.FromCity,
            Subscription = new(company, callback!, parameters.Text("salt"), world.Clock.GetUtcNow(), 0),
        });
        return Result("200", "提交成功");
    }

    internal JsonObject Query(IReadOnlyDictionary<string, string> form)
    {
        var text = form.GetValueOrDefault("param", "");
        if (form.GetValueOrDefault("customer") != SandboxCredentials.Kuaidi100Customer
            || !Digest.Same(TrackingSignature.Query(text, SandboxCredentials.Kuaidi100Key, SandboxCredentials.Kuaidi100Customer), form.GetValueOrDefault("sign")))
            return Result("503", "验证签名失败");
        if (Incoming.Object(text) is not { } param) return Result("400", "提交的数据不完整");
        var (company, number) = (param.Text("com") ?? "", param.Text("num") ?? "");
        if (!Carriers.IsKnown(company) || !IsWaybill(number)) return Result("400", "找不到对应公司或单号不正确");
        if (NeedPhone.Contains(company) && param.Text("phone") is not { Length: >= 4 }) return Result("408", "请输入收件人或寄件人手机号后四位");

        var now = world.Clock.GetUtcNow();
        if (_lastQuery.TryGetValue(number, out var last) && now - last < world.Options.CourierQueryInterval) return Result("500", "同一单号查询过于频繁，请间隔30分钟以上");
        _lastQuery[number] = now;
        if (world.Parcels.Find(number) is not { } journey || journey.Until(now).Count == 0) return Result("500", "查询无结果，请隔段时间再查");
        return TrackAnswer.Shape(journey, company, now, param.Text("resultv2") is "1" or "4" or "8", param.Text("order") == "asc");
    }

    private static bool IsWaybill(string number) => number.Length is >= 6 and <= 32;

    private static JsonObject Result(string code, string message) => new() { ["result"] = code == "200", ["returnCode"] = code, ["message"] = message };
}

internal static class TrackingSignature
{
    public static string Query(string param, string key, string customer) => Digest.Md5Upper(param + key + customer);

    public static string Push(string param, string salt) => Digest.Md5Upper(param + salt);

    public static string Label(string param, string t, string key, string secret) => Digest.Md5Upper(param + t + key + secret);
}

internal static class Carriers
{
    private static readonly Dictionary<string, string> Names = new()
    {
        ["shunfeng"] = "顺丰速运", ["yuantong"] = "圆通速递", ["zhongtong"] = "中通快递", ["shentong"] = "申通快递", ["yunda"] = "韵达快递", ["ems"] = "EMS",
        ["youzhengguonei"] = "邮政快递包裹", ["jd"] = "京东物流", ["jtexpress"] = "极兔速递", ["debangkuaidi"] = "德邦快递", ["debangwuliu"] = "德邦物流",
        ["huitongkuaidi"] = "百世快递", ["fengwang"] = "丰网速运",
    };

    public static bool IsKnown(string company) => Names.ContainsKey(company);

    public static string NameOf(string company) => Names[company];
}

/// <summary>City and district out of an address line.</summary>
internal static class Place
{
    public static string City(string address) => Living.Regions.All.FirstOrDefault(r => address.Contains(r.City, StringComparison.Ordinal))?.City
        ?? Living.Regions.All.FirstOrDefault(r => address.StartsWith(Living.Regions.ShortName(r.Province), StringComparison.Ordinal))?.City ?? "";

    public static string District(string address) => Living.Regions.All.FirstOrDefault(r => address.Contains(r.District, StringComparison.Ordinal))?.District ?? "";
}
