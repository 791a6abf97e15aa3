using System.Security.Cryptography;
using System.Text;
using OrderHub.Channels.Adapters;

namespace OrderHub.Channels.Taobao;

internal static class TaobaoSigning
{
    /// <summary>By the <c>sign_method</c> among the parameters: md5 wraps the text with the secret, the two HMAC forms do not.</summary>
    public static string Sign(IReadOnlyDictionary<string, string> parameters, string secret) => parameters.GetValueOrDefault("sign_method") switch
    {
        "hmac" => Convert.ToHexString(HMACMD5.HashData(Encoding.UTF8.GetBytes(secret), Text(parameters))),
        "hmac-sha256" => Convert.ToHexString(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Text(parameters))),
        _ => SortedParameters.Md5Upper(SortedParameters.Wrapped(parameters, secret)),
    };

    private static byte[] Text(IReadOnlyDictionary<string, string> parameters) => Encoding.UTF8.GetBytes(SortedParameters.Text(parameters));
}
