using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using OrderHub.Sandbox.Gateway;

namespace OrderHub.Sandbox.Mall;

/// <summary>The own mall's convention, the same in both directions.</summary>
internal static class MallSignature
{
    /// <param name="target">Path and query exactly as on the wire.</param>
    public static string Of(string secret, string timestamp, string nonce, string httpMethod, string target, byte[] body)
    {
        var text = string.Join('\n', timestamp, nonce, httpMethod, SortedTarget(target), Convert.ToHexStringLower(SHA256.HashData(body)));
        return "v1=" + Convert.ToBase64String(Digest.HmacSha256(secret, text));
    }

    public static void Sign(HttpRequestMessage request, byte[] body, DateTimeOffset now)
    {
        var timestamp = now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var nonce = Guid.NewGuid().ToString("N");
        var shop = SandboxCredentials.Mall;
        request.Headers.Add("X-Oms-App", shop.AppKey);
        request.Headers.Add("X-Oms-Timestamp", timestamp);
        request.Headers.Add("X-Oms-Nonce", nonce);
        request.Headers.Add("X-Oms-Signature", Of(shop.AppSecret, timestamp, nonce, request.Method.Method, request.RequestUri!.PathAndQuery, body));
        request.Content = new ByteArrayContent(body);
        request.Content.Headers.ContentType = new("application/json") { CharSet = Encoding.UTF8.WebName };
    }

    /// <summary>Query parameters are sorted as raw text, not decoded.</summary>
    private static string SortedTarget(string target)
    {
        var at = target.IndexOf('?', StringComparison.Ordinal);
        return at < 0 ? target : target[..(at + 1)] + string.Join('&', target[(at + 1)..].Split('&').Order(StringComparer.Ordinal));
    }
}
