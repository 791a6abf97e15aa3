using System.Globalization;
using System.Text;

namespace OrderHub.Platform.Notifications.Senders;

/// <summary>Robots count bytes of UTF-8; people read characters. Cuts on whole characters, a flag or a family emoji being one.</summary>
internal static class Utf8Limit
{
    private const string Cutoff = "…";
    private static readonly int CutoffBytes = Encoding.UTF8.GetByteCount(Cutoff);

    public static string Cut(string text, int maxBytes)
    {
        if (Encoding.UTF8.GetByteCount(text) <= maxBytes) return text;
        var room = maxBytes - CutoffBytes;
        if (room < 0) return "";
        var end = 0;
        foreach (var start in StringInfo.ParseCombiningCharacters(text).Skip(1).Append(text.Length))
        {
            room -= Encoding.UTF8.GetByteCount(text.AsSpan(end, start - end));
            if (room < 0) break;
            end = start;
        }
        return text[..end] + Cutoff;
    }

    /// <summary>Head and foot always; of the lines as many as fit, the last of them cut.</summary>
    public static string Fit(string head, IEnumerable<string> lines, string foot, int maxBytes)
    {
        var room = maxBytes - Encoding.UTF8.GetByteCount(head) - Encoding.UTF8.GetByteCount(foot);
        var text = new StringBuilder(head);
        foreach (var line in lines)
        {
            var fitting = Cut(line, room);
            text.Append(fitting);
            room -= Encoding.UTF8.GetByteCount(fitting);
            if (fitting.Length < line.Length) break;
        }
        return Cut(text.Append(foot).ToString(), maxBytes);
    }
}
