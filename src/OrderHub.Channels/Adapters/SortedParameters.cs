using System.Security.Cryptography;
using System.Text;

namespace OrderHub.Channels.Adapters;

/// <summary>The signature text Taobao, JD and Pinduoduo share: name and value by ordinal name, nothing between them, no empty values.</summary>
internal static class SortedParameters
{
    public static string Text(IEnumerable<KeyValuePair<string, string>> parameters) => string.Concat(parameters
        .Where(p => p.Key != "sign" && p.Value.Length > 0)
        .OrderBy(p => p.Key, StringComparer.Ordinal)
        .Select(p => p.Key + p.Value));

    public static string Wrapped(IEnumerable<KeyValuePair<string, string>> parameters, string secret) => secret + Text(parameters) + secret;

    // MD5 is what the platforms demand
    public static string Md5Upper(string text) => Convert.ToHexString(MD5.HashData(Encoding.UTF8.GetBytes(text)));
}
