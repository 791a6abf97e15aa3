using System.Security.Cryptography;
using System.Text;
using OrderHub.Channels.Adapters;

namespace OrderHub.Channels.Kuaishou;

/// <summary>
/// Name=value pairs by ordinal name, joined by &amp;, with the sign secret as the last pair. The platform gives an app two secrets, so a
/// shop's secret is written <c>appSecret|signSecret</c>; one without a bar is the sign secret alone, and then tokens cannot be renewed.
/// </summary>
internal static class KuaishouSigning
{
    private const char Bar = '|';

    public static string Text(IEnumerable<KeyValuePair<string, string>> parameters, string signSecret) => string.Join('&', parameters
        .Where(p => p.Key != "sign").OrderBy(p => p.Key, StringComparer.Ordinal).Select(p => $"{p.Key}={p.Value}").Append($"signSecret={signSecret}"));

    /// <param name="signMethod"><c>HMAC_SHA256</c>, which the platform recommends, or <c>MD5</c>.</param>
    public static string Sign(string text, string signSecret, string signMethod = "HMAC_SHA256") => signMethod == "HMAC_SHA256"
        ? Convert.ToBase64String(HMACSHA256.HashData(Encoding.UTF8.GetBytes(signSecret), Encoding.UTF8.GetBytes(text)))
        : SortedParameters.Md5Upper(text).ToLowerInvariant();

    public static string SignSecret(ShopConnection shop) => shop.AppSecret[(shop.AppSecret.IndexOf(Bar, StringComparison.Ordinal) + 1)..];

    public static string AppSecret(ShopConnection shop) => shop.AppSecret.Split(Bar) is [var secret, _]
        ? secret : throw new PlatformException("kuaishou.app_secret_missing", "应用密钥应填写为 appSecret|signSecret", isTransient: false);
}
