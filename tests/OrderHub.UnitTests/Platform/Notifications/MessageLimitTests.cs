using System.Text;
using OrderHub.Platform.Notifications;
using OrderHub.Platform.Notifications.Senders;

namespace OrderHub.UnitTests.Platform.Notifications;

public sealed class MessageLimitTests
{
    [Theory]
    [InlineData("abcdef", 6, "abcdef")]
    [InlineData("abcdef", 5, "ab…")]
    [InlineData("缺货预警", 12, "缺货预警")]
    [InlineData("缺货预警", 11, "缺货…")]
    [InlineData("缺货预警", 8, "缺…")]
    [InlineData("a😀b😀c", 8, "a😀…")]
    [InlineData("a😀b😀c", 7, "a…")]
    [InlineData("👨‍👩‍👧家", 20, "…")]
    [InlineData("👨‍👩‍👧家", 21, "👨‍👩‍👧家")]
    [InlineData("缺货", 2, "")]
    public void A_text_is_cut_on_bytes_but_never_inside_a_character(string text, int bytes, string expected) => Utf8Limit.Cut(text, bytes).ShouldBe(expected);

    [Fact]
    public void Every_cut_of_a_mixed_text_fits_and_is_readable()
    {
        const string text = "云杉A店：订单😀拉取失败é👨‍👩‍👧（http.503）";
        for (var bytes = 3; bytes < 80; bytes++)
        {
            var cut = Utf8Limit.Cut(text, bytes);
            Encoding.UTF8.GetByteCount(cut).ShouldBeLessThanOrEqualTo(bytes);
            cut.ShouldNotContain('\uFFFD');
            text.ShouldStartWith(cut.TrimEnd('…'));
        }
    }

    [Fact]
    public void A_wecom_message_stays_within_4096_bytes_and_keeps_its_link()
    {
        var letter = new Letter("n1", MessageTone.Alarm, new string('标', 400), [.. Enumerable.Range(0, 60).Select(i => $"错误：{i} {new string('错', 200)}")], "https://hub.example/incidents", "查看详情", DateTimeOffset.UnixEpoch);
        var text = WeComRobot.Markdown(letter);
        Encoding.UTF8.GetByteCount(text).ShouldBeInRange(3500, 4096);
        text.ShouldEndWith("[查看详情](https://hub.example/incidents)");
    }

    [Fact]
    public void A_dingtalk_message_stays_within_its_limit_and_carries_the_keyword()
    {
        var letter = new Letter("n1", MessageTone.Alarm, "拉取失败", [.. Enumerable.Repeat(new string('错', 400), 60)], null, "", DateTimeOffset.UnixEpoch);
        var (title, text) = DingTalkRobot.Markdown(letter, "云杉");
        (title, Encoding.UTF8.GetByteCount(text) <= DingTalkRobot.MaxBytes).ShouldBe(("云杉 拉取失败", true));
        text.ShouldStartWith("#### 云杉 拉取失败");
    }

    [Fact]
    public void Words_of_a_platform_cannot_mention_the_group_or_open_links()
    {
        var text = WeComRobot.Markdown(new("n1", MessageTone.Alarm, "x", ["错误：<@all> [点我](http://evil)\n**x**"], null, "", DateTimeOffset.UnixEpoch));
        text.ShouldNotContain("<@all>");
        text.ShouldNotContain("[点我]");
        text.Split('\n').Length.ShouldBe(2);
    }

    [Fact]
    public void A_mail_has_no_line_over_78_characters_and_no_header_of_the_sender_s_making()
    {
        var letter = new Letter("n1", MessageTone.Alarm, "【告警】" + string.Concat(Enumerable.Repeat("云杉生活😀", 20)) + "\r\nBcc: x@y.z", ["." + new string('错', 300)], null, "", DateTimeOffset.UnixEpoch);
        var mail = MailText.Of(new("h", 25, SmtpSecurity.None, null, null, "hub@spruce.example", "订单中枢"), ["a@b.c"], letter);
        var lines = mail.Split("\r\n");
        lines.ShouldAllBe(l => l.Length <= 78 && l.All(c => c < 128) && !l.StartsWith("Bcc", StringComparison.Ordinal));
        lines.ShouldContain("Date: Thu, 01 Jan 1970 00:00:00 +0000");
        lines.ShouldContain("Message-ID: <n1@spruce.example>");
    }
}
