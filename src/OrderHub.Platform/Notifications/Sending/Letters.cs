using Microsoft.Extensions.Configuration;
using OrderHub.Platform.Notifications.Senders;
using OrderHub.Platform.Texts;
using OrderHub.Platform.Units;

namespace OrderHub.Platform.Notifications.Sending;

/// <summary>Puts messages into the target's language; several become one digest.</summary>
internal sealed class Letters(HubLocalizer texts, IConfiguration configuration, TimeProvider clock)
{
    private const string AllIncidents = "/incidents";
    private const int DigestLines = 40;

    /// <param name="id">The same whenever the same messages are written again.</param>
    public Letter Write(string id, IReadOnlyList<Message> messages, TargetLanguage language) => HubLocalizer.In(language == TargetLanguage.English ? "en-US" : "zh-CN",
        () => messages is [var one] ? Single(id, one) : Digest(id, messages));

    private Letter Single(string id, Message message) => new(id, message.Tone, Marked(message),
        [.. message.Facts.Select(Line), texts["时间：{0}", Time(message.At)]], Full(message.Link), texts["查看详情"], clock.GetUtcNow());

    private Letter Digest(string id, IReadOnlyList<Message> messages)
    {
        var alarms = messages.Count(m => m.Tone == MessageTone.Alarm);
        var lines = messages.Take(DigestLines).Select(m => texts["{0}（{1}）", Marked(m), Time(m.At)]).ToList();
        if (messages.Count > DigestLines) lines.Add(texts["另有 {0} 条，见告警页面", messages.Count - DigestLines]);
        return new(id, alarms > 0 ? MessageTone.Alarm : MessageTone.Recovery, texts["【汇总】{0} 条消息，其中告警 {1} 条", messages.Count, alarms],
            lines, Full(AllIncidents), texts["查看全部告警"], clock.GetUtcNow());
    }

    private string Line(Fact fact) => texts["{0}：{1}", texts[fact.Label], texts[fact.Value]];

    private string Marked(Message message) => message.Tone switch
    {
        MessageTone.Alarm => texts["【告警】{0}", texts[message.Title]],
        MessageTone.Recovery => texts["【恢复】{0}", texts[message.Title]],
        _ => texts["【通知】{0}", texts[message.Title]],
    };

    private static string Time(DateTimeOffset at) => ShopTime.ToLocal(at).ToString("MM-dd HH:mm:ss", System.Globalization.CultureInfo.InvariantCulture);

    private string? Full(string? link) => link is not null && configuration["OrderHub:PublicUrl"] is { Length: > 0 } root ? root.TrimEnd('/') + link : null;
}
