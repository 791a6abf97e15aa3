using System.Globalization;
using OrderHub.Channels.Adapters;

namespace OrderHub.Channels.Douyin;

/// <summary>10000 is success. 20000 and sub codes isp.* / dop.service-error are the platform's trouble; rights, parameters and business are ours.</summary>
internal static class DouyinErrors
{
    private const long Success = 10000;
    private const long Unavailable = 20000;

    /// <summary>The platform does not know the order, paper or SKU; it says so as a business failure.</summary>
    public static bool IsUnknown(PlatformException refusal) => !refusal.IsTransient && refusal.Code.StartsWith("isv.business-failed", StringComparison.Ordinal);

    public static JsonReading Checked(JsonReading answer)
    {
        var code = answer.NeedInteger("code");
        if (code == Success) return answer;
        var subCode = answer.Text("sub_code");
        var transient = code == Unavailable || subCode.StartsWith("isp.", StringComparison.Ordinal) || subCode.StartsWith("dop.service-error", StringComparison.Ordinal)
            || subCode.Contains("limit", StringComparison.OrdinalIgnoreCase);
        throw new PlatformException(subCode.Length > 0 ? subCode : code.ToString(CultureInfo.InvariantCulture), answer.TextOrNull("sub_msg") ?? answer.Text("msg"), transient);
    }
}
