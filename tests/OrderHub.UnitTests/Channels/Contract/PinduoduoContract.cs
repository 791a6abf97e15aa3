using OrderHub.Catalog.Contracts;
using OrderHub.Channels.Adapters;
using OrderHub.Channels.Pinduoduo;

namespace OrderHub.UnitTests.Channels.Contract;

public sealed class PinduoduoContract : AdapterContract
{
    internal override ShopKind Kind => ShopKind.Pinduoduo;
    internal override string OrderSample => SamplePayloads.PinduoduoOrder;
    internal override bool CanRefuseRefunds => false;
    internal override IReadOnlyList<string> RefundSamples => [SamplePayloads.PinduoduoRefund];

    internal override IEnumerable<SignatureCase> Signatures() => ProtocolVectors.Of("pinduoduo").Select(v => new SignatureCase(v.Text("id"),
        SortedParameters.Wrapped(v.Params(), v.Text("secret")), v.Text("stringToSign"), PinduoduoSigning.Sign(v.Params(), v.Text("secret")), v.Text("expected")));

    internal override IReadOnlyList<Meaning> Meanings =>
    [
        new("""{"error_response":{"error_msg":"限流","sub_msg":"","sub_code":null,"error_code":52101}}""", "52101", true),
        new("""{"error_response":{"error_msg":"x","error_code":52103}}""", "52103", true),
        new("""{"error_response":{"error_msg":"x","error_code":70031}}""", "70031", true),
        new("""{"error_response":{"error_msg":"x","error_code":70033}}""", "70033", true),
        new("""{"error_response":{"error_msg":"x","error_code":50000}}""", "50000", true),
        new("""{"error_response":{"error_msg":"x","error_code":50001}}""", "50001", false),
        new("""{"error_response":{"error_msg":"access_token已过期","sub_code":"10019","error_code":10019}}""", "10019", false),
    ];
}
