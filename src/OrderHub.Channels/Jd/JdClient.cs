using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using OrderHub.Channels.Adapters;
using OrderHub.Platform.Units;

namespace OrderHub.Channels.Jd;

internal sealed class JdClient(PlatformHttp http, TimeProvider clock)
{
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <returns>What stands under the method's root in the answer.</returns>
    public Task<JsonReading> CallAsync(ShopConnection shop, string method, object business, CancellationToken ct)
    {
        // serialised once: the same text is signed and sent
        var json = JsonSerializer.Serialize(business, Plain);
        return http.CallAsync(shop, method, () => Request(shop, method, json), reply => PlatformHttp.Read(PlatformHttp.Parse(reply), a =>
        {
            if (a.Find("error_response") is { } error) throw JdErrors.Gateway(error);
            var body = a.NeedObject(Root(method));
            return body.Text("code") is "" or "0" ? body : throw JdErrors.Gateway(body);
        }), ct);
    }

    /// <summary>The platform's own spelling.</summary>
    public static string Root(string method) => method.Replace('.', '_') + "_responce";

    public static string Time(DateTimeOffset instant) => ShopTime.ToLocal(instant).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    /// <summary>System parameters in the query, the business JSON in the form, as the platform's SDKs do.</summary>
    private HttpRequestMessage Request(ShopConnection shop, string method, string json)
    {
        var parameters = new Dictionary<string, string>
        {
            ["method"] = method,
            ["app_key"] = shop.AppKey,
            ["access_token"] = shop.AccessToken,
            ["timestamp"] = ShopTime.ToLocal(clock.GetUtcNow()).ToString("yyyy-MM-dd HH:mm:ss.fff", CultureInfo.InvariantCulture) + "+0800",
            ["v"] = "2.0",
            ["360buy_param_json"] = json,
        };
        if (shop.AccessToken.Length == 0) parameters.Remove("access_token");
        parameters["sign"] = JdSigning.Sign(parameters, shop.AppSecret);
        parameters.Remove("360buy_param_json");
        var query = string.Join('&', parameters.Select(p => $"{p.Key}={Uri.EscapeDataString(p.Value)}"));
        return new(HttpMethod.Post, $"{PlatformHttp.Resolve(shop.BaseUrl, "/routerjson")}?{query}")
        {
            Content = new FormUrlEncodedContent([new("360buy_param_json", json)]),
        };
    }
}
