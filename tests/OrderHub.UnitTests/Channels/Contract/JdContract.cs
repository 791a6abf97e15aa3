using OrderHub.Catalog.Contracts;
using OrderHub.Channels.Adapters;
using OrderHub.Channels.Jd;
using OrderHub.Sandbox;
using OrderHub.UnitTests.Sandbox;

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
        new("""{"error_response":{"code":"2","zh_desc":"限制时间内调用失败次数","en_desc":"App Call Limited"}}""", "2", true),
        new("""{"error_response":{"code":"7","zh_desc":"缺少时间戳参数","en_desc":"Missing Timestamp"}}""", "7", false),
        new("""{"error_response":{"en_desc":"x","zh_desc":"平台连接后端服务不可用","code":"65"}}""", "65", true),
        new("""{"jingdong_ware_stock_sku_set_responce":{"code":"0","returnType":{"success":"false","message":"库存服务拒绝"}}}""", "business", false),
        new("""{"jingdong_ware_stock_sku_set_responce":{"code":"0","returnType":{"success":true,"obj":{"updateStockResult":[{"data":"2","success":false,"message":"SKU不存在"}]}}}}""", "business", false),
    ];

    [Fact]
    public async Task Only_orders_that_JD_delivers_name_its_courier()
    {
        await using var world = await ContractWorld.StartAsync(Kind, null);
        var ordinary = await world.FetchedAsync(world.Market.PublishOrder(SandboxPlatform.Jd, SandboxSetup.Order("SKU-A")));
        (ordinary.NamedCourier, ordinary.Extras).ShouldBe((null, null));
        var special = await world.FetchedAsync(world.Market.PublishOrder(SandboxPlatform.Jd, SandboxSetup.Order("SKU-A") with { Extras = new() { Courier = "JD", Warehouse = "5", ToTheDoor = true } }));
        (special.NamedCourier, special.Extras!.NamedWarehouse).ShouldBe(("JD", "京仓订单 5"));
        special.Extras.Obligations.ShouldBe(["送货时间:只工作日送货"]);
    }

    [Fact]
    public async Task A_token_with_more_than_a_day_to_live_is_not_renewed()
    {
        await using var world = await ContractWorld.StartAsync(Kind, null);
        world.Market.LetTokenEndIn(SandboxPlatform.Jd, TimeSpan.FromHours(30));
        (await Should.ThrowAsync<PlatformException>(() => world.Adapter.RefreshTokenAsync(world.Shop, world.RefreshToken!, CancellationToken.None))).IsTransient.ShouldBeFalse();
    }
}
