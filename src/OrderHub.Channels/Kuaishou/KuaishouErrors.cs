using System.Globalization;
using OrderHub.Channels.Adapters;

namespace OrderHub.Channels.Kuaishou;

/// <summary>1 is success. Most refusals share the number 21 and differ in their text only.</summary>
internal static class KuaishouErrors
{
    private const long Success = 1;
    private const long ServerError = 100200500;
    private const string Business = "21";
    private const string RefundNotFound = "300011";

    public static JsonReading Checked(JsonReading answer)
    {
        var result = answer.NeedInteger("result");
        if (result == Success) return answer;
        var text = answer.TextOrNull("error_msg") ?? answer.TextOrNull("sub_msg") ?? answer.Text("msg");
        // a call too many this second passes; a quota used up for the day does not
        var transient = result == ServerError || text.Contains("qps limit", StringComparison.OrdinalIgnoreCase);
        throw new PlatformException(result.ToString(CultureInfo.InvariantCulture), text, transient);
    }

    /// <summary>Another shop's order is refused like one that never was.</summary>
    public static bool IsUnknown(PlatformException refusal) => refusal.Code is Business or RefundNotFound;
}
