using OrderHub.Sandbox.Trading;

namespace OrderHub.Sandbox.Replaying;

/// <summary>Finds products for an order of which only the total is known, so that the lines add up to it to the fen.</summary>
internal sealed class ReplayBasket
{
    private readonly SandboxListing[] _byPrice;
    private readonly long[] _prices;

    public ReplayBasket(IReadOnlyList<SandboxListing> listings)
    {
        if (listings.Count == 0) throw new InvalidOperationException("A replay needs products.");
        _byPrice = [.. listings.OrderBy(l => l.Product.PriceFen).ThenBy(l => l.SkuCode, StringComparer.Ordinal)];
        _prices = [.. _byPrice.Select(l => l.Product.PriceFen)];
    }

    public IReadOnlyList<SandboxLine> For(ReplayRow row)
    {
        var random = new Random((int)(StableHash.Of($"basket/{row.OrderNo}") & 0x7fffffff));
        var lines = new List<SandboxLine>();
        var left = row.TotalFen;
        for (var more = random.Next(0, 3); more > 0; more--)
        {
            var affordable = CountUpTo(left / 2);
            if (affordable == 0) break;
            var product = _byPrice[random.Next(affordable)];
            lines.Add(Line(lines.Count + 1, product, 1));
            left -= product.Product.PriceFen;
        }
        lines.Add(Rest(lines.Count + 1, left, random));
        return lines;
    }

    /// <summary>The last line takes the rest: a product at least as dear, made cheaper by discount or by the seller's own price change.</summary>
    private SandboxLine Rest(int no, long left, Random random)
    {
        var first = CountUpTo(left - 1);
        var nearest = Math.Min(first + random.Next(0, 4), _byPrice.Length - 1);
        var product = _byPrice[nearest];
        var quantity = (int)((left + product.Product.PriceFen - 1) / product.Product.PriceFen);
        var line = Line(no, product, quantity);
        var tooMuch = line.GoodsFen - left;
        return random.Next(8) == 0 ? line with { AdjustFen = -tooMuch } : line with { DiscountFen = tooMuch };
    }

    private int CountUpTo(long priceFen)
    {
        var (low, high) = (0, _prices.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_prices[middle] <= priceFen) low = middle + 1;
            else high = middle;
        }
        return low;
    }

    private static SandboxLine Line(int no, SandboxListing listing, int quantity) => new(no, listing.SkuCode, listing.ProductId, listing.PlatformSkuId,
        listing.Product.Title, listing.Product.Spec, listing.Product.PriceFen, quantity);
}
