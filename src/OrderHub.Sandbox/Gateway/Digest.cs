using System.Security.Cryptography;
using System.Text;

namespace OrderHub.Sandbox.Gateway;

/// <summary>Signature building blocks shared by the protocols. MD5 is what the platforms demand.</summary>
#pragma warning disable CA5351 // MD5 is the platforms' own signature algorithm
internal static class Digest
{
    /// <summary>Name and value of every parameter but the sign, by ordinal name, nothing between them, empty values left out.</summary>
    public static string SortedText(IEnumerable<KeyValuePair<string, string>> parameters) => string.Concat(parameters
        .Where(p => p.Key != "sign" && p.Value.Length > 0)
        .OrderBy(p => p.Key, StringComparer.Ordinal)
        .Select(p => p.Key + p.Value));

    public static string Md5Upper(string text) => Convert.ToHexString(MD5.HashData(Encoding.UTF8.GetBytes(text)));

    public static string Md5Lower(string text) => Convert.ToHexStringLower(MD5.HashData(Encoding.UTF8.GetBytes(text)));

    public static string HmacMd5Upper(string key, string text) =>
        Convert.ToHexString(HMACMD5.HashData(Encoding.UTF8.GetBytes(key), Encoding.UTF8.GetBytes(text)));

    public static byte[] HmacSha256(string key, string text) =>
        HMACSHA256.HashData(Encoding.UTF8.GetBytes(key), Encoding.UTF8.GetBytes(text));

    public static bool Same(string? left, string? right) => left is not null && right is not null
        && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(left), Encoding.UTF8.GetBytes(right));

    /// <summary>An opaque text that is stable for its input, as platforms give instead of personal data.</summary>
    public static string Opaque(string purpose, string text, int length = 24) =>
        Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(purpose + "/" + text)))[..length];
}
