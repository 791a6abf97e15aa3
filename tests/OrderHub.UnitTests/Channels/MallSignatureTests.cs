using System.Globalization;
using System.Text;
using OrderHub.Channels.Mall;

namespace OrderHub.UnitTests.Channels;

public sealed class MallSignatureTests
{
    private static readonly DateTimeOffset Now = DateTimeOffset.FromUnixTimeSeconds(1795017600);
    private static readonly byte[] Body = Encoding.UTF8.GetBytes("""{"orders":[]}""");

    [Fact]
    public void A_genuine_fresh_call_is_let_in() => MallSignature.Verify(Call("secret"), ["secret"], Now).ShouldBeNull();

    [Fact]
    public void While_secrets_rotate_both_ends_may_hold_two() 
    {
        var both = Call("old") with { Signature = $"{Call("old").Signature} {Call("new").Signature}" };
        MallSignature.Verify(both, ["new"], Now).ShouldBeNull();
        MallSignature.Verify(both, ["old"], Now).ShouldBeNull();
        MallSignature.Verify(Call("old"), ["new", "old"], Now).ShouldBeNull();
        MallSignature.Verify(both, ["other"], Now).ShouldBe("sign_invalid");
    }

    [Theory, InlineData(-300, true), InlineData(300, true), InlineData(-301, false), InlineData(301, false)]
    public void A_clock_may_be_off_by_five_minutes(int seconds, bool fresh) =>
        MallSignature.Verify(Call("secret", Now.AddSeconds(seconds)), ["secret"], Now).ShouldBe(fresh ? null : "timestamp_skew");

    [Fact]
    public void Whatever_was_changed_on_the_way_is_noticed()
    {
        var good = Call("secret");
        MallSignedCall[] tampered =
        [
            good with { Method = "PUT" }, good with { PathAndQuery = "/x" + good.PathAndQuery }, good with { PathAndQuery = good.PathAndQuery + "1" },
            good with { Nonce = "n-2" }, good with { Timestamp = (Now.ToUnixTimeSeconds() + 1).ToString(CultureInfo.InvariantCulture) }, good with { Body = "{}"u8.ToArray() },
            good with { Signature = good.Signature![3..] }, good with { Signature = "v1=" }, good with { Signature = "v1=???" }, good with { Signature = "" }, good with { Signature = null },
            good with { Timestamp = null }, good with { Timestamp = "soon" }, good with { Timestamp = "99999999999999999999" }, good with { Nonce = "" }, good with { Nonce = new string('n', 129) },
        ];
        foreach (var call in tampered) MallSignature.Verify(call, ["secret"], Now).ShouldBe("sign_invalid", call.ToString());
        MallSignature.Verify(good, [], Now).ShouldBe("sign_invalid");
        MallSignature.Verify(good, [""], Now).ShouldBe("sign_invalid");
    }

    [Fact]
    public void The_order_of_query_parameters_does_not_matter()
    {
        var call = Call("secret") with { PathAndQuery = "/api/v1/shops/mini-demo/orders?b=2&a=1" };
        MallSignature.Verify(call, ["secret"], Now).ShouldBeNull();
    }

    private static MallSignedCall Call(string secret, DateTimeOffset? at = null)
    {
        var timestamp = (at ?? Now).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        const string Path = "/api/v1/shops/mini-demo/orders?a=1&b=2";
        return new("POST", Path, timestamp, "n-1", MallSignature.Header(MallSignature.Text(timestamp, "n-1", "POST", Path, Body), secret), Body);
    }
}
