using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using OrderHub.Channels.Mall;

namespace OrderHub.PostgresTests.Channels;

/// <summary>What a self-built mall sends: a body and its signature.</summary>
internal static class MallPush
{
    public static string Path(string shopCode) => $"/api/v1/shops/{shopCode}/orders";

    public static string Orders(params IEnumerable<string> orders) => $$"""{"orders":[{{string.Join(',', orders)}}]}""";

    /// <param name="nonce">Null = a new one.</param>
    /// <param name="age">How long ago it was signed.</param>
    public static HttpRequestMessage Request(string path, string body, string appKey, string secret, string? nonce = null, TimeSpan age = default)
    {
        var bytes = Encoding.UTF8.GetBytes(body);
        var timestamp = (TimeProvider.System.GetUtcNow() - age).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        nonce ??= Guid.NewGuid().ToString("N");
        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new ByteArrayContent(bytes) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.Add(MallSignature.AppHeader, appKey);
        request.Headers.Add(MallSignature.TimestampHeader, timestamp);
        request.Headers.Add(MallSignature.NonceHeader, nonce);
        request.Headers.Add(MallSignature.SignatureHeader, MallSignature.Header(MallSignature.Text(timestamp, nonce, "POST", path, bytes), secret));
        return request;
    }
}
