using OrderHub.Inventory.Contracts;

namespace OrderHub.UnitTests.Inventory;

public sealed class StockPictureTests
{
    private const int Sku = 1, North = 10, South = 20, Ours = 5, Theirs = 6, Nobody = 0;

    private static StockPicture Stock(int north, int south, params QuotaLeft[] quotas) =>
        new(new Dictionary<(int, int), int> { [(Sku, North)] = north, [(Sku, South)] = south }, quotas);

    [Fact]
    public void Without_quotas_every_shop_sees_the_same() => Stock(3, 4).Available(Sku, North, Ours).ShouldBe(3);

    [Fact]
    public void A_warehouse_quota_hides_pieces_there_from_others_only()
    {
        var stock = Stock(10, 4, new QuotaLeft(1, Sku, North, Ours, 7));
        (stock.Available(Sku, North, Ours), stock.Available(Sku, North, Theirs), stock.Available(Sku, North, Nobody), stock.Available(Sku, South, Theirs)).ShouldBe((10, 3, 3, 4));
    }

    [Fact]
    public void An_unbound_quota_leaves_others_the_rest_wherever_it_lies()
    {
        var stock = Stock(6, 4, new QuotaLeft(1, Sku, null, Ours, 7));
        (stock.Available(Sku, North, Theirs), stock.Available(Sku, South, Theirs), stock.AvailableEverywhere(Sku, Theirs)).ShouldBe((3, 3, 3));
        stock.Take(Sku, South, 3, Theirs);
        (stock.Available(Sku, North, Theirs), stock.Available(Sku, North, Ours)).ShouldBe((0, 6));
    }

    [Fact]
    public void A_shop_uses_its_own_before_the_shared()
    {
        var stock = Stock(10, 0, new QuotaLeft(1, Sku, North, Ours, 4));
        stock.Take(Sku, North, 3, Ours);
        stock.Available(Sku, North, Theirs).ShouldBe(6, "seven are left and one of them is still set aside");
        stock.Take(Sku, North, 3, Ours);
        stock.Available(Sku, North, Theirs).ShouldBe(4);
    }

    [Fact]
    public void A_quota_larger_than_the_stock_hides_all_of_it_and_no_more()
    {
        var stock = Stock(3, 5, new QuotaLeft(1, Sku, North, Ours, 50));
        (stock.Available(Sku, North, Theirs), stock.Available(Sku, South, Theirs), stock.Available(Sku, North, Ours)).ShouldBe((0, 5, 3));
    }

    [Fact]
    public void Taking_another_shops_pieces_is_a_bug() =>
        Should.Throw<InvalidOperationException>(() => Stock(5, 0, new QuotaLeft(1, Sku, North, Ours, 4)).Take(Sku, North, 2, Theirs));

    [Fact]
    public void The_warehouse_quota_is_used_before_the_unbound_one()
    {
        var book = new QuotaBook([new QuotaLeft(1, Sku, null, Ours, 5), new QuotaLeft(2, Sku, North, Ours, 2), new QuotaLeft(3, Sku, South, Ours, 9)]);
        book.Draw(Sku, North, Ours, 4).ShouldBe([(2, 2), (1, 2)]);
        book.Draw(Sku, North, Theirs, 4).ShouldBeEmpty();
    }
}
