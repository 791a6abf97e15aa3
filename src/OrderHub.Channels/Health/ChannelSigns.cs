using OrderHub.Catalog.Contracts;
using OrderHub.Channels.Calls;
using OrderHub.Channels.Completeness;
using OrderHub.Channels.Contracts;
using OrderHub.Channels.Deliveries;
using OrderHub.Channels.Inbox;
using OrderHub.Channels.Pulling;
using OrderHub.Orders.Contracts;
using OrderHub.Platform.Components;

namespace OrderHub.Channels.Health;

/// <summary>How the channels' states look and read; the words are localizer keys.</summary>
internal static class ChannelSigns
{
    public static StateSign Of(ChannelMood mood) => mood switch
    {
        ChannelMood.Well => new("signed", "check_circle", "正常"),
        ChannelMood.Late => new("warehouse", "schedule", "落后"),
        ChannelMood.Failing => new("problem", "error", "拉取失败"),
        ChannelMood.Waiting => new("waiting", "hourglass_empty", "等待首次拉取"),
        _ => new("waiting", "link_off", "未连接"),
    };

    public static StateSign Proof(ChannelHealth shop) => shop switch
    {
        { PlatformToday: null } => new("waiting", "do_not_disturb_on", "无法核对"),
        { HoursMissing: > 0 } => new("warehouse", "rule", "有缺"),
        { ProvenTo: null } => new("waiting", "hourglass_empty", "等待核对"),
        _ => new("signed", "verified", "齐全"),
    };

    public static StateSign Of(ProofRow proof) => proof switch
    {
        { State: ProofState.Complete } => new("signed", "verified", "齐全"),
        { State: ProofState.Missing } when proof.BehindCount == proof.WantingCount => new("warehouse", "rule", "有变更"),
        { State: ProofState.Missing } => new("warehouse", "rule", "有缺"),
        _ => new("waiting", "hourglass_empty", "等待核对"),
    };

    public static StateSign Of(CallOutcome outcome) => outcome switch
    {
        CallOutcome.Done => new("signed", "check_circle", "成功"),
        CallOutcome.Refused => new("problem", "block", "平台拒绝"),
        CallOutcome.Outage => new("warehouse", "cloud_off", "无应答"),
        _ => new("waiting", "do_not_disturb_on", "中断"),
    };

    public static StateSign Of(DeliveryState state) => state switch
    {
        DeliveryState.Waiting => new("waiting", "hourglass_empty", "等待回传"),
        DeliveryState.Sent => new("signed", "check_circle", "已回传"),
        DeliveryState.Failed => new("problem", "error", "平台拒绝"),
        DeliveryState.Dead => new("problem", "cloud_off", "平台无应答"),
        _ => new("waiting", "do_not_disturb_on", "无需回传"),
    };

    public static string Word(ShopKind kind) => kind switch
    {
        ShopKind.Taobao => "淘宝",
        ShopKind.Jd => "京东",
        ShopKind.Pinduoduo => "拼多多",
        ShopKind.Douyin => "抖音",
        ShopKind.WeChat => "微信小店",
        ShopKind.Kuaishou => "快手小店",
        _ => "自建商城",
    };

    public static string Word(PlatformStatus status) => status switch
    {
        PlatformStatus.Unpaid => "待付款",
        PlatformStatus.Paid => "待发货",
        PlatformStatus.PartShipped => "部分发货",
        PlatformStatus.Shipped => "已发货",
        PlatformStatus.Received => "已收货",
        PlatformStatus.ClosedUnpaid => "未付款关闭",
        PlatformStatus.ClosedAfterPayment => "付款后关闭",
        _ => throw new ArgumentOutOfRangeException(nameof(status)),
    };

    public static string Word(PullStream stream) => stream switch { PullStream.Orders => "订单", PullStream.Refunds => "退款", _ => "核对" };
    public static string Word(DocumentKind kind) => kind == DocumentKind.Order ? "订单" : "退款";
    public static string Word(DocumentSource source) => source switch { DocumentSource.Pull => "拉取", DocumentSource.Push => "推送", _ => "核对" };
    public static string Word(DeliveryKind kind) => kind switch
    {
        DeliveryKind.Shipment => "发货",
        DeliveryKind.Stock => "库存",
        DeliveryKind.Memo => "备注",
        _ => "售后答复",
    };
}
