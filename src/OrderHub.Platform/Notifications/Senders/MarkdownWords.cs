using System.Text;

namespace OrderHub.Platform.Notifications.Senders;

/// <summary>Texts of the outside world inside our markdown: they may not open links, mention people or break the layout.</summary>
internal static class MarkdownWords
{
    public static string Plain(string text)
    {
        var plain = new StringBuilder(text.Length);
        foreach (var c in text)
            plain.Append(c switch { '<' => '＜', '>' => '＞', '[' => '［', ']' => '］', '@' => '＠', '*' => '＊', '`' => '\'', _ when char.IsControl(c) => ' ', _ => c });
        return plain.ToString();
    }
}
