using System.Globalization;
using System.Text.RegularExpressions;
using OrderHub.Allocation.Addresses;
using OrderHub.Allocation.Contracts;
using OrderHub.Catalog.Contracts;
using OrderHub.Platform.Results;

namespace OrderHub.Allocation.Trials;

/// <summary>An order that nobody has placed.</summary>
/// <param name="Region">省/市 or 省/市/区, as typed.</param>
/// <param name="Goods">SKU×pieces, one a line or with commas between; pieces left out = 1.</param>
/// <param name="ShopId">Null = no shop's: the shared stock, any courier.</param>
/// <param name="WeightGrams">Null = what the goods weigh by the catalog.</param>
internal sealed partial record TrialDraft(string Region, string Goods, int? ShopId, long AmountFen, int? WeightGrams, string? NamedCourier)
{
    /// <summary>Null = what the goods take by the catalog.</summary>
    public int? VolumeCm3 { get; init; }

    private static readonly char[] Between = ['\n', '\r', ',', '，', '、', ';', '；'];

    public Result<AllocationDemand> Demand(CatalogSnapshot catalog, IOrderDemands demands)
    {
        var region = Regions.Read(Region);
        if (region.Error is { } unknown) return unknown;
        var lines = Lines(catalog);
        if (lines.Error is { } unreadable) return unreadable;
        if (AmountFen < 0) return AllocationErrors.AmountRange;
        if (WeightGrams < 0) return AllocationErrors.WeightRange;
        if (VolumeCm3 < 0) return AllocationErrors.VolumeRange;
        var (place, pieces) = (region.Value.Split('/'), demands.Explode(lines.Value, catalog));
        return new AllocationDemand(place[0], place.ElementAtOrDefault(1), pieces, WeightGrams ?? lines.Value.Sum(l => l.Sku.WeightGrams * l.Quantity),
            string.IsNullOrEmpty(NamedCourier) ? null : NamedCourier, catalog.Shop(ShopId ?? 0)?.Kind)
        {
            District = place.ElementAtOrDefault(2), ShopId = ShopId ?? 0, AmountFen = AmountFen, VolumeCm3 = VolumeCm3 ?? ParcelVolume.Of(pieces, catalog),
            Units = () => demands.Units(lines.Value, catalog),
        };
    }

    private Result<List<(Sku Sku, int Quantity)>> Lines(CatalogSnapshot catalog)
    {
        var lines = new List<(Sku, int)>();
        foreach (var typed in Goods.Split(Between, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var match = WithPieces().Match(typed);
            var (code, pieces) = match.Success && catalog.SkuByCode(typed) is null ? (match.Groups[1].Value, match.Groups[2].Value) : (typed, "1");
            if (catalog.SkuByCode(code) is not { } sku) return AllocationErrors.SkuUnknown(code);
            if (!int.TryParse(pieces, NumberStyles.None, CultureInfo.InvariantCulture, out var quantity) || quantity is < 1 or > 10_000) return AllocationErrors.QuantityUnreadable(typed);
            lines.Add((sku, quantity));
        }
        return lines.Count == 0 ? AllocationErrors.NoGoods : lines;
    }

    [GeneratedRegex(@"^(.+?)(?:\s*[×*]\s*|\s+[xX]?\s*)(\d+)$")]
    private static partial Regex WithPieces();
}
