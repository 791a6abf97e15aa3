using OrderHub.Orders.Contracts;
using OrderHub.Reconciliation.Contracts;
using OrderHub.Reconciliation.Settlements;

namespace OrderHub.UnitTests.Reconciliation;

public sealed class SettlementReportTests
{
    private static readonly SettlementLine Taobao = new(1, 3, 30_000, 1_500, 500, 10_000, 2), Mall = new(2, 1, 9_900, 59, 0, 12_000, 0);

    [Fact]
    public void The_total_is_the_sum_of_its_lines()
    {
        var report = new SettlementReport(new DateOnly(2026, 11, 20), SettlementStatus.Settled, 1, false, [Taobao, Mall]);
        report.Total.ShouldBe(new SettlementLine(0, 4, 39_900, 1_559, 500, 22_000, 2));
        report.Total.NetFen.ShouldBe(Taobao.NetFen + Mall.NetFen);
    }

    [Fact]
    public void Net_is_what_remains_after_fees_and_refunds_and_may_be_negative()
    {
        Taobao.NetFen.ShouldBe(19_000);
        Mall.NetFen.ShouldBe(-2_159);
    }

    [Fact]
    public void A_shop_with_parcels_on_the_road_has_a_line_even_without_money()
    {
        var lines = SettleDay.WithShipments([Taobao with { ShippedNotSigned = 0 }], [Parcel(3, 7), Parcel(1, 8), Parcel(3, 9)]);
        lines.Select(l => (l.ShopId, l.ShippedNotSigned)).ShouldBe([(1, 1L), (3, 2L)]);
    }

    private static ShippedOrderRow Parcel(int shopId, long orderId) => new(orderId, shopId, $"T{orderId}", DateTimeOffset.UnixEpoch, 100);
}
