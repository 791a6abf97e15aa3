using System.Net;
using System.Text;
using OrderHub.Catalog.Contracts;
using OrderHub.Channels.Mall;

namespace OrderHub.UnitTests.Channels.Contract;

public sealed class MallContract : AdapterContract
{
    internal override ShopKind Kind => ShopKind.Mall;
    internal override bool HidesReceivers => false;
    internal override string OrderSample => SamplePayloads.MallOrder;
    internal override IReadOnlyList<string> RefundSamples => [SamplePayloads.MallRefund];

    internal override IEnumerable<SignatureCase> Signatures()
    {
        // the two others are webhook rules of foreign shop systems, which we only borrowed from
        foreach (var v in ProtocolVectors.Of("own-mall").Where(v => v.TryGetProperty("nonce", out _)))
        {
            var text = MallSignature.Text(v.Text("timestamp"), v.Text("nonce"), v.Text("httpMethod"), v.Text("path"), Encoding.UTF8.GetBytes(v.Text("body")));
            yield return new(v.Text("id"), text, v.Text("stringToSign"), MallSignature.Sign(text, v.Text("secret")), v.Text("expected"));
        }
    }

    internal override IReadOnlyList<Meaning> Meanings =>
    [
        new("""{"code":"timestamp_skew","message":"时间"}""", "timestamp_skew", false, Status: HttpStatusCode.Unauthorized),
        new("""{"code":"invalid","message":"数量"}""", "invalid", false, Status: HttpStatusCode.UnprocessableEntity),
        new("""{"oops":1}""", "http.400", false, Status: HttpStatusCode.BadRequest),
        new("""{"code":"throttled","message":"稍后"}""", "http.429", true, Status: HttpStatusCode.TooManyRequests),
    ];
}
