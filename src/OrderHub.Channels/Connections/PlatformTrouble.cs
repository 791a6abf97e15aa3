using System.Text.RegularExpressions;
using OrderHub.Platform.Texts;

namespace OrderHub.Channels.Connections;

/// <summary>
/// A platform's refusal for people: what kind of trouble it is in the reader's language, and the platform's own code and words behind it,
/// which its support will ask for. Platforms answer in Chinese or in English as they please.
/// </summary>
internal static partial class PlatformTrouble
{
    private const string Unanswered = "平台没有应答：";

    private static readonly (string Category, Regex Signs)[] Kinds =
    [
        ("授权无效或已过期", Token()), ("签名或应用密钥不对", Signature()), ("调用太频繁", Pace()), ("没有接口权限", Permission()), ("平台上没有这个对象", Absent()), ("平台服务异常", Outage()), ("参数不对", Parameter()),
    ];

    /// <param name="stored">As <see cref="TransientErrors.Describe"/> worded it.</param>
    public static string Trouble(this HubLocalizer texts, string stored)
    {
        if (stored.StartsWith(Unanswered, StringComparison.Ordinal)) return texts["平台没有应答：{0}", stored[Unanswered.Length..]];
        return Coded().IsMatch(stored) ? texts["{0}（{1}）", texts[Category(stored)], stored] : texts[stored];
    }

    /// <returns>A localizer key.</returns>
    public static string Category(string stored)
    {
        foreach (var (category, signs) in Kinds)
            if (signs.IsMatch(stored)) return category;
        return stored.StartsWith(Unanswered, StringComparison.Ordinal) ? "平台没有应答" : "平台拒绝";
    }

    [GeneratedRegex(@"^[\w.:\-]+: ")]
    private static partial Regex Coded();

    [GeneratedRegex("session|token|credential|鉴权|授权", RegexOptions.IgnoreCase)]
    private static partial Regex Token();

    [GeneratedRegex(@"\bsign|签名|app.?(key|secret)|client_id|无效App", RegexOptions.IgnoreCase)]
    private static partial Regex Signature();

    [GeneratedRegex("limit|qps|too many|频繁|429|quota", RegexOptions.IgnoreCase)]
    private static partial Regex Pace();

    [GeneratedRegex("permission|forbidden|没有权限|无权限|invalid.method|方法名", RegexOptions.IgnoreCase)]
    private static partial Regex Permission();

    [GeneratedRegex("not.?(exist|found)|不存在|no such", RegexOptions.IgnoreCase)]
    private static partial Regex Absent();

    [GeneratedRegex("http.5|isp.|service.?(error|unavailable)|服务不可用|无法服务|system.error", RegexOptions.IgnoreCase)]
    private static partial Regex Outage();

    [GeneratedRegex("param|invalid|illegal|missing|参数|缺少", RegexOptions.IgnoreCase)]
    private static partial Regex Parameter();
}
