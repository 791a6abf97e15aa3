using OrderHub.Allocation.Contracts;
using OrderHub.Catalog.Contracts;
using OrderHub.Orders.Contracts;

namespace OrderHub.Orders.Acceptance;

internal static class StockDemand
{
    /// <summary>Kits exploded and pieces summed per base SKU, so that a kit and its own part in one order are counted together.</summary>
    public static List<DemandLine> Of(IEnumerable<(Sku Sku, int Quantity)> lines, CatalogSnapshot catalog)
    {
        var pieces = new SortedDictionary<int, int>();
        foreach (var (sku, quantity) in lines)
            if (sku.IsKit)
                foreach (var part in sku.Parts) pieces[part.SkuId] = checked(pieces.GetValueOrDefault(part.SkuId) + part.Quantity * quantity);
            else pieces[sku.Id] = checked(pieces.GetValueOrDefault(sku.Id) + quantity);
        return [.. pieces.Select(p => new DemandLine(p.Key, catalog.Sku(p.Key)?.Category ?? "", p.Value))];
    }

    /// <summary>The same line by line, for an order that has to be split.</summary>
    public static IReadOnlyList<DemandUnit> Units(IEnumerable<(int LineNo, Sku Sku, int Quantity)> lines, CatalogSnapshot catalog) =>
        [.. lines.Select(l => (Line: l, Goods: Of([(l.Sku, 1)], catalog))).Select(u => new DemandUnit(u.Line.LineNo, u.Line.Quantity, u.Line.Sku.Category, u.Line.Sku.WeightGrams, ParcelVolume.Of(u.Goods, catalog), u.Goods))];
}

internal static class LinesDigest
{
    /// <summary>FNV-1a over what was bought: stable across processes, unlike a string's own hash code.</summary>
    public static int Of(IEnumerable<IncomingLine> lines)
    {
        var hash = 2166136261u;
        foreach (var line in lines.OrderBy(l => l.PlatformLineNo, StringComparer.Ordinal))
            foreach (var c in $"{line.PlatformLineNo}|{line.PlatformSkuId}|{line.MerchantCode}|{line.Quantity};")
                hash = (hash ^ c) * 16777619u;
        return unchecked((int)hash);
    }
}
