using System.Security.Cryptography;
using System.Text;

namespace OrderHub.Channels.Webhooks;

/// <summary><c>v1=</c> + base64(HMAC-SHA256(secret, timestamp \n nonce \n METHOD \n path-with-sorted-query \n hex(SHA256(body)))).</summary>
internal static class MallSeal
{
    /// <summary>One of the blank-separated signatures must fit: two secrets may be valid while they are rotated.</summary>
    public static bool IsGenuine(SignedRequest request, string secret)
    {
        var expected = Encoding.ASCII.GetBytes(Of(request, secret));
        return request.Signature.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Any(s => CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(s), expected));
    }

    public static string Of(SignedRequest request, string secret)
    {
        var text = string.Join('\n', request.Timestamp, request.Nonce, request.Method, WithSortedQuery(request.PathAndQuery), Convert.ToHexStringLower(SHA256.HashData(request.Body)));
        return "v1=" + Convert.ToBase64String(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(text)));
    }

    private static string WithSortedQuery(string target)
    {
        var at = target.IndexOf('?', StringComparison.Ordinal);
        return at < 0 || at == target.Length - 1 ? target : $"{target[..at]}?{string.Join('&', target[(at + 1)..].Split('&').Order(StringComparer.Ordinal))}";
    }
}
