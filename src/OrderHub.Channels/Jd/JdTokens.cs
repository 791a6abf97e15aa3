using OrderHub.Channels.Adapters;

namespace OrderHub.Channels.Jd;

/// <summary>Tokens are renewed at a host of their own, unsigned, and only in the last 24 hours of their life.</summary>
internal sealed class JdTokens(PlatformHttp http, TimeProvider clock)
{
    private const string Gateway = "/routerjson";
    private static readonly Uri OAuthHost = new("https://open-oauth.jd.com");

    public Task<FreshToken> RefreshAsync(ShopConnection shop, string refreshToken, CancellationToken ct) => http.CallAsync(shop, "oauth2/refresh_token", () =>
    {
        var query = string.Join('&', new (string Name, string Value)[]
        {
            ("app_key", shop.AppKey), ("app_secret", shop.AppSecret), ("grant_type", "refresh_token"), ("refresh_token", refreshToken),
        }.Select(p => $"{p.Name}={Uri.EscapeDataString(p.Value)}"));
        return new HttpRequestMessage(HttpMethod.Get, $"{PlatformHttp.Resolve(Host(shop.BaseUrl), "/oauth2/refresh_token")}?{query}");
    }, reply => PlatformHttp.Read(PlatformHttp.Parse(reply), a => a.Text("code") is "" or "0"
        ? new FreshToken(a.NeedText("access_token"), a.TextOrNull("refresh_token"), clock.GetUtcNow().AddSeconds(a.NeedInteger("expires_in")))
        : throw new PlatformException($"oauth.{a.Text("code")}", a.TextOrNull("msg") ?? a.Text("message"), isTransient: false)), ct);

    /// <summary>Beside the platform's own gateway the OAuth host is known; any other address serves both.</summary>
    private static Uri Host(Uri baseUrl)
    {
        if (baseUrl.Host.EndsWith(".jd.com", StringComparison.OrdinalIgnoreCase)) return OAuthHost;
        var root = baseUrl.GetLeftPart(UriPartial.Path).TrimEnd('/');
        return new Uri(root.EndsWith(Gateway, StringComparison.OrdinalIgnoreCase) ? root[..^Gateway.Length] : root);
    }
}
