using System.Globalization;
using System.Text;
using System.Text.Json;
using OrderHub.Sandbox;
using OrderHub.Sandbox.Douyin;
using OrderHub.Sandbox.Jd;
using OrderHub.Sandbox.Kuaidi100;
using OrderHub.Sandbox.Kuaishou;
using OrderHub.Sandbox.Mall;
using OrderHub.Sandbox.Pinduoduo;
using OrderHub.Sandbox.Taobao;

namespace OrderHub.UnitTests.Sandbox;

/// <summary>The smallest client of each platform. <c>spoil</c> changes the common parameters before (or, for the sign, after) signing.</summary>
internal sealed class PlatformClients(SandboxSetup setup)
{
    private static readonly HttpClient Http = new();
    private readonly SandboxDescription _about = setup.World.Describe();

    public DateTimeOffset Now => setup.Clock.GetUtcNow();

    public async Task<JsonElement> TaobaoAsync(string method, object business, Action<Dictionary<string, string>>? spoil = null)
    {
        var shop = Of("taobao");
        var p = Flat(business);
        (p["method"], p["app_key"], p["session"], p["v"], p["format"], p["sign_method"]) = (method, shop.AppKey, shop.AccessToken!, "2.0", "json", "md5");
        p["timestamp"] = China(Now);
        return await FormAsync(shop.BaseUrl + "/router/rest", p, spoil, all => TopSignature.Of(all["sign_method"], shop.AppSecret!, all)!);
    }

    public async Task<JsonElement> JdAsync(string method, object business, Action<Dictionary<string, string>>? spoil = null)
    {
        var shop = Of("jd");
        var p = new Dictionary<string, string>
        {
            ["method"] = method, ["app_key"] = shop.AppKey, ["access_token"] = shop.AccessToken!, ["v"] = "2.0",
            ["timestamp"] = China(Now) + ".000+0800", ["360buy_param_json"] = JsonSerializer.Serialize(business),
        };
        return await FormAsync(shop.BaseUrl + "/routerjson", p, spoil, all => JdSignature.Of(shop.AppSecret!, all));
    }

    public async Task<JsonElement> PinduoduoAsync(string type, object business, Action<Dictionary<string, string>>? spoil = null)
    {
        var shop = Of("pinduoduo");
        var p = Flat(business);
        (p["type"], p["client_id"], p["access_token"], p["data_type"]) = (type, shop.AppKey, shop.AccessToken!, "JSON");
        p["timestamp"] = Unix(Now);
        return await FormAsync(shop.BaseUrl + "/api/router", p, spoil, all => PopSignature.Of(shop.AppSecret!, all));
    }

    public async Task<JsonElement> DouyinAsync(string method, object business, Action<Dictionary<string, string>>? spoil = null)
    {
        var shop = Of("douyin");
        var json = JsonSerializer.Serialize(business);
        var p = new Dictionary<string, string>
        {
            ["app_key"] = shop.AppKey, ["method"] = method, ["access_token"] = shop.AccessToken!, ["timestamp"] = Unix(Now), ["v"] = "2", ["sign_method"] = "hmac-sha256",
        };
        spoil?.Invoke(p);
        p.TryAdd("sign", DouyinSignature.Of(shop.AppSecret!, p["sign_method"], p["app_key"], p["method"], json, p["timestamp"])!);
        var query = string.Join('&', p.Select(x => $"{x.Key}={Uri.EscapeDataString(x.Value)}"));
        return await ReadAsync(await Http.PostAsync($"{shop.BaseUrl}/{method.Replace('.', '/')}?{query}", new StringContent(json, Encoding.UTF8, "application/json")));
    }

