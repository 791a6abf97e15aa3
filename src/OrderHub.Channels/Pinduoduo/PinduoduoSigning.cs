using OrderHub.Channels.Adapters;

namespace OrderHub.Channels.Pinduoduo;

internal static class PinduoduoSigning
{
    /// <summary>Over every sent parameter but the sign; objects are signed as the JSON text they are sent as.</summary>
    public static string Sign(IReadOnlyDictionary<string, string> parameters, string secret) =>
        SortedParameters.Md5Upper(SortedParameters.Wrapped(parameters, secret));
}
