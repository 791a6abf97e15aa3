using OrderHub.Platform.Results;

namespace OrderHub.Platform.Notifications;

internal static class NotificationErrors
{
    public static readonly Error NameMissing = new("platform.target_name_missing", "请给通知对象起个名字，60 字以内。", ErrorKind.Invalid);
    public static Error NameTaken(string name) => new("platform.target_name_taken", "已有名为 {0} 的通知对象，请换个名字。", ErrorKind.Conflict, name);
    public static Error TargetGone() => new("platform.target_gone", "这个通知对象已被删除，请刷新页面。", ErrorKind.NotFound);
    public static readonly Error AddressMissing = new("platform.target_address_missing", "请填写地址。", ErrorKind.Invalid);
    public static Error NotAMailAddress(string text) => new("platform.target_mail_invalid", "{0} 不是邮箱地址，多个地址用逗号隔开。", ErrorKind.Invalid, text);
    public static readonly Error TooManyAddresses = new("platform.target_mail_many", "一个通知对象最多 20 个邮箱，请改用邮件组。", ErrorKind.Invalid);
    public static readonly Error NotAWeComRobot = new("platform.target_wecom_invalid", "这不是企业微信机器人的地址：应以 https:// 开头，并带有 key= 参数。请从群机器人页面整条复制。", ErrorKind.Invalid);
    public static readonly Error NotADingTalkRobot = new("platform.target_dingtalk_invalid", "这不是钉钉机器人的地址：应以 https:// 开头，并带有 access_token= 参数。请从机器人设置页整条复制。", ErrorKind.Invalid);
    public static readonly Error HostMissing = new("platform.smtp_host_missing", "请填写发信服务器的主机名。", ErrorKind.Invalid);
    public static readonly Error PortInvalid = new("platform.smtp_port_invalid", "端口在 1 到 65535 之间，常用 465 或 587。", ErrorKind.Invalid);
    public static readonly Error SecurityUnknown = new("platform.smtp_security_unknown", "请选择加密方式。", ErrorKind.Invalid);
    public static Error SenderInvalid(string text) => new("platform.smtp_sender_invalid", "发件地址 {0} 不是邮箱地址。", ErrorKind.Invalid, text);
    public static readonly Error PasswordMissing = new("platform.smtp_password_missing", "有用户名就要有密码；多数邮箱要用授权码，不是登录密码。", ErrorKind.Invalid);
    public static readonly Error ConfiguredElsewhere = new("platform.smtp_configured", "发信服务器由部署配置 OrderHub:Smtp 指定，这里改不了。", ErrorKind.Conflict);
    public static readonly Error MinuteUsedUp = new("platform.target_minute_used", "这个对象一分钟内已发满 20 条，请一分钟后再试。", ErrorKind.Conflict);
    public static Error TestFailed(string answer) => new("platform.target_test_failed", "测试消息没有发出：{0}", ErrorKind.Unavailable, answer);
}
