using System.Text.Json.Nodes;

namespace OrderHub.Platform.Notifications.Senders;

/// <summary>WeCom group robot (企业微信群机器人). The key in the URL is the whole secret.</summary>
internal sealed class WeComRobot(IHttpClientFactory clients) : IMessageSender
{
    public const string ClientName = "notifications.robot";
    public const int MaxBytes = 4096;
    public TargetKind Kind => TargetKind.WeCom;

    public Task<SendOutcome> SendAsync(Recipient recipient, Letter letter, CancellationToken ct) => RobotAnswer.PostAsync(
        clients.CreateClient(ClientName), new Uri(recipient.Address),
        new JsonObject { ["msgtype"] = "markdown", ["markdown"] = new JsonObject { ["content"] = Markdown(letter) } }, ct);

    public static string Markdown(Letter letter)
    {
        var colour = letter.Tone switch { MessageTone.Alarm => "warning", MessageTone.Recovery => "info", _ => "comment" };
        return Utf8Limit.Fit($"**<font color=\"{colour}\">{MarkdownWords.Plain(Utf8Limit.Cut(letter.Subject, 300))}</font>**",
            letter.Lines.Select(line => "\n>" + MarkdownWords.Plain(Utf8Limit.Cut(line, 900))),
            letter.Link is { } link ? $"\n[{letter.LinkWords}]({link})" : "", MaxBytes);
    }
}
