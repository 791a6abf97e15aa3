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
    public static Error ConnectionRefused(string kind, string words) => new("channels.connection_refused", "连接不通：{0}（{1}）", ErrorKind.Conflict, kind, words);
    public static Error NoToken(string kind, string words) => new("channels.no_token", "已保存，但平台没有给出访问令牌，稍后会自动再试：{0}（{1}）", ErrorKind.Conflict, kind, words);
    public static readonly Error NothingToResend = new("channels.nothing_to_resend", "所选回传任务已完成或不存在，请刷新页面。", ErrorKind.Conflict);
    public static Error SkuNotFound(string code) => new("channels.sku_not_found", "没有 SKU {0}，请检查编码。", ErrorKind.NotFound, code);
    public static readonly Error RuleNeedsShop = new("channels.rule_needs_shop", "单个 SKU 的规则要指定店铺。", ErrorKind.Invalid);
    public static readonly Error TermsNotSane = new("channels.terms_not_sane", "规则有误：比例为 0–100，比例与固定数量只能填一个，数量不能为负。", ErrorKind.Invalid);
    public static readonly Error OrderGone = new("channels.order_gone", "订单不存在，请刷新页面。", ErrorKind.NotFound);
    public static readonly Error MemoUnsupported = new("channels.memo_unsupported", "该平台不支持回写卖家备注。", ErrorKind.Conflict);
    public static Error MemoTooLong(int bytes) => new("channels.memo_too_long", "备注太长，该平台最多 {0} 字节（约 {1} 个汉字）。", ErrorKind.Invalid, bytes, bytes / 3);
    public static readonly Error MemoFlag = new("channels.memo_flag", "旗标只能是 0 到 5。", ErrorKind.Invalid);
    public static readonly Error RefundGone = new("channels.refund_gone", "售后单不存在，请刷新页面。", ErrorKind.NotFound);
    public static readonly Error AnswerUnsupported = new("channels.answer_unsupported", "该平台不支持在这里答复售后，请到平台后台处理。", ErrorKind.Conflict);
    public static readonly Error AnswerNotAsked = new("channels.answer_not_asked", "这张售后单现在不等待答复，请刷新页面。", ErrorKind.Conflict);
    public static readonly Error AnsweredAlready = new("channels.answered_already", "这张售后单已经答复过，等平台处理。", ErrorKind.Conflict);
    public static readonly Error AnswerReasonMissing = new("channels.answer_reason_missing", "拒绝要写明原因，买家会看到。", ErrorKind.Invalid);
    public static readonly Error ReadBackHour = new("channels.read_back_hour", "核对时刻只能是 0 到 23 点。", ErrorKind.Invalid);
}
