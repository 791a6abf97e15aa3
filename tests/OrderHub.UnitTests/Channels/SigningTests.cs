using System.Text.Json.Nodes;
using OrderHub.Channels.Douyin;
using OrderHub.UnitTests.Channels.Contract;

namespace OrderHub.UnitTests.Channels;

public sealed class SigningTests
{
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

    [Fact]
    public void Every_vector_of_the_five_platforms_is_used()
    {
        new DouyinContract().Signatures().Count().ShouldBe(ProtocolVectors.Of("douyin").Count - 3);
        // the two others are webhook rules of foreign shop systems, which we only borrowed from
        new MallContract().Signatures().Count().ShouldBe(ProtocolVectors.Of("own-mall").Count - 2);
        new AdapterContract[] { new TaobaoContract(), new JdContract(), new PinduoduoContract() }.Sum(c => c.Signatures().Count()).ShouldBeGreaterThanOrEqualTo(18);
    }
}
