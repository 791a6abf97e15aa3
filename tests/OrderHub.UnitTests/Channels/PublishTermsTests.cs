using OrderHub.Catalog.Contracts;
using OrderHub.Channels.Publishing;

namespace OrderHub.UnitTests.Channels;

public sealed class PublishTermsTests
{
    [Theory]
    [InlineData(100, null, null, null, 0, 0, 100)] // nothing said: everything released
    [InlineData(0, null, null, null, 0, 0, 0)]
    [InlineData(-3, null, null, null, 0, 0, 0)] // the pool may be in debt, a listing never
    [InlineData(100, 60, null, null, 0, 0, 60)]
    [InlineData(99, 50, null, null, 0, 0, 49)] // whole pieces, rounded down
    [InlineData(1, 99, null, null, 0, 0, 0)]
    [InlineData(100, 0, null, null, 0, 0, 0)] // 0 % takes a shop off sale
    [InlineData(100, 100, null, null, 0, 0, 100)]
    [InlineData(100, null, 20, null, 0, 0, 20)]
    [InlineData(12, null, 20, null, 0, 0, 12)] // a fixed quantity invents no stock
    [InlineData(100, null, 0, null, 0, 0, 0)]
    [InlineData(100, null, null, 30, 0, 0, 30)]
    [InlineData(20, null, null, 30, 0, 0, 20)]
    [InlineData(100, null, null, 0, 0, 0, 0)]
    [InlineData(100, null, null, null, 15, 0, 85)]
    [InlineData(10, null, null, null, 15, 0, 0)]
    [InlineData(10, null, null, null, 0, 10, 0)] // at the threshold
    [InlineData(11, null, null, null, 0, 10, 11)] // above it the threshold takes nothing away
    [InlineData(100, 50, null, null, 20, 0, 40)] // reserve before share
    [InlineData(100, 50, null, 30, 20, 0, 30)] // cap last
    [InlineData(100, null, 50, 30, 0, 0, 30)]
    [InlineData(55, null, 50, null, 20, 0, 35)] // fixed of what the reserve leaves
    [InlineData(30, 50, null, 10, 5, 30, 0)] // the threshold looks at what was released, not at the share
    [InlineData(2_000_000_000, 99, null, null, 0, 0, 1_980_000_000)] // no overflow
    public void A_shop_shows(int released, int? share, int? fixedPieces, int? cap, int reserve, int zeroAtOrBelow, int shown) =>
        new PublishTerms(share, fixedPieces, cap, reserve, zeroAtOrBelow).Of(released).ShouldBe(shown);

    [Fact]
    public void No_terms_ever_show_more_than_was_released_or_less_than_nothing()
    {
        var random = new Random(11);
        for (var i = 0; i < 20_000; i++)
        {
            var fixedPieces = random.Next(3) == 0 ? random.Next(200) : (int?)null;
            var terms = new PublishTerms(fixedPieces is null && random.Next(2) == 0 ? random.Next(101) : null, fixedPieces, random.Next(3) == 0 ? random.Next(200) : null, random.Next(50), random.Next(50));
            var released = random.Next(-5, 300);
            terms.Of(released).ShouldBeInRange(0, Math.Max(0, released), terms.ToString());
        }
    }

    [Theory]
    [InlineData(101, null, null, 0, 0), InlineData(-1, null, null, 0, 0), InlineData(50, 10, null, 0, 0), InlineData(null, -1, null, 0, 0), InlineData(null, null, -1, 0, 0),
     InlineData(null, null, null, -1, 0), InlineData(null, null, null, 0, -1), InlineData(null, null, null, 2_000_000, 0)]
    public void Nonsense_is_no_rule(int? share, int? fixedPieces, int? cap, int reserve, int zero) => new PublishTerms(share, fixedPieces, cap, reserve, zero).IsSane.ShouldBeFalse();

    [Fact]
    public void Plain_terms_are_sane()
    {
        PublishTerms.Everything.IsSane.ShouldBeTrue();
        new PublishTerms(50, null, 30, 5, 2).IsSane.ShouldBeTrue();
        new PublishTerms(null, 10, 30, 5, 2).IsSane.ShouldBeTrue();
    }

    [Fact]
    public void The_narrowest_rule_decides_alone()
    {
        const int shop = 1, otherShop = 2, sku = 7, otherSku = 8;
        var book = new RuleBook([Rule(null, null, 90), Rule(shop, null, 50), Rule(shop, sku, 10)]);
        book.For(shop, sku)!.SharePercent.ShouldBe(10);
        book.For(shop, otherSku)!.SharePercent.ShouldBe(50);
        book.For(otherShop, sku)!.SharePercent.ShouldBe(90);
        new RuleBook([Rule(shop, sku, 10)]).For(otherShop, sku).ShouldBeNull();
    }

    [Fact]
    public void A_kit_is_as_many_as_its_scarcest_part_makes()
    {
        var kit = new Sku(9, "KIT", "套装", "", "", "", 0, 0, 0, null, [new(1, 2), new(2, 1)]);
        PlanListings.Makes(kit, id => id == 1 ? 9 : 5).ShouldBe(4);
        PlanListings.Makes(kit, id => id == 1 ? 1 : 5).ShouldBe(0);
    }

    private static PublishRule Rule(int? shop, int? sku, int share) => new() { ShopId = shop, SkuId = sku, SharePercent = share };
}
