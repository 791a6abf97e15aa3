using OrderHub.Catalog.Contracts;
using OrderHub.Channels.Adapters;
using OrderHub.Channels.Taobao;

namespace OrderHub.UnitTests.Channels.Contract;

public sealed class TaobaoContract : AdapterContract
{
    internal override ShopKind Kind => ShopKind.Taobao;
    internal override string OrderSample => SamplePayloads.TaobaoTrade;
    internal override bool RefusalNeedsParcel => true;
    internal override IReadOnlyList<string> RefundSamples => [SamplePayloads.TaobaoRefund];

    internal override IEnumerable<SignatureCase> Signatures() => ProtocolVectors.Of("taobao").Select(v => new SignatureCase(v.Text("id"),
        v.Params().GetValueOrDefault("sign_method", "md5") == "md5" ? SortedParameters.Wrapped(v.Params(), v.Text("secret")) : SortedParameters.Text(v.Params()),
        v.Text("stringToSign"), TaobaoSigning.Sign(v.Params(), v.Text("secret")), v.Text("expected")));

    internal override IReadOnlyList<Meaning> Meanings =>
    [
        new("""{"error_response":{"code":7,"msg":"App Call Limited","sub_code":"accesscontrol.limited-by-api-access-count","sub_msg":"This ban will last for 42 more seconds"}}""", "accesscontrol.limited-by-api-access-count", true, 42),
        new("""{"error_response":{"code":8,"msg":"frequency"}}""", "8", true),
        new("""{"error_response":{"code":10,"msg":"unavailable"}}""", "10", true),
        new("""{"error_response":{"code":15,"msg":"Remote service error","sub_code":"isp.top-remote-connection-timeout"}}""", "isp.top-remote-connection-timeout", true),
        new("""{"error_response":{"code":15,"msg":"Remote service error","sub_code":"isv.item-not-exist"}}""", "isv.item-not-exist", false),
        new("""{"error_response":{"code":25,"msg":"Invalid signature"}}""", "25", false),
        new("""{"error_response":{"code":27,"msg":"Invalid session","sub_code":"invalid-sessionkey"}}""", "invalid-sessionkey", false),
        new("""{"something":{}}""", "answer.incomplete", true),
    ];
}
