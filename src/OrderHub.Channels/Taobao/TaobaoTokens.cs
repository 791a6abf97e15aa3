using OrderHub.Channels.Adapters;

namespace OrderHub.Channels.Taobao;

internal static class TaobaoTokens
{
    /// <summary>Only apps sold on the platform's service market may renew; a merchant's own app has tokens of a fixed life and is refused.</summary>
    public static async Task<FreshToken> RefreshAsync(TaobaoClient client, ShopConnection shop, string refreshToken, CancellationToken ct)
    {
        var answer = await client.CallAsync(shop with { AccessToken = "" }, "taobao.top.auth.token.refresh", new Dictionary<string, string> { ["refresh_token"] = refreshToken }, ct);
        var text = PlatformHttp.Read(answer, a => a.NeedText("token_result"));
        try
        {
            return JsonReading.Map(text, token => new FreshToken(token.NeedText("access_token"), token.TextOrNull("refresh_token"),
                // milliseconds
                DateTimeOffset.FromUnixTimeMilliseconds(token.NeedInteger("expire_time"))));
        }
        catch (UnreadablePayloadException e)
        {
            throw new PlatformException("answer.incomplete", $"平台应答不完整:{e.Message}", isTransient: true, inner: e);
        }
    }
}
