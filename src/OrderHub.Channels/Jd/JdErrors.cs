using OrderHub.Channels.Adapters;

namespace OrderHub.Channels.Jd;

/// <summary>What JD's refusals mean. The gateway's numbers overlap with Taobao's and mean other things.</summary>
internal static class JdErrors
{
    /// <summary>Service unavailable, call frequency, and the gateway's trouble in reaching the service behind it. 8 (timestamp), 10 (sign), 19 (token), 21 (app key) are ours.</summary>
    private static readonly HashSet<string> Transient = ["1", "2", "7", "65", "66", "67", "68"];

    public static PlatformException Gateway(JsonReading error)
    {
        var code = error.Text("code");
        return new(code, error.TextOrNull("zh_desc") ?? error.Text("en_desc"), Transient.Contains(code));
    }

    /// <summary>HTTP 200 and code 0 are no proof: many methods carry a result of their own, whose success is a boolean or a text.</summary>
    public static void Check(JsonReading result)
    {
        if (result.Find("success") is null || result.Flag("success")) return;
        var code = result.TextOrNull("errorCode") ?? result.TextOrNull("numberCode") ?? result.TextOrNull("englishErrCode") ?? result.TextOrNull("code") ?? "business";
        throw new PlatformException(code, result.TextOrNull("chineseErrCode") ?? result.TextOrNull("message") ?? result.Text("englishErrCode"), isTransient: false);
    }
}
