using System.Globalization;
using System.Text.Json.Nodes;
using OrderHub.Channels.Adapters;

namespace OrderHub.Channels.Kuaishou;

internal sealed class KuaishouClient(PlatformHttp http, TimeProvider clock)
{
    /// <summary>A method that reads; everything stands in the query.</summary>
    public Task<JsonReading> GetAsync(ShopConnection shop, string method, JsonObject business, CancellationToken ct) => CallAsync(shop, HttpMethod.Get, method, business, repeatable: true, ct);

    /// <param name="repeatable">False: a broken connection is said at once, since the call may have been done.</param>
    public Task<JsonReading> PostAsync(ShopConnection shop, string method, JsonObject business, CancellationToken ct, bool repeatable = true) =>
        CallAsync(shop, HttpMethod.Post, method, business, repeatable, ct);

    /// <summary>The OAuth calls have an address of their own and no signature.</summary>
    public Task<JsonReading> OAuthAsync(ShopConnection shop, string path, IReadOnlyDictionary<string, string> form, CancellationToken ct) => http.CallAsync(shop, path,
        () => new(HttpMethod.Post, PlatformHttp.Resolve(shop.BaseUrl, path)) { Content = new FormUrlEncodedContent(form) }, Answer, ct, repeatable: false);

    private Task<JsonReading> CallAsync(ShopConnection shop, HttpMethod verb, string method, JsonObject business, bool repeatable, CancellationToken ct)
    {
        var param = business.ToJsonString(Plain);
        return http.CallAsync(shop, method, () => Request(shop, verb, method, param), Answer, ct, repeatable);
    }

    private HttpRequestMessage Request(ShopConnection shop, HttpMethod verb, string method, string param)
    {
        var secret = KuaishouSigning.SignSecret(shop);
        var parameters = new Dictionary<string, string>
        {
            ["access_token"] = shop.AccessToken,
            ["appkey"] = shop.AppKey,
            ["method"] = method,
            ["param"] = param,
            ["signMethod"] = "HMAC_SHA256",
            ["timestamp"] = clock.GetUtcNow().ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture),
            ["version"] = "1",
        };
        parameters["sign"] = KuaishouSigning.Sign(KuaishouSigning.Text(parameters, secret), secret);
        var address = PlatformHttp.Resolve(shop.BaseUrl, "/" + method.Replace('.', '/'));
        return verb == HttpMethod.Post ? new(verb, address) { Content = new FormUrlEncodedContent(parameters) }
            : new(verb, $"{address}?{string.Join('&', parameters.Select(p => $"{p.Key}={Uri.EscapeDataString(p.Value)}"))}");
    }

    private static JsonReading Answer(PlatformReply reply) => PlatformHttp.Read(PlatformHttp.Parse(reply), KuaishouErrors.Checked);

    private static readonly System.Text.Json.JsonSerializerOptions Plain = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
