using OrderHub.Platform.Notifications;
using OrderHub.Platform.Notifications.Settings;

namespace OrderHub.UnitTests.Platform.Notifications;

public sealed class TargetRulesTests
{
    [Theory]
    [InlineData(TargetKind.Email, "a@b.cn，c@d.cn; e@f.cn", "a@b.cn, c@d.cn, e@f.cn")]
    [InlineData(TargetKind.WeCom, " https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=12345678-aaaa ", "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=12345678-aaaa")]
    [InlineData(TargetKind.DingTalk, "https://oapi.dingtalk.com/robot/send?access_token=0123456789ab", "https://oapi.dingtalk.com/robot/send?access_token=0123456789ab")]
    [InlineData(TargetKind.WeCom, "http://127.0.0.1:5090/wecom/cgi-bin/webhook/send?key=12345678", "http://127.0.0.1:5090/wecom/cgi-bin/webhook/send?key=12345678")]
    public void A_good_address_is_kept(TargetKind kind, string text, string kept) => TargetRules.Check(kind, text).Value.ShouldBe(kept);

    [Theory]
    [InlineData(TargetKind.Email, "店长")]
    [InlineData(TargetKind.Email, "")]
    [InlineData(TargetKind.Email, "a@b.cn,x<script>@y")]
    [InlineData(TargetKind.WeCom, "http://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=12345678")] // the key would travel in the clear
    [InlineData(TargetKind.WeCom, "https://qyapi.weixin.qq.com/cgi-bin/webhook/send")]
    [InlineData(TargetKind.DingTalk, "https://oapi.dingtalk.com/robot/send?key=12345678")]
    [InlineData(TargetKind.DingTalk, "SEC0123456789")]
    public void A_wrong_address_is_refused(TargetKind kind, string text) => TargetRules.Check(kind, text).IsOk.ShouldBeFalse();

    [Fact]
    public void Of_a_key_only_the_end_is_shown() =>
        TargetRules.Shown(TargetKind.WeCom, "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=12345678-abcd").ShouldBe("qyapi.weixin.qq.com …abcd");
}
