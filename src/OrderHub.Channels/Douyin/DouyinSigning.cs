using System.Security.Cryptography;
using System.Text;

namespace OrderHub.Channels.Douyin;

/// <summary>The secret is both the HMAC key and the wrapper of the text. access_token and sign_method are not signed.</summary>
internal static class DouyinSigning
{
    public static string Text(string secret, string appKey, string method, string paramJson, string timestamp) =>
        $"{secret}app_key{appKey}method{method}param_json{paramJson}timestamp{timestamp}v2{secret}";

    /// <summary>What the platform signs when it calls us: no method, no version.</summary>
    public static string CallbackText(string secret, string appKey, string paramJson, string timestamp) =>
        $"{secret}app_key{appKey}param_json{paramJson}timestamp{timestamp}{secret}";

    /// <param name="signMethod"><c>hmac-sha256</c>; anything else is the MD5 that the platform is phasing out.</param>
    public static string Sign(string text, string secret, string signMethod = "hmac-sha256") => signMethod == "hmac-sha256"
        ? Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(text)))
        : Convert.ToHexStringLower(MD5.HashData(Encoding.UTF8.GetBytes(text)));

    public static bool IsEventSign(string given, string appKey, string rawBody, string secret) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(given), Encoding.UTF8.GetBytes(EventSign(appKey, rawBody, secret)));

    /// <summary>The header <c>event-sign</c> of a pushed message.</summary>
    public static string EventSign(string appKey, string rawBody, string secret) => Sign(appKey + rawBody + secret, secret, "md5");
}
