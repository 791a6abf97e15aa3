using System.Text.Json.Nodes;
using OrderHub.Catalog.Contracts;
using OrderHub.Channels.Douyin;

namespace OrderHub.UnitTests.Channels.Contract;

public sealed class DouyinContract : AdapterContract
{
    internal override ShopKind Kind => ShopKind.Douyin;
    internal override string OrderSample => SamplePayloads.DouyinOrder;
    internal override IReadOnlyList<string> RefundSamples => [SamplePayloads.DouyinRefund];

    internal override IEnumerable<SignatureCase> Signatures()
    {
        // the others are what the platform sends us
        foreach (var v in ProtocolVectors.Of("douyin").Where(v => v.TryGetProperty("method", out _)))
        {
            var text = DouyinSigning.Text(v.Text("secret"), v.Text("appKey"), v.Text("method"), DouyinJson.Canonical(JsonNode.Parse(v.GetProperty("business").GetRawText())!), v.Text("timestamp"));
            yield return new(v.Text("id"), text, v.Text("stringToSign"), DouyinSigning.Sign(text, v.Text("secret"), v.Text("signMethod")), v.Text("expected"));
        }
    }

    internal override IReadOnlyList<Meaning> Meanings =>
    [
        new("""{"code":20000,"msg":"服务不可用","sub_code":"isp.service-error:1","sub_msg":"稍后","data":null}""", "isp.service-error:1", true),
        new("""{"code":40003,"msg":"非法参数","sub_code":"isv.signature-invalid","sub_msg":"签名错误","data":null}""", "isv.signature-invalid", false),
        new("""{"code":50002,"msg":"失败","sub_code":"isv.business-failed:9","sub_msg":"x","data":null}""", "isv.business-failed:9", false),
    ];
}
