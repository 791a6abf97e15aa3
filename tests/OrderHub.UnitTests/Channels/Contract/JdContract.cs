using OrderHub.Catalog.Contracts;
using OrderHub.Channels.Adapters;
using OrderHub.Channels.Jd;

namespace OrderHub.UnitTests.Channels.Contract;

public sealed class JdContract : AdapterContract
{
    internal override ShopKind Kind => ShopKind.Jd;
    internal override string OrderSample => SamplePayloads.JdOrder;
    internal override IReadOnlyList<string> RefundSamples => [SamplePayloads.JdCancellation, SamplePayloads.JdAfterSale];

    /// <summary>The platform's remark carries no colour.</summary>
    internal override bool MemoHasFlag => false;

    internal override IEnumerable<SignatureCase> Signatures() => ProtocolVectors.Of("jd").Select(v => new SignatureCase(v.Text("id"),
        SortedParameters.Wrapped(v.Params(), v.Text("secret")), v.Text("stringToSign"), JdSigning.Sign(v.Params(), v.Text("secret")), v.Text("expected")));

    internal override IReadOnlyList<Meaning> Meanings =>
    [
        new("""{"error_response":{"code":"8","zh_desc":"时间戳无效","en_desc":"Invalid timestamp"}}""", "8", false),
        new("""{"error_response":{"en_desc":"x","zh_desc":"平台连接后端服务不可用","code":"65"}}""", "65", true),
        new("""{"jingdong_ware_stock_sku_set_responce":{"code":"0","returnType":{"success":"false","message":"库存服务拒绝"}}}""", "business", false),
        new("""{"jingdong_ware_stock_sku_set_responce":{"code":"0","returnType":{"success":true,"obj":{"updateStockResult":[{"data":"1","success":false,"message":"SKU不存在"}]}}}}""", "business", false),
    ];
}
