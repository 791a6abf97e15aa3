using System.Globalization;
using System.Text;

namespace OrderHub.Platform.Notifications.Senders;

/// <summary>A letter as an internet message (RFC 5322, MIME): plain text in UTF-8, lines ended by CR LF, no line over 78 characters.</summary>
internal static class MailText
{
    private const int ChunkBytes = 42; // 56 characters of base64 and =?utf-8?B?…?= stay below 75

    public static string Of(SmtpAccount account, IReadOnlyList<string> to, Letter letter)
    {
        var body = new StringBuilder();
        foreach (var line in letter.Lines) body.Append(line).Append("\r\n");
        if (letter.Link is { } link) body.Append("\r\n").Append(letter.LinkWords).Append(": ").Append(link).Append("\r\n");
        var mail = new StringBuilder();
        Header("From", account.FromName.Length > 0 ? $"{Encoded(account.FromName)} <{account.FromAddress}>" : account.FromAddress);
        Header("To", string.Join(",\r\n ", to));
        Header("Subject", Encoded(letter.Subject));
        Header("Date", letter.WrittenAt.ToUniversalTime().ToString("ddd, dd MMM yyyy HH:mm:ss '+0000'", CultureInfo.InvariantCulture));
        Header("Message-ID", $"<{letter.Id}@{account.FromAddress[(account.FromAddress.IndexOf('@', StringComparison.Ordinal) + 1)..]}>");
        Header("MIME-Version", "1.0");
        Header("Content-Type", "text/plain; charset=utf-8");
        Header("Content-Transfer-Encoding", "base64");
        Header("Auto-Submitted", "auto-generated");
        return mail.Append("\r\n").Append(Convert.ToBase64String(Encoding.UTF8.GetBytes(body.ToString()), Base64FormattingOptions.InsertLineBreaks)).Append("\r\n").ToString();

        void Header(string name, string value) => mail.Append(name).Append(": ").Append(value).Append("\r\n");
    }

    /// <summary>RFC 2047 words, cut between characters, since each is decoded for itself.</summary>
    public static string Encoded(string text)
    {
        if (text.All(c => c is >= ' ' and <= '~') && text.Length < 60) return text;
        var words = new List<string>();
        var chunk = new StringBuilder();
        var bytes = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            if (bytes + rune.Utf8SequenceLength > ChunkBytes) Finish();
            chunk.Append(Rune.IsControl(rune) ? " " : rune.ToString());
            bytes += rune.Utf8SequenceLength;
        }
        Finish();
        return string.Join("\r\n ", words);

        void Finish()
        {
            if (chunk.Length > 0) words.Add($"=?utf-8?B?{Convert.ToBase64String(Encoding.UTF8.GetBytes(chunk.ToString()))}?=");
            chunk.Clear();
            bytes = 0;
        }
    }
}
