using System.Text.RegularExpressions;
using OrderHub.Platform.Texts;

namespace OrderHub.Channels.Health;

/// <summary>Why a payload could not be read, in the reader's language; the place in the payload stays as it is.</summary>
internal static partial class UnreadableWords
{
    public static string Unreadable(this HubLocalizer texts, string reason) => Missing().Match(reason) is { Success: true } missing ? texts["缺少 {0}", missing.Groups[1].Value]
        : AtAPlace().Match(reason) is { Success: true } placed ? $"{placed.Groups[1].Value} {texts[placed.Groups[2].Value]}" : texts[reason];

    [GeneratedRegex(@"^缺少 (\S+)$")]
    private static partial Regex Missing();

    [GeneratedRegex(@"^([\w.\[\]]+) (.+)$")]
    private static partial Regex AtAPlace();
}
