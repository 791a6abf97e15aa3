using System.Globalization;
using OrderHub.Channels.Adapters;

namespace OrderHub.Channels.WeChat;

/// <summary>What an errcode means. Five digits and fewer are the gateway's, more are the shop services'.</summary>
internal static class WeChatErrors
{
    private const long LeastBusinessCode = 100_000;

    /// <summary>
    /// -1 busy, 45009 and 45011 quota of the day and of the minute, 10020112 one SKU's stock set too often, 10021044 and 10021059 too many
    /// refunds at once. 40001, 40014 and 42001 (token) are ours.
    /// </summary>
    private static readonly HashSet<long> Transient = [-1, 45009, 45011, 10020112, 10021044, 10021059];

    /// <summary>One order may be refunded once a minute.</summary>
    private const long RefundTooSoon = 10021059;

    /// <summary>The refusal is about the object asked for, not about the call.</summary>
    public static bool IsAboutTheObject(PlatformException e) => !e.IsTransient && long.TryParse(e.Code, NumberStyles.None, CultureInfo.InvariantCulture, out var code) && code >= LeastBusinessCode;

    public static PlatformException From(long code, string says) =>
        new(code.ToString(CultureInfo.InvariantCulture), says, Transient.Contains(code), code == RefundTooSoon ? TimeSpan.FromMinutes(1) : null);
}
