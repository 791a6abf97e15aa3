using OrderHub.Channels.Adapters;

namespace OrderHub.Channels.Jd;

internal static class JdSigning
{
    /// <summary>Over every sent parameter but the sign; <c>360buy_param_json</c> sorts first.</summary>
    public static string Sign(IReadOnlyDictionary<string, string> parameters, string secret) =>
        SortedParameters.Md5Upper(SortedParameters.Wrapped(parameters, secret));
}
