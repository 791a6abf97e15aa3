using OrderHub.Allocation.Contracts;
using OrderHub.Channels.DualRun;
using OrderHub.Channels.Imports.Columns;
using OrderHub.Channels.Imports.Sheets;
using OrderHub.Orders.Contracts;

namespace OrderHub.UnitTests.Channels.Imports;

public sealed class DualRunTests
{
    private static readonly DateTimeOffset Day = new(2026, 1, 1, 16, 0, 0, TimeSpan.Zero);
    private static readonly FulfilmentNetwork Network = new([new(1, "SUZ", "苏州仓", "江苏", "苏州", "", "", "", 1, true), new(2, "CAN", "广州仓", "广东", "广州", "", "", "", 2, true)], []);

    private static readonly Dictionary<string, OrderResult> Ours = new[]
    {
        new OrderResult(1, "A1", OrderState.Allocated, 1, 9900, Day), new(2, "A2", OrderState.Shipped, 2, 5000, Day.AddHours(3)),
        new(3, "A3", OrderState.Cancelled, null, 100, Day.AddHours(5)), new(4, "OLD", OrderState.Signed, 1, 100, Day.AddDays(-3)),
    }.ToDictionary(o => o.PlatformOrderNo);

    [Fact]
    public void Two_systems_that_agree_in_their_own_words_show_no_difference() =>
        Compare("A1,苏州仓库,待打单,99.00\nA2,can,已发货,￥50.00\nA3,,已取消,1\nOLD,SUZ,已签收,1.00\n").ShouldBeEmpty();

    [Fact]
    public void Every_kind_of_difference_is_told_apart() => Compare("A1,广州仓,已发货,98.00\nB9,苏州仓,待发货,1.00\nA3,,已取消,1\n").Select(d => (d.Kind, d.OrderNo, d.Theirs, d.Ours)).ShouldBe(
    [
        (DifferenceKind.Warehouse, "A1", "广州仓", "苏州仓"), (DifferenceKind.Status, "A1", "已发货", "已分仓"), (DifferenceKind.Amount, "A1", "98.00", "99.00"),
        (DifferenceKind.MissingHere, "B9", "待发货 · 苏州仓 · 1.00", ""), (DifferenceKind.MissingThere, "A2", "", "已发货"),
    ]);

    [Fact]
    public void An_order_of_another_day_that_the_file_does_not_name_is_not_missed() => Compare("A1,苏州仓,待发货,99.00\nA2,广州仓,已发货,50\nA3,,已取消,1\n").ShouldBeEmpty();

    [Fact]
    public void A_column_the_file_does_not_have_is_not_compared() =>
        Differences.Between(Read("订单号,状态\nA1,待发货\nA2,已发货\nA3,已关闭\n").Orders, Ours, Day, Day.AddDays(1), Network).ShouldBeEmpty();

    [Fact]
    public void An_unknown_word_for_a_state_differs_instead_of_being_guessed() =>
        Compare("A1,苏州仓,薛定谔,99\nA2,广州仓,已发货,50\nA3,,已取消,1\n").ShouldHaveSingleItem().ShouldBe(new(DifferenceKind.Status, "A1", 1, "薛定谔", "已分仓"));

    [Fact]
    public void Lines_of_one_order_count_once_and_unreadable_rows_are_counted()
    {
        var read = Read("订单号,仓库,状态,金额\nA1,苏州仓,待发货,49.00\nA1,苏州仓,待发货,50.00\nA2,广州仓,已发货,50\nA2,广州仓,已发货,50\n合计,,,\nA3,,已取消,很多\n");
        read.Orders.Select(o => (o.OrderNo, o.AmountFen)).ShouldBe([("A1", 9900L), ("A2", 5000L)]);
        read.Unreadable.ShouldBe(2);
    }

    private static List<FoundDifference> Compare(string rows) => [.. Differences.Between(Read("订单号,仓库,状态,金额\n" + rows).Orders, Ours, Day, Day.AddDays(1), Network)];

    private static TheirResults Read(string file)
    {
        var table = SheetTable.Open(SheetFile.Csv(file)).Value;
        return TheirResults.Read(table.Rows, ColumnMapping.Suggest(table.Headers, ImportFields.OfResults));
    }
}
