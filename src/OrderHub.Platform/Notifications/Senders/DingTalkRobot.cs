using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace OrderHub.Platform.Notifications.Senders;

/// <summary>DingTalk custom robot (钉钉自定义机器人), signed when the target has a secret.</summary>
internal sealed class DingTalkRobot(IHttpClientFactory clients, TimeProvider clock) : IMessageSender
{
    /// <summary>Below the platform's 20,000 bytes for the whole body, which JSON makes longer than the text.</summary>
    public const int MaxBytes = 16_000;
    public TargetKind Kind => TargetKind.DingTalk;

    public Task<SendOutcome> SendAsync(Recipient recipient, Letter letter, CancellationToken ct)
    {
        var (title, text) = Markdown(letter, recipient.Keyword);
        return RobotAnswer.PostAsync(clients.CreateClient(WeComRobot.ClientName), Signed(recipient, clock.GetUtcNow()),
            new JsonObject { ["msgtype"] = "markdown", ["markdown"] = new JsonObject { ["title"] = title, ["text"] = text } }, ct);
    }

    public static (string Title, string Text) Markdown(Letter letter, string? keyword)
    {
        var subject = MarkdownWords.Plain(Utf8Limit.Cut(letter.Subject, 300));
        if (keyword is { Length: > 0 } && !subject.Contains(keyword, StringComparison.Ordinal)) subject = $"{keyword} {subject}";
        var text = Utf8Limit.Fit($"#### {subject}", letter.Lines.Select(line => "\n\n> " + MarkdownWords.Plain(Utf8Limit.Cut(line, 900))),
            letter.Link is { } link ? $"\n\n[{letter.LinkWords}]({link})" : "", MaxBytes);
        return (subject, text);
    }

    /// <returns>base64(HMAC-SHA256(secret, timestamp + "\n" + secret)), not yet percent-encoded.</returns>
    public static string Sign(string secret, long timestampMs) => Convert.ToBase64String(
        HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{timestampMs}\n{secret}"))));

    public static Uri Signed(Recipient recipient, DateTimeOffset now)
    {
        if (string.IsNullOrEmpty(recipient.Secret)) return new Uri(recipient.Address);
        var timestamp = now.ToUnixTimeMilliseconds();
        var separator = recipient.Address.Contains('?', StringComparison.Ordinal) ? '&' : '?';
        return new Uri(string.Create(CultureInfo.InvariantCulture, $"{recipient.Address}{separator}timestamp={timestamp}&sign={Uri.EscapeDataString(Sign(recipient.Secret, timestamp))}"));
    }
}
