using OrderHub.Channels.Adapters;
using OrderHub.Channels.Shipments;
using OrderHub.Orders.Contracts;
using OrderHub.Warehousing.Contracts;

namespace OrderHub.UnitTests.Channels;

public sealed class ShipmentPlanTests
{
    [Fact]
    public void One_parcel_is_told_without_naming_lines()
    {
        foreach (var split in Enum.GetValues<SplitAbility>())
            Told([Parcel(1, (1, 1), (2, 3))], split).ShouldBe(["W1:"], split.ToString());
    }

    [Fact]
    public void A_platform_of_one_waybill_gets_the_first() => Told([Parcel(1, (1, 1)), Parcel(2, (2, 3))], SplitAbility.Whole).ShouldBe(["W1:"]);

    [Fact]
    public void A_platform_of_several_waybills_gets_them_in_one_notice() =>
        ShipmentPlan.For(Order, [Parcel(1, (1, 1)), Parcel(2, (2, 3)), Parcel(3, (2, 1))], SplitAbility.Waybills).ShouldHaveSingleItem().Others.ShouldBe([("YTO", "W2"), ("YTO", "W3")]);

    [Fact]
    public void A_platform_of_lines_gets_each_parcel_with_its_lines()
    {
        Told([Parcel(1, (1, 1)), Parcel(2, (2, 3))], SplitAbility.Lines).ShouldBe(["W1:L1", "W2:L2"]);
        Told([Parcel(1, (1, 1)), Parcel(2, (2, 3))], SplitAbility.Pieces).ShouldBe(["W1:L1", "W2:L2"]);
    }

    [Fact]
    public void A_line_in_two_parcels_is_told_once_with_the_last() =>
        Told([Parcel(1, (1, 1), (2, 1)), Parcel(2, (2, 2))], SplitAbility.Lines).ShouldBe(["W1:L1", "W2:L2"]);

    [Fact]
    public void A_parcel_that_completes_no_line_is_not_told() => Told([Parcel(1, (2, 1)), Parcel(2, (1, 1), (2, 2))], SplitAbility.Lines).ShouldBe(["W2:L1,L2"]);

    [Fact]
    public void A_parcel_whose_content_nobody_recorded_makes_it_one_shipment() => Told([Parcel(1, (1, 1)), Parcel(2)], SplitAbility.Lines).ShouldBe(["W1:"]);

    [Fact]
    public void Without_a_waybill_of_ours_there_is_nothing_to_tell() => Told([new(1, "YTO", "", "PACKED")], SplitAbility.Whole).ShouldBeEmpty();

    private static string[] Told(IReadOnlyList<ParcelView> parcels, SplitAbility split) =>
        [.. ShipmentPlan.For(Order, parcels, split).Select(n => $"{n.WaybillNo}:{string.Join(',', n.PlatformLineNos)}")];

    private static ParcelView Parcel(int id, params (int Line, int Quantity)[] lines) => new(id, "YTO", $"W{id}", "HANDED_OVER") { Lines = [.. lines.Select(l => new ParcelLine(l.Line, l.Quantity))] };

    private static readonly OrderView Order = new(5, 1, "T-5", OrderState.Shipped, null, 1, 1, 100, DateTimeOffset.UnixEpoch, null, null, new("", "", "", "", "", "", "", null), null, null,
        [new(1, "L1", null, null, 1, "A", "", 1, 1, 1), new(2, "L2", null, null, 2, "B", "", 3, 1, 3)]);
}
