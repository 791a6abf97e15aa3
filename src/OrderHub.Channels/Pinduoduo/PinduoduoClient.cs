using System.Globalization;
using OrderHub.Channels.Adapters;

namespace OrderHub.Channels.Pinduoduo;

internal sealed class PinduoduoClient(PlatformHttp http, TimeProvider clock)
{
    /// <summary>A few answers stand without a root.</summary>
    public const string NoRoot = "";

    /// <param name="root">The answer's root; it follows no rule on this platform.</param>
    /// <param name="asShop">False: without the access token, which may have run out.</param>
    /// <param name="repeatable">False: a broken connection is said at once, since the call may have been done.</param>
    public Task<JsonReading> CallAsync(ShopConnection shop, string type, string root, IReadOnlyDictionary<string, string> business, CancellationToken ct, bool asShop = true, bool repeatable = true) =>
        http.CallAsync(shop, type, () => Request(shop, type, business, asShop),
            reply => PlatformHttp.Read(PlatformHttp.Parse(reply), a => a.Find("error_response") is { } error ? throw PinduoduoErrors.From(error) : root == NoRoot ? a : a.NeedObject(root)), ct, repeatable);

    private HttpRequestMessage Request(ShopConnection shop, string type, IReadOnlyDictionary<string, string> business, bool asShop)
    {
        var parameters = new Dictionary<string, string>(business.Where(p => p.Value.Length > 0))
        {
            ["type"] = type,
            ["client_id"] = shop.AppKey,
            ["timestamp"] = clock.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture),
            ["data_type"] = "JSON",
            ["version"] = "V1",
        };
        if (asShop) parameters["access_token"] = shop.AccessToken;
        parameters["sign"] = PinduoduoSigning.Sign(parameters, shop.AppSecret);
        return new(HttpMethod.Post, PlatformHttp.Resolve(shop.BaseUrl, "/api/router")) { Content = new FormUrlEncodedContent(parameters) };
    }
}
