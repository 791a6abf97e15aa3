using System.Globalization;
using OrderHub.Channels.Adapters;

namespace OrderHub.Channels.Pinduoduo;

/// <summary>What POP's error codes mean; the texts vary and are only shown.</summary>
internal static class PinduoduoErrors
{
    /// <summary>50000, 50002, 52001, 52002 internal or gateway trouble; 52101 rate limit; 52102, 52103 degraded; 70031 too frequent; 70033 maintenance.</summary>
    private static readonly HashSet<long> Transient = [50000, 50002, 52001, 52002, 52101, 52102, 52103, 70031, 70033];

    public const string Business = "50001";

    public static PlatformException From(JsonReading error)
    {
        var code = error.Integer("error_code");
        return new(code.ToString(CultureInfo.InvariantCulture), error.TextOrNull("sub_msg") ?? error.Text("error_msg"), Transient.Contains(code));
    }
}
