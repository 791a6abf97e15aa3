using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using OrderHub.Channels.Adapters;

namespace OrderHub.Channels.WeChat;

/// <summary>One POST of JSON per call, the access token in the query; nothing is signed.</summary>
internal sealed class WeChatClient(PlatformHttp http, TimeProvider clock)
{
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <param name="path">As documented, without the leading slash.</param>
    public Task<JsonReading> CallAsync(ShopConnection shop, string path, object business, CancellationToken ct) =>
        http.CallAsync(shop, path, () => Request(shop, $"{path}?access_token={Uri.EscapeDataString(shop.AccessToken)}", business),
            // every shop method says its errcode, also 0: an answer without one is no answer
            reply => Checked(reply, a => a.NeedInteger("errcode")), ct);

    /// <summary>
    /// The “stable” token of 7,200 s: asked for with the app's own credentials, and the same one again until five minutes before its end, so
    /// that several systems of one seller do not end each other's.
    /// </summary>
    /// <param name="grantType">Stands where other platforms have a refresh token: <c>client_credential</c>.</param>
    public Task<FreshToken> TokenAsync(ShopConnection shop, string grantType, CancellationToken ct) => http.CallAsync(shop, "cgi-bin/stable_token",
        () => Request(shop, "cgi-bin/stable_token", new { grant_type = grantType, appid = shop.AppKey, secret = shop.AppSecret }),
        reply => PlatformHttp.Read(Checked(reply, a => a.Integer("errcode")), a => new FreshToken(a.NeedText("access_token"), null, clock.GetUtcNow().AddSeconds(a.NeedInteger("expires_in")))), ct);

    private static JsonReading Checked(PlatformReply reply, Func<JsonReading, long> code)
    {
        var answer = PlatformHttp.Parse(reply);
        // a page that is JSON by chance
        if (!reply.IsSuccess) throw new PlatformException($"http.{(int)reply.Status}", "平台地址不对或拒绝访问", isTransient: false);
        return PlatformHttp.Read(answer, code) is not 0 and var fault ? throw WeChatErrors.From(fault, PlatformHttp.Read(answer, a => a.Text("errmsg"))) : answer;
    }

    private static HttpRequestMessage Request(ShopConnection shop, string target, object business) =>
        new(HttpMethod.Post, $"{shop.BaseUrl.GetLeftPart(UriPartial.Path).TrimEnd('/')}/{target}")
        {
            Content = new StringContent(JsonSerializer.Serialize(business, Plain), Encoding.UTF8, "application/json"),
        };
}
