using System.Globalization;
using OrderHub.Allocation.Contracts;
using OrderHub.Allocation.Rules;
using OrderHub.Catalog.Contracts;
using OrderHub.Platform.Texts;
using OrderHub.Platform.Units;

namespace OrderHub.Allocation.RuleBook;

/// <summary>A rule said in words.</summary>
internal sealed class RuleWords(HubLocalizer texts, CatalogSnapshot catalog, FulfilmentNetwork network)
{
    private HubLocalizer L => texts;

    public IReadOnlyList<string> Conditions(RuleConditions asked)
    {
        var words = new List<string>();
        if (asked.Regions.Count > 0) words.Add(L["寄往 {0}", Join(asked.Regions)]);
        if (asked.Categories.Count > 0) words.Add(L["含品类 {0}", Join(asked.Categories)]);
        if (asked.SkuIds.Count > 0) words.Add(L["含 SKU {0}", Join(asked.SkuIds.Select(id => catalog.Sku(id)?.Code ?? Gone(id)))]);
        if (asked.ShopIds.Count > 0) words.Add(L["店铺 {0}", Join(asked.ShopIds.Select(id => catalog.Shop(id)?.Name ?? Gone(id)))]);
        if (asked.MinGrams is not null || asked.MaxGrams is not null) words.Add(L["重量 {0}", Range(asked.MinGrams, asked.MaxGrams, g => Kilograms((int)g) + " kg")]);
        if (asked.MinFen is not null || asked.MaxFen is not null) words.Add(L["金额 {0}", Range(asked.MinFen, asked.MaxFen, Money.Format)]);
        return words.Count > 0 ? words : [L["所有订单"]];
    }

    public IReadOnlyList<string> Effects(AllocationRule rule)
    {
        var (warehouses, couriers) = (rule.WarehouseIds.Select(id => network.Warehouse(id)?.Name ?? Gone(id)).ToList(), rule.CourierIds.Select(id => network.Courier(id)?.Name ?? Gone(id)).ToList());
        return [.. new[]
        {
            rule.OnWarehouses switch { RuleEffect.Prefer => L["优先从 {0} 发", Ranked(warehouses)], RuleEffect.Only => L["只能从 {0} 发", Join(warehouses)], RuleEffect.Never => L["不能从 {0} 发", Join(warehouses)], _ => null },
            rule.OnCouriers switch { RuleEffect.Prefer => L["优先用 {0}", Ranked(couriers)], RuleEffect.Only => L["只能用 {0}", Join(couriers)], RuleEffect.Never => L["不能用 {0}", Join(couriers)], _ => null },
        }.OfType<string>()];
    }

    public static string Kilograms(int grams) => (grams / 1000m).ToString("0.###", CultureInfo.InvariantCulture);

    private string Range(long? from, long? to, Func<long, string> say) => (from, to) switch
    {
        ({ } low, { } high) => L["{0} 到 {1}", say(low), say(high)],
        ({ } low, _) => L["{0} 及以上", say(low)],
        (_, var high) => L["{0} 及以下", say(high ?? 0)],
    };

    private string Join(IEnumerable<string> names) => string.Join(L["、"], names);

    private static string Ranked(IEnumerable<string> names) => string.Join(" → ", names);

    private static string Gone(int id) => "#" + id.ToString(CultureInfo.InvariantCulture);
}
