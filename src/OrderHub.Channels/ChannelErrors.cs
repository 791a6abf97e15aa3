using OrderHub.Platform.Results;

namespace OrderHub.Channels;

internal static class ChannelErrors
{
    public static Error ShopNotFound(string code) => new("channels.shop_not_found", "没有店铺 {0}，请检查店铺编码。", ErrorKind.NotFound, code);
    public static readonly Error NotInQuarantine = new("channels.not_in_quarantine", "所选报文已不在隔离区，请刷新页面。", ErrorKind.Conflict);
    public static readonly Error PromoTooLong = new("channels.promo_too_long", "大促模式最长三天，请缩短时长。", ErrorKind.Invalid);
    public static readonly Error UnknownSchedule = new("channels.unknown_schedule", "请从列表里选择拉取间隔。", ErrorKind.Invalid);
    public static readonly Error ConnectionIncomplete = new("channels.connection_incomplete", "请填写店铺编码、名称、平台地址、应用标识和密钥。", ErrorKind.Invalid);
    public static readonly Error BadShopCode = new("channels.bad_shop_code", "店铺编码只能用小写字母、数字和短横线，2–32 个字符。", ErrorKind.Invalid);
    public static readonly Error BadAddress = new("channels.bad_address", "平台地址应为 https 开头的完整网址。", ErrorKind.Invalid);
    public static Error KindIsFixed(string code) => new("channels.kind_is_fixed", "店铺 {0} 已属于另一个平台，请换一个编码。", ErrorKind.Conflict, code);
    public static readonly Error NothingToResend = new("channels.nothing_to_resend", "所选回传任务已完成或不存在，请刷新页面。", ErrorKind.Conflict);
}
