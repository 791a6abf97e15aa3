using OrderHub.Allocation.Addresses;
using OrderHub.Allocation.Contracts;
using OrderHub.Allocation.Rules;
using OrderHub.Catalog.Contracts;
using OrderHub.Platform.Results;

namespace OrderHub.Allocation.RuleBook;

/// <summary>A rule as typed; <see cref="RuleConditions"/> tells what the lists and bounds mean.</summary>
/// <param name="Id">Null = a new one.</param>
/// <param name="Regions">As people write them, one a line or with commas between.</param>
/// <param name="SkuCodes">Codes with blanks, commas or lines between.</param>
internal sealed record RuleDraft(int? Id, bool Active, string Name, string Regions, IReadOnlyList<string> Categories, string SkuCodes, IReadOnlyList<int> ShopIds,
    int? MinGrams, int? MaxGrams, long? MinFen, long? MaxFen, RuleEffect OnWarehouses, IReadOnlyList<int> WarehouseIds, RuleEffect OnCouriers, IReadOnlyList<int> CourierIds)
{
    /// <summary>Which edit of the rule was read; says nothing of a new one.</summary>
    public int Version { get; init; }

    public const int LongestName = 60;
    private static readonly char[] Separators = ['\n', '\r', '\t', ' ', ',', '，', '、', ';', '；'];

    public static RuleDraft Of(RuleView view, CatalogSnapshot catalog) => new(view.Id, view.Active, view.Rule.Name, string.Join('\n', view.Rule.Conditions.Regions), view.Rule.Conditions.Categories,
        string.Join('\n', view.Rule.Conditions.SkuIds.Select(id => catalog.Sku(id)?.Code).OfType<string>()), view.Rule.Conditions.ShopIds,
        view.Rule.Conditions.MinGrams, view.Rule.Conditions.MaxGrams, view.Rule.Conditions.MinFen, view.Rule.Conditions.MaxFen,
        view.Rule.OnWarehouses, view.Rule.WarehouseIds, view.Rule.OnCouriers, view.Rule.CourierIds) { Version = view.Version };

    public Result<AllocationRule> Check(CatalogSnapshot catalog, FulfilmentNetwork network)
    {
        var name = Name.Trim();
        if (name.Length is 0 or > LongestName) return AllocationErrors.RuleNameMissing;
        var regions = Addresses.Regions.ReadAll(Regions);
        if (regions.Error is { } unknown) return unknown;
        var skus = Skus(catalog);
        if (skus.Error is { } noSku) return noSku;
        foreach (var category in Categories)
            if (catalog.Skus.All(s => s.IsKit || s.Category != category)) return AllocationErrors.CategoryUnknown(category);
        foreach (var shop in ShopIds)
            if (catalog.Shop(shop) is null) return AllocationErrors.ShopUnknown(shop);
        if (MinGrams < 0 || MaxGrams < 0 || MinGrams > MaxGrams) return AllocationErrors.WeightRange;
        if (MinFen < 0 || MaxFen < 0 || MinFen > MaxFen) return AllocationErrors.AmountRange;
        foreach (var warehouse in WarehouseIds)
            if (network.Warehouse(warehouse) is null) return AllocationErrors.WarehouseUnknown(warehouse);
        foreach (var courier in CourierIds)
            if (network.Courier(courier) is null) return AllocationErrors.CourierUnknown(courier);
        var (onWarehouses, onCouriers) = (OnWarehouses != RuleEffect.None, OnCouriers != RuleEffect.None);
        if (!onWarehouses && !onCouriers || onWarehouses && WarehouseIds.Count == 0 || onCouriers && CourierIds.Count == 0) return AllocationErrors.RuleWithoutEffect;
        return new AllocationRule(name, new(regions.Value, Categories, skus.Value, ShopIds, MinGrams, MaxGrams, MinFen, MaxFen),
            OnWarehouses, onWarehouses ? WarehouseIds : [], OnCouriers, onCouriers ? CourierIds : []);
    }

    private Result<IReadOnlyList<int>> Skus(CatalogSnapshot catalog)
    {
        var ids = new List<int>();
        foreach (var code in SkuCodes.Split(Separators, StringSplitOptions.RemoveEmptyEntries))
        {
            if (catalog.SkuByCode(code) is not { } sku) return AllocationErrors.SkuUnknown(code);
            if (sku.IsKit) return AllocationErrors.SkuIsKit(sku.Code);
            if (!ids.Contains(sku.Id)) ids.Add(sku.Id);
        }
        return ids;
    }
}
