using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using OrderHub.Channels.Adapters;

namespace OrderHub.Channels.Douyin;

internal sealed class DouyinClient(PlatformHttp http, TimeProvider clock)
{
    /// <param name="path">Such as <c>order/searchList</c>; the method's name is the same with dots.</param>
    /// <returns>The whole answer; what was asked for is under <c>data</c>.</returns>
    /// <param name="asShop">False: without the access token, which may have run out.</param>
    /// <param name="repeatable">False: a broken connection is said at once, since the call may have been done.</param>
    public Task<JsonReading> CallAsync(ShopConnection shop, string path, JsonObject business, CancellationToken ct, bool asShop = true, bool repeatable = true)
    {
        // the signed text and the sent body must be the same bytes
        var paramJson = DouyinJson.Canonical(business);
        return http.CallAsync(shop, path, () => Request(shop, path, paramJson, asShop), reply => PlatformHttp.Read(PlatformHttp.Parse(reply), DouyinErrors.Checked), ct, repeatable);
    }

    private HttpRequestMessage Request(ShopConnection shop, string path, string paramJson, bool asShop)
    {
        var method = path.Replace('/', '.');
        var timestamp = clock.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var sign = DouyinSigning.Sign(DouyinSigning.Text(shop.AppSecret, shop.AppKey, method, paramJson, timestamp), shop.AppSecret);
        var token = asShop ? $"&access_token={Uri.EscapeDataString(shop.AccessToken)}" : "";
        var query = $"app_key={Uri.EscapeDataString(shop.AppKey)}&method={method}{token}&timestamp={timestamp}&v=2&sign={sign}&sign_method=hmac-sha256";
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(paramJson));
        content.Headers.TryAddWithoutValidation("Content-Type", "application/json;charset=UTF-8");
        var request = new HttpRequestMessage(HttpMethod.Post, $"{PlatformHttp.Resolve(shop.BaseUrl, "/" + path)}?{query}") { Content = content };
        // asks for the current error codes
        request.Headers.Add("x-open-no-old-err-code", "1");
        return request;
    }
}
