using System.Globalization;
using System.Text.RegularExpressions;
using OrderHub.Channels.Adapters;

namespace OrderHub.Channels.Taobao;

/// <summary>What TOP's error answers mean to us. Sub codes isp.* are the platform's own trouble, isv.* are ours and never retried.</summary>
internal static partial class TaobaoErrors
{
    public static PlatformException From(JsonReading error)
    {
        var code = error.Integer("code");
        var subCode = error.Text("sub_code");
        var says = error.TextOrNull("sub_msg") ?? error.Text("msg");
        var throttled = code is 4 or 5 or 6 or 7 or 8;
        var transient = throttled || code == 10 || subCode.StartsWith("isp.", StringComparison.Ordinal);
        return new(subCode.Length > 0 ? subCode : code.ToString(CultureInfo.InvariantCulture), says, transient, throttled ? Ban(says) : null);
    }

    /// <summary>“This ban will last for N more seconds”.</summary>
    private static TimeSpan? Ban(string says) =>
        BanText().Match(says) is { Success: true } ban && int.TryParse(ban.Groups[1].Value, CultureInfo.InvariantCulture, out var seconds) ? TimeSpan.FromSeconds(seconds) : null;

    [GeneratedRegex(@"ban will last for (\d+) more second", RegexOptions.IgnoreCase)]
    private static partial Regex BanText();
}
