using System.Text;
using System.Text.Json.Nodes;
using OrderHub.Channels.Adapters;
using OrderHub.Channels.Douyin;
using OrderHub.Channels.Jd;
using OrderHub.Channels.Mall;
using OrderHub.Channels.Pinduoduo;
using OrderHub.Channels.Taobao;

namespace OrderHub.UnitTests.Channels;

public sealed class SigningTests
{
    public static TheoryData<string> Taobao => Ids("taobao");
    public static TheoryData<string> Jd => Ids("jd");
    public static TheoryData<string> Pinduoduo => Ids("pinduoduo");
    public static TheoryData<string> DouyinCalls => Ids("douyin", "method");
    public static TheoryData<string> MallCalls => Ids("own-mall", "nonce");

    [Theory, MemberData(nameof(Taobao))]
    public void Taobao_calls_are_signed_as_the_platform_does(string id)
    {
        var vector = ProtocolVectors.One("taobao", id);
        var text = vector.Params().GetValueOrDefault("sign_method", "md5") == "md5"
            ? SortedParameters.Wrapped(vector.Params(), vector.Text("secret")) : SortedParameters.Text(vector.Params());
        text.ShouldBe(vector.Text("stringToSign"));
        TaobaoSigning.Sign(vector.Params(), vector.Text("secret")).ShouldBe(vector.Text("expected"));
    }

    [Theory, MemberData(nameof(Jd))]
    public void JD_calls_are_signed_as_the_platform_does(string id)
    {
        var vector = ProtocolVectors.One("jd", id);
        SortedParameters.Wrapped(vector.Params(), vector.Text("secret")).ShouldBe(vector.Text("stringToSign"));
        JdSigning.Sign(vector.Params(), vector.Text("secret")).ShouldBe(vector.Text("expected"));
    }

    [Theory, MemberData(nameof(Pinduoduo))]
    public void Pinduoduo_calls_are_signed_as_the_platform_does(string id)
    {
        var vector = ProtocolVectors.One("pinduoduo", id);
        SortedParameters.Wrapped(vector.Params(), vector.Text("secret")).ShouldBe(vector.Text("stringToSign"));
        PinduoduoSigning.Sign(vector.Params(), vector.Text("secret")).ShouldBe(vector.Text("expected"));
    }

    [Theory, MemberData(nameof(DouyinCalls))]
    public void Douyin_calls_are_signed_as_the_platform_does(string id)
    {
        var vector = ProtocolVectors.One("douyin", id);
        var paramJson = DouyinJson.Canonical(JsonNode.Parse(vector.GetProperty("business").GetRawText())!);
        paramJson.ShouldBe(vector.Text("paramJson"));
        var text = DouyinSigning.Text(vector.Text("secret"), vector.Text("appKey"), vector.Text("method"), paramJson, vector.Text("timestamp"));
        text.ShouldBe(vector.Text("stringToSign"));
        DouyinSigning.Sign(text, vector.Text("secret"), vector.Text("signMethod")).ShouldBe(vector.Text("expected"));
    }

    [Theory, InlineData("douyin-spi-hmac"), InlineData("douyin-spi-md5")]
    public void Douyin_calling_us_is_recognised(string id)
    {
        var vector = ProtocolVectors.One("douyin", id);
        var text = DouyinSigning.CallbackText(vector.Text("secret"), vector.Text("appKey"), vector.Text("paramJson"), vector.Text("timestamp"));
        text.ShouldBe(vector.Text("stringToSign"));
        DouyinSigning.Sign(text, vector.Text("secret"), vector.Text("signMethod")).ShouldBe(vector.Text("expected"));
    }

    [Fact]
    public void Douyin_messages_are_recognised()
    {
        var vector = ProtocolVectors.One("douyin", "douyin-event-sign");
        DouyinSigning.EventSign(vector.Text("appKey"), vector.Text("body"), vector.Text("secret")).ShouldBe(vector.Text("expected"));
    }

    [Theory]
    [InlineData("""{"b":1.0,"a":"　 \u007f \u2028 😀 /&<>"}""", "{\"a\":\"　 \u007f \u2028 😀 /&<>\",\"b\":1}")]
    [InlineData("""{"z":{"b":[],"a":{}},"n":null,"t":true,"x":"\u0001\n"}""", """{"n":null,"t":true,"x":"\u0001\n","z":{"a":{},"b":[]}}""")]
    public void Douyin_parameters_carry_no_needless_escapes_or_decimals(string business, string expected) =>
        DouyinJson.Canonical(JsonNode.Parse(business)!).ShouldBe(expected);

    [Theory, MemberData(nameof(MallCalls))]
    public void Mall_calls_are_signed_as_agreed(string id)
    {
        var vector = ProtocolVectors.One("own-mall", id);
        var text = MallSignature.Text(vector.Text("timestamp"), vector.Text("nonce"), vector.Text("httpMethod"), vector.Text("path"), Encoding.UTF8.GetBytes(vector.Text("body")));
        text.ShouldBe(vector.Text("stringToSign"));
        MallSignature.Sign(text, vector.Text("secret")).ShouldBe(vector.Text("expected"));
    }

    [Fact]
    public void Every_vector_of_the_five_platforms_is_used()
    {
        DouyinCalls.Count.ShouldBe(ProtocolVectors.Of("douyin").Count - 3);
        // the two others are webhook rules of foreign shop systems, which we only borrowed from
        MallCalls.Count.ShouldBe(ProtocolVectors.Of("own-mall").Count - 2);
        (Taobao.Count + Jd.Count + Pinduoduo.Count).ShouldBeGreaterThanOrEqualTo(18);
    }

    private static TheoryData<string> Ids(string platform, string? having = null) =>
        [.. ProtocolVectors.Of(platform).Where(v => having is null || v.TryGetProperty(having, out _)).Select(v => v.Text("id"))];
}
