using OrderHub.Platform.Results;

namespace OrderHub.Channels;

internal static class ChannelErrors
{
    public static Error ShopNotFound(string code) => new("channels.shop_not_found", "没有店铺 {0}，请检查店铺编码。", ErrorKind.NotFound, code);
    public static readonly Error NotInQuarantine = new("channels.not_in_quarantine", "所选报文已不在隔离区，请刷新页面。", ErrorKind.Conflict);
    public static readonly Error NothingToResend = new("channels.nothing_to_resend", "所选回传任务已完成或不存在，请刷新页面。", ErrorKind.Conflict);
}
