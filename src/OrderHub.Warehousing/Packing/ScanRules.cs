using OrderHub.Catalog.Contracts;
using OrderHub.Platform.Results;
using OrderHub.Warehousing.PickTasks;

namespace OrderHub.Warehousing.Packing;

/// <summary>What a scanned code means for a task; decides, changes nothing.</summary>
internal static class ScanRules
{
    /// <returns>The line the piece counts on, or why it does not count.</returns>
    public static (PickLine? Line, Error? Refusal) Judge(string code, IReadOnlyCollection<PickLine> lines, CatalogSnapshot skus)
    {
        var sku = skus.SkuByBarcode(code) ?? skus.SkuByCode(code);
        if (sku is null) return (null, WarehousingErrors.UnknownCode(code));
        if (sku.IsKit) return (null, WarehousingErrors.IsKit(Named(sku)));
        var line = lines.FirstOrDefault(l => l.SkuId == sku.Id);
        if (line is null) return (null, WarehousingErrors.WrongItem(Named(sku), Expected(lines, skus)));
        return line.Scanned < line.Quantity ? (line, null) : (null, WarehousingErrors.TooMany(Named(sku), line.Quantity));
    }

    /// <summary>Pieces still wanted; when all are in the box, there is nothing to expect any more.</summary>
    private static string Expected(IEnumerable<PickLine> lines, CatalogSnapshot skus) =>
        string.Join(" / ", lines.Where(l => l.Scanned < l.Quantity).Select(l => skus.Sku(l.SkuId)).OfType<Sku>().Select(Named).Take(3)) is { Length: > 0 } wanted ? wanted : "—";

    private static string Named(Sku sku) => sku.Spec.Length == 0 ? $"{sku.Name}（{sku.Code}）" : $"{sku.Name} {sku.Spec}（{sku.Code}）";
}
