using OrderHub.Catalog.Contracts;
using OrderHub.Channels.Kuaishou;

namespace OrderHub.UnitTests.Channels.Contract;

public sealed class KuaishouContract : AdapterContract
{
    internal override ShopKind Kind => ShopKind.Kuaishou;
    internal override string OrderSample => SamplePayloads.KuaishouOrder;
    internal override IReadOnlyList<string> RefundSamples => [SamplePayloads.KuaishouRefund];
    internal override bool OneProductPerOrder => true;
    internal override int CallsToSetStock => 2;

    /// <summary>The platform's own example for both methods, with a secret of ours; the results were made with a second implementation.</summary>
    internal override IEnumerable<SignatureCase> Signatures()
    {
        const string Secret = "d7f0c1e2a3b4", Param = """{"title":"短袖", "relItemId":123456, "categoryId":12}""";
        foreach (var (method, expected) in new[] { ("MD5", "cd2c69498b0d8eaf2df468c3ef26a72a"), ("HMAC_SHA256", "+vZYINdB91uMi9veB988wSrBmHFZvWhXVPc0BHWsskk=") })
        {
            var text = KuaishouSigning.Text(new Dictionary<string, string>
            {
                ["version"] = "1", ["timestamp"] = "1583271919000", ["signMethod"] = method, ["param"] = Param, ["method"] = "open.xxx.xxx.xxx", ["appkey"] = "ks123", ["access_token"] = "xxx", ["sign"] = "left out",
            }, Secret);
            yield return new(method, text, $"access_token=xxx&appkey=ks123&method=open.xxx.xxx.xxx&param={Param}&signMethod={method}&timestamp=1583271919000&version=1&signSecret={Secret}",
                KuaishouSigning.Sign(text, Secret, method), expected);
        }
    }

    internal override IReadOnlyList<Meaning> Meanings =>
    [
        new("""{"result":21,"error_msg":"当前库存不足,请减少预留数量"}""", "21", false),
        new("""{"result":24,"error_msg":"AUTHORIZATION_REVOKED"}""", "24", false),
        new("""{"result":11,"error_msg":"运单号和物流公司不匹配"}""", "11", false),
        new("""{"result":1016,"error_msg":"Exceed qps limit, KEY [apiId:open.order.cursor.list;appkey:ks1], MAX_QPS [300.0]"}""", "1016", true),
        new("""{"result":1017,"error_msg":"[1017] exceed quota limit,[apiId:open.order.cursor.list;primaryUserId:1]"}""", "1017", false),
        new("""{"result":100200500,"error":"server_error","error_msg":"服务器内部错误"}""", "100200500", true),
    ];
}
