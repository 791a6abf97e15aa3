using OrderHub.AfterSales.Contracts;
using OrderHub.Catalog.Contracts;
using OrderHub.Channels.Adapters;
using OrderHub.Channels.Taobao;
using OrderHub.Orders.Contracts;
using OrderHub.Sandbox;
using OrderHub.UnitTests.Sandbox;

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

    [Fact]
    public async Task A_presale_its_deadline_and_what_the_platform_asks_for_arrive()
    {
        await using var world = await ContractWorld.StartAsync(Kind, null);
        var by = DateTimeOffset.FromUnixTimeSeconds(world.Now.AddHours(20).ToUnixTimeSeconds());
        var no = world.Market.PublishOrder(SandboxPlatform.Taobao, SandboxSetup.Order("SKU-A") with
        {
            Paid = false, Extras = new() { DepositFen = 2000, Courier = "SF", Warehouse = "WH-EAST", ShipBy = by, ToTheDoor = true, Transit = "新疆中转", GiftSku = "保温杯" },
        });
        var unpaid = await world.FetchedAsync(no);
        (unpaid.Status, unpaid.PromotionType, unpaid.Extras!.Presale).ShouldBe((PlatformStatus.Unpaid, "presale", new IncomingPresale(2000, 7900, BalancePaid: false)));
        world.Market.PayOrder(SandboxPlatform.Taobao, no).ShouldBeTrue();
        var paid = await world.FetchedAsync(no);
        (paid.Status, paid.Amounts.PayFen, paid.NamedCourier, paid.ShipBy).ShouldBe((PlatformStatus.Paid, 9900L, "SF", by));
        paid.Extras!.Presale.ShouldBe(new IncomingPresale(2000, 7900, BalancePaid: true));
        paid.Extras.NamedWarehouse.ShouldBe("WH-EAST");
        paid.Extras.Obligations.ShouldBe(["赠品:保温杯×1", "送货上门", "新疆中转"]);
    }

    [Fact]
    public async Task A_return_agreed_to_waits_for_the_goods_and_is_paid_back_when_they_are_there()
    {
        await using var world = await ContractWorld.StartAsync(Kind, options => options with { PickupDelay = TimeSpan.Zero, TransitDelay = TimeSpan.Zero, DeliverDelay = TimeSpan.Zero, SignDelay = TimeSpan.Zero });
        var no = world.Market.PublishOrder(SandboxPlatform.Taobao, SandboxSetup.Order("SKU-A"));
        await world.Adapter.ConfirmShipmentAsync(world.Shop, new(no, "YTO", "YT1234567890123", []), CancellationToken.None);
        world.Pass(TimeSpan.FromSeconds(5));
        await SandboxSetup.Eventually(() => world.Market.FindOrder(SandboxPlatform.Taobao, no)!.State == SandboxOrderState.Signed);
        world.Market.RequestRefund(SandboxPlatform.Taobao, no).ShouldBeTrue();
        var asked = world.Adapter.MapRefund(1, (await world.RefundsAsync()).Last());
        asked.Kind.ShouldBe(RefundKind.ReturnRefund);

        var agree = new RefundAnswer(asked.RefundNo, no, asked.Kind, Agree: true, asked.AppliedFen, "", asked.Version);
        await world.Adapter.AnswerRefundAsync(world.Shop, agree, CancellationToken.None);
        await world.Adapter.AnswerRefundAsync(world.Shop, agree, CancellationToken.None);
        world.Adapter.MapRefund(1, (await world.RefundsAsync()).Last()).Status.ShouldBe(RefundStatus.Agreed);
        world.Market.CompleteRefund(SandboxPlatform.Taobao, no).ShouldBeTrue();
        world.Adapter.MapRefund(1, (await world.RefundsAsync()).Last()).Status.ShouldBe(RefundStatus.Done);
    }

    [Fact]
    public async Task An_answer_to_a_refund_that_has_changed_since_is_not_given()
    {
        await using var world = await ContractWorld.StartAsync(Kind, null);
        var no = world.Market.PublishOrder(SandboxPlatform.Taobao, SandboxSetup.Order("SKU-A"));
        world.Market.RequestRefund(SandboxPlatform.Taobao, no);
        var asked = world.Adapter.MapRefund(1, (await world.RefundsAsync()).Last());
        var late = new RefundAnswer(asked.RefundNo, no, asked.Kind, Agree: true, asked.AppliedFen, "", asked.Version - 60_000);
        (await Should.ThrowAsync<PlatformException>(() => world.Adapter.AnswerRefundAsync(world.Shop, late, CancellationToken.None))).Code.ShouldBe("refund.changed");
        world.Market.FindOrder(SandboxPlatform.Taobao, no)!.Refunds.ShouldHaveSingleItem().State.ShouldBe(SandboxRefundState.Applied);
    }
}
