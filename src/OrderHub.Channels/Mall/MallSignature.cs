using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace OrderHub.Channels.Mall;

/// <summary>A signed call as it came over the wire. <paramref name="PathAndQuery"/> is percent-encoded and carries any path prefix.</summary>
internal sealed record MallSignedCall(string Method, string PathAndQuery, string? Timestamp, string? Nonce, string? Signature, ReadOnlyMemory<byte> Body);

/// <summary>The mall's signature, the same in both directions. Whether a nonce was used before is the caller's to know.</summary>
internal static class MallSignature
{
    public const string AppHeader = "X-Oms-App";
    public const string TimestampHeader = "X-Oms-Timestamp";
    public const string NonceHeader = "X-Oms-Nonce";
    public const string SignatureHeader = "X-Oms-Signature";

    /// <summary>How far a caller's clock may be off; a nonce must be remembered for twice as long.</summary>
    public static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(300);

    private const string Scheme = "v1=";

    public static string Text(string timestamp, string nonce, string method, string pathAndQuery, ReadOnlySpan<byte> body) =>
        $"{timestamp}\n{nonce}\n{method.ToUpperInvariant()}\n{SortQuery(pathAndQuery)}\n{Convert.ToHexStringLower(SHA256.HashData(body))}";

    public static string Sign(string text, string secret) => Convert.ToBase64String(Mac(text, secret));

    public static string Header(string text, string secret) => Scheme + Sign(text, secret);

    /// <param name="secrets">Those valid now; two during a rotation. The header may carry two signatures, separated by a blank, for the same reason.</param>
    /// <returns>Null when the call is genuine and fresh, else the protocol's code: <c>sign_invalid</c> or <c>timestamp_skew</c>.</returns>
    public static string? Verify(MallSignedCall call, IReadOnlyList<string> secrets, DateTimeOffset now)
    {
        const string Invalid = "sign_invalid";
        if (call is not { Timestamp.Length: > 0, Nonce.Length: > 0 and <= 128, Signature.Length: > 0 and <= 512 }) return Invalid;
        if (!long.TryParse(call.Timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)) return Invalid;

        var text = Text(call.Timestamp, call.Nonce, call.Method, call.PathAndQuery, call.Body.Span);
        var genuine = false;
        foreach (var secret in secrets.Where(s => s.Length > 0))
        {
            var expected = Mac(text, secret);
            foreach (var part in call.Signature.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            {
                // no early exit: how long this takes must not say which secret or signature fitted
                genuine |= part.StartsWith(Scheme, StringComparison.Ordinal) && CryptographicOperations.FixedTimeEquals(expected, FromBase64(part[Scheme.Length..]));
            }
        }
        if (!genuine) return Invalid;
        // after the signature, so that only a genuine caller learns about our clock
        return Math.Abs(now.ToUnixTimeSeconds() - (decimal)seconds) <= (decimal)Tolerance.TotalSeconds ? null : "timestamp_skew";
    }

    private static byte[] Mac(string text, string secret) => HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(text));

    private static byte[] FromBase64(string text)
    {
        var bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text, bytes, out var length) ? bytes[..length] : [];
    }

    private static string SortQuery(string pathAndQuery)
    {
        var at = pathAndQuery.IndexOf('?', StringComparison.Ordinal);
        if (at < 0 || at == pathAndQuery.Length - 1) return at < 0 ? pathAndQuery : pathAndQuery[..at];
        var pairs = pathAndQuery[(at + 1)..].Split('&');
        Array.Sort(pairs, StringComparer.Ordinal);
        return $"{pathAndQuery[..at]}?{string.Join('&', pairs)}";
    }
}
