using System.Text;
using System.Text.RegularExpressions;

namespace OrderHub.Sandbox.Robots;

/// <summary>What a person's mail program would show: the subject decoded, the text decoded.</summary>
internal static partial class MailReading
{
    public static (string Subject, string Text) Of(string mail)
    {
        var gap = mail.IndexOf("\n\n", StringComparison.Ordinal);
        var (head, body) = gap < 0 ? (mail, "") : (mail[..gap], mail[(gap + 2)..]);
        var headers = Folded().Replace(head, " ").Split('\n').Select(l => l.Split(':', 2)).Where(p => p.Length == 2)
            .ToLookup(p => p[0].Trim(), p => p[1].Trim(), StringComparer.OrdinalIgnoreCase);
        var encoded = headers["Content-Transfer-Encoding"].FirstOrDefault()?.Equals("base64", StringComparison.OrdinalIgnoreCase) == true;
        return (Words(headers["Subject"].FirstOrDefault() ?? ""), encoded ? Encoding.UTF8.GetString(Convert.FromBase64String(body)) : body);
    }

    /// <summary>RFC 2047: the blank between two encoded words is not part of the text.</summary>
    private static string Words(string text) => EncodedWord().Replace(Between().Replace(text, "?=$1"), m => Encoding.GetEncoding(m.Groups[1].Value).GetString(Convert.FromBase64String(m.Groups[2].Value)));

    [GeneratedRegex(@"\r?\n[ \t]+")]
    private static partial Regex Folded();

    [GeneratedRegex(@"\?=\s+(=\?)")]
    private static partial Regex Between();

    [GeneratedRegex(@"=\?([\w-]+)\?[bB]\?([^?]*)\?=")]
    private static partial Regex EncodedWord();
}
