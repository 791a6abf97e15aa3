using OrderHub.Sandbox.Gateway;

namespace OrderHub.Sandbox.Taobao;

internal static class TopSignature
{
    /// <summary>Null for a sign method the platform does not know. Only the MD5 form wraps the text with the secret.</summary>
    public static string? Of(string method, string secret, IEnumerable<KeyValuePair<string, string>> parameters)
    {
        var text = Digest.SortedText(parameters);
        return method switch
        {
            "md5" => Digest.Md5Upper(secret + text + secret),
            "hmac" => Digest.HmacMd5Upper(secret, text),
            "hmac-sha256" => Convert.ToHexString(Digest.HmacSha256(secret, text)),
            _ => null,
        };
    }
}
