using OrderHub.Channels.Adapters;

namespace OrderHub.Channels.Jd;

/// <summary>What JD's refusals mean. The gateway's numbers overlap with Taobao's and mean other things: 7 is a missing time here, not a throttle.</summary>
internal static class JdErrors
{
    /// <summary>2 calls limited, 43 system error, 65–67 the gateway's trouble with the service behind it, 69 data not got. The rest is ours: 8 time, 12 sign, 19 token, 21 app key, 60–63 parameters.</summary>
    private static readonly HashSet<string> Transient = ["2", "43", "65", "66", "67", "69"];

    public static PlatformException Gateway(JsonReading error)
    {
        var code = error.Text("code");
        return new(code, error.TextOrNull("zh_desc") ?? error.Text("en_desc"), Transient.Contains(code));
    }

    /// <summary>HTTP 200 and code 0 are no proof: many methods carry a result of their own, whose success is a boolean or a text. Its names differ from service to service.</summary>
    public static void Check(JsonReading result)
    {
        if (result.Find("success") is null || result.Flag("success")) return;
        var code = result.TextOrNull("errorCode") ?? result.TextOrNull("error_code") ?? result.TextOrNull("numberCode") ?? result.TextOrNull("englishErrCode")
            ?? result.TextOrNull("english_err_code") ?? result.TextOrNull("code") ?? "business";
        throw new PlatformException(code, result.TextOrNull("chineseErrCode") ?? result.TextOrNull("chinese_err_code") ?? result.TextOrNull("message")
            ?? result.TextOrNull("errorMessage") ?? result.Text("englishErrCode"), isTransient: false);
    }

    public static JsonReading Checked(JsonReading result)
    {
        Check(result);
        return result;
    }
}
