using Microsoft.Extensions.DependencyInjection;
using OrderHub.Catalog.Contracts;
using OrderHub.AfterSales.Contracts;
using OrderHub.Orders.Contracts;
using OrderHub.Platform.Accounts;
using OrderHub.Platform.Verification;
using OrderHub.PostgresTests.Infrastructure;
using OrderHub.Reconciliation.Checks;

namespace OrderHub.PostgresTests.Reconciliation;

public sealed class ReplayCheckTests(TestHub hub) : IClassFixture<TestHub>, IDisposable
{
    private const string Header = "订单编号,总金额,买家实际支付金额,收货地址,订单创建时间,订单付款时间,退款金额\n";
    private readonly string _file = Path.GetTempFileName();

    public void Dispose() => File.Delete(_file);

    [Fact]
    public async Task Every_row_of_the_file_is_found_to_the_fen_and_a_wrong_fen_is_named()
    {
        await hub.InScopeAsync<ICatalogImport, bool>(async import =>
        {
            await import.UpsertShopsAsync([new("tb-demo", "淘宝演示店", ShopKind.Taobao, LockPolicy.OnOrder, 72, 500)], Actor.System, default);
            return true;
        });
        var catalog = hub.Services.GetRequiredService<ICatalog>();
        while ((await catalog.CurrentAsync(default)).ShopByCode("tb-demo") is null) await Task.Delay(50);
        var shop = (await catalog.CurrentAsync(default)).ShopByCode("tb-demo")!;
        await hub.ReceiveAsync(TestHub.Shirt, hub.Suzhou, 10);
        var paid = hub.Order(shop) with { PlatformOrderNo = "2020020000000000001" };
        var unpaid = hub.Order(shop, PlatformStatus.Unpaid) with { PlatformOrderNo = "2020020000000000002" };
        await hub.AcceptAsync(paid, unpaid);
        await hub.AcceptAsync(Finance.Refund(paid, RefundStatus.Done, 1_050));
        await hub.DrainOutboxAsync();

        (await CheckAsync("99.0", "10.5")).Examples.ShouldBe(["2020020000000000002：没有付款，状态却是 待付款"]);
        await hub.AcceptOneAsync(unpaid with { Version = 2, Status = PlatformStatus.ClosedUnpaid });
        (await CheckAsync("99.0", "10.5")).ShouldSatisfyAllConditions(r => r.Checked.ShouldBe(2), r => r.Breaches.ShouldBe(0));
        (await CheckAsync("99.01", "10.5")).Breaches.ShouldBe(1);
        (await CheckAsync("99.0", "10.51")).Breaches.ShouldBe(1);
    }

    private async Task<VerifyResult> CheckAsync(string total, string refund)
    {
        await File.WriteAllTextAsync(_file, $"{Header}1,{total},0.0,上海,2020-02-20 00:00:00,2020-02-20 00:01:00,{refund}\n2,99.0,0.0,上海,2020-02-20 00:00:00,,0.0\n");
        await using var scope = hub.Services.CreateAsyncScope();
        return await ActivatorUtilities.CreateInstance<ReplayCheck>(scope.ServiceProvider, new VerifyOptions(_file)).RunAsync(default);
    }
}
