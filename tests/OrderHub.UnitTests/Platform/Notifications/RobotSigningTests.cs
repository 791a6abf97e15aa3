using System.Net;
using OrderHub.Platform.Notifications;
using OrderHub.Platform.Notifications.Senders;
using OrderHub.UnitTests.Channels;

namespace OrderHub.UnitTests.Platform.Notifications;

public sealed class RobotSigningTests
{
    public static TheoryData<string> DingTalk => [.. ProtocolVectors.Of("notifications").Select(v => v.Text("id")).Where(id => id.StartsWith("dingtalk", StringComparison.Ordinal))];

    [Theory, MemberData(nameof(DingTalk))]
    public void DingTalk_messages_are_signed_as_the_platform_does(string id)
    {
        var vector = ProtocolVectors.One("notifications", id);
        var timestamp = long.Parse(vector.Text("timestamp"), System.Globalization.CultureInfo.InvariantCulture);
        DingTalkRobot.Sign(vector.Text("secret"), timestamp).ShouldBe(vector.Text("expectedBase64"));
        DingTalkRobot.Signed(new(TargetKind.DingTalk, "https://oapi.dingtalk.com/robot/send?access_token=abc", vector.Text("secret"), null), DateTimeOffset.FromUnixTimeMilliseconds(timestamp))
            .AbsoluteUri.ShouldBe($"https://oapi.dingtalk.com/robot/send?access_token=abc&timestamp={timestamp}&sign={vector.Text("expected")}"); // encoded once, not twice
    }

    [Fact]
    public void Every_vector_of_messages_we_send_is_used() => DingTalk.Count.ShouldBe(ProtocolVectors.Of("notifications").Count - 1); // the other signs what WeCom calls us with

    [Theory]
    [InlineData(200, """{"errcode":0,"errmsg":"ok"}""", SendResult.Sent, null)]
    [InlineData(200, """{"errcode":-1,"errmsg":"system busy"}""", SendResult.Later, null)]
    [InlineData(502, "<html>", SendResult.Later, null)]
    [InlineData(200, """{"errcode":45009,"errmsg":"api freq out of limit"}""", SendResult.Later, 1)]
    [InlineData(200, """{"errcode":130101,"errmsg":"send too fast","wait":5}""", SendResult.Later, 10)]
    [InlineData(200, """{"errcode":660026,"errmsg":"send too fast"}""", SendResult.Later, 10)]
    [InlineData(200, """{"errcode":40008,"errmsg":"invalid message type"}""", SendResult.Refused, null)]
    [InlineData(200, """{"errcode":93000,"errmsg":"invalid webhook url"}""", SendResult.Refused, null)]
    [InlineData(200, """{"errcode":310000,"errmsg":"sign not match"}""", SendResult.Refused, null)]
    [InlineData(200, """{"errcode":300001,"errmsg":"token is not exist"}""", SendResult.Refused, null)]
    [InlineData(200, "not json", SendResult.Refused, null)]
    [InlineData(404, "", SendResult.Refused, null)]
    public void An_answer_means_sent_or_wait_or_never_again(int status, string body, object result, int? waitMinutes)
    {
        var outcome = RobotAnswer.Of((HttpStatusCode)status, body);
        outcome.Result.ShouldBe((SendResult)result);
        outcome.Wait.ShouldBe(waitMinutes is { } minutes ? TimeSpan.FromMinutes(minutes) : null);
    }
}
