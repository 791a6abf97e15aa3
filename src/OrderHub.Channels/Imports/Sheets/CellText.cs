using System.Text;

namespace OrderHub.Channels.Imports.Sheets;

/// <summary>What stands in a cell without the wrapping that keeps Excel from touching it.</summary>
internal static class CellText
{
    private static readonly char[] Invisible = ['\uFEFF', '\u200B', '\u200C', '\u200D', '\u2060', '\u00A0', '\u3000', '\t', ' ', '\r', '\n', '`'];

    /// <summary><c>="123"</c>, <c>='123'</c>, <c>'123</c>, <c>"123"</c>, a tab behind it → <c>123</c>; NUL, which no database text takes, is dropped.</summary>
    public static string Clean(string? cell)
    {
        if (string.IsNullOrEmpty(cell)) return "";
        var text = (cell.Contains('\0') ? cell.Replace("\0", "", StringComparison.Ordinal) : cell).Trim(Invisible);
        if (text is ['=', '"' or '\'', ..]) text = text[1..];
        if (text is ['"', .., '"'] or ['\'', .., '\''] && text.Length >= 2) text = text[1..^1];
        else if (text.Length > 0 && text[0] == '\'') text = text[1..];
        return text.Trim(Invisible);
    }

    /// <summary><see cref="Clean"/>, and full-width digits, letters and signs as their plain forms; a dash for "nothing" is nothing.</summary>
    public static string Plain(string? cell)
    {
        var text = Clean(cell);
        if (text.AsSpan().IndexOfAnyInRange('\uFF01', '\uFF5E') >= 0)
        {
            var plain = new StringBuilder(text.Length);
            foreach (var c in text) plain.Append(c is >= '\uFF01' and <= '\uFF5E' ? (char)(c - 0xFEE0) : c);
            text = plain.ToString();
        }
        return text is "-" or "--" or "—" or "/" or "无" or "null" or "NULL" or "\\N" or "None" ? "" : text;
    }
}