    public async Task<JsonElement> KuaishouAsync(string method, object business, Action<Dictionary<string, string>>? spoil = null)
    {
        var shop = Of("kuaishou");
        var p = new Dictionary<string, string>
        {
            ["appkey"] = shop.AppKey, ["method"] = method, ["access_token"] = shop.AccessToken!, ["timestamp"] = Now.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture),
            ["version"] = "1", ["signMethod"] = "MD5", ["param"] = JsonSerializer.Serialize(business),
        };
        return await FormAsync($"{shop.BaseUrl}/{method.Replace('.', '/')}", p, spoil, all => KuaishouSignature.Of(shop.AppSecret!.Split('|')[1], all["signMethod"], all)!);
    }

    public async Task<(int Status, JsonElement Body)> MallAsync(HttpMethod method, string path, object? body = null, Action<HttpRequestMessage>? spoil = null)
    {
        var request = new HttpRequestMessage(method, Of("mall").BaseUrl + path);
        MallSignature.Sign(request, body is null ? [] : JsonSerializer.SerializeToUtf8Bytes(body), Now);
        if (method == HttpMethod.Get) request.Content = null;
        spoil?.Invoke(request);
        var response = await Http.SendAsync(request);
        return ((int)response.StatusCode, await ReadAsync(response));
    }

    public async Task<JsonElement> WeChatAsync(string path, object business)
    {
        var shop = Of("wechat");
        return await ReadAsync(await Http.PostAsync($"{shop.BaseUrl}/{path}?access_token={shop.AccessToken}", new StringContent(JsonSerializer.Serialize(business), Encoding.UTF8, "application/json")));
    }

    public async Task<JsonElement> LabelAsync(object param, Action<Dictionary<string, string>>? spoil = null)
    {
        var shop = Of("kuaidi100-label");
        var p = new Dictionary<string, string>
        {
            ["method"] = "order", ["key"] = shop.AppKey, ["t"] = Now.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture), ["param"] = JsonSerializer.Serialize(param),
        };
        return await FormAsync(shop.BaseUrl + "/label/order", p, spoil, all => TrackingSignature.Label(all["param"], all["t"], all["key"], shop.AppSecret!));
    }

    public async Task<JsonElement> TrackAsync(object param, Action<Dictionary<string, string>>? spoil = null)
    {
        var shop = Of("kuaidi100");
        var p = new Dictionary<string, string> { ["customer"] = shop.Customer!, ["param"] = JsonSerializer.Serialize(param) };
        return await FormAsync(shop.BaseUrl + "/poll/query.do", p, spoil, all => TrackingSignature.Query(all["param"], shop.AppKey, all["customer"]));
    }

    public Task<JsonElement> SubscribeAsync(object param) => FormAsync(Of("kuaidi100").BaseUrl + "/poll",
        new() { ["schema"] = "json", ["param"] = JsonSerializer.Serialize(param) }, null, _ => "");

    public Task<string> PageAsync(string path) => Http.GetStringAsync(new Uri(setup.World.BaseAddress, path));

    public static string China(DateTimeOffset at) => at.ToOffset(TimeSpan.FromHours(8)).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    public static string Unix(DateTimeOffset at) => at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);

    private SandboxSimulator Of(string kind) => _about.Simulators.Single(s => s.Kind == kind);

    private static async Task<JsonElement> FormAsync(string url, Dictionary<string, string> parameters, Action<Dictionary<string, string>>? spoil,
        Func<Dictionary<string, string>, string> sign)
    {
        spoil?.Invoke(parameters);
        if (!parameters.ContainsKey("sign")) parameters["sign"] = sign(parameters);
        return await ReadAsync(await Http.PostAsync(url, new FormUrlEncodedContent(parameters)));
    }

    private static Dictionary<string, string> Flat(object business) => JsonSerializer.SerializeToElement(business)
        .EnumerateObject().ToDictionary(p => p.Name, p => p.Value.ValueKind == JsonValueKind.String ? p.Value.GetString()! : p.Value.GetRawText());

    private static async Task<JsonElement> ReadAsync(HttpResponseMessage response)
    {
        using var document = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        return document.RootElement.Clone();
    }
}
