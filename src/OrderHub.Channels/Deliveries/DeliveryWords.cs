using OrderHub.Channels.Answers;
using OrderHub.Channels.Memos;
using OrderHub.Platform.Texts;

namespace OrderHub.Channels.Deliveries;

internal static class DeliveryWords
{
    /// <summary>What was told, in the reader's language; stock is recorded as <c>可售 5</c>, the rest is figures and people's own words.</summary>
    public static string? Sent(this HubLocalizer texts, DeliveryKind kind, string? sent) => (kind, sent?.Split(' ', 2)) switch
    {
        (DeliveryKind.Stock, ["可售", var quantity]) => texts["可售 {0}", quantity],
        (DeliveryKind.RefundAnswer, ["同意"]) => texts["同意"],
        (DeliveryKind.RefundAnswer, ["拒绝", var reason]) => texts["拒绝：{0}", reason],
        (DeliveryKind.Memo, [""]) => texts["清空备注"],
        (_, not null) => texts[sent!],
        _ => null,
    };

    /// <summary>What people wanted to have told; null where the content is read when it is sent.</summary>
    public static string? Wanted(this HubLocalizer texts, DeliveryDetail delivery) => (delivery.Kind, delivery.Payload) switch
    {
        (DeliveryKind.Memo, { } json) => Memo.Of(json).Text is { Length: > 0 } text ? text : texts["清空备注"],
        (DeliveryKind.RefundAnswer, { } json) when AnswerRefundsHandler.Read(json) is var answer => answer.Agree ? texts["同意"] : texts["拒绝：{0}", answer.Reason],
        _ => null,
    };

    /// <summary>A localizer key.</summary>
    public static string Of(ResendAnswer answer) => answer switch
    {
        ResendAnswer.Queued => "已重新排队",
        ResendAnswer.Waiting => "已提到最前",
        ResendAnswer.Settled => "已完成，不用重发",
        _ => "已不存在",
    };
}
