using Npgsql;
using OrderHub.Allocation.Rules;
using OrderHub.Platform.Data;

namespace OrderHub.Allocation.Network;

/// <summary>A rule as its columns, in one sequence for whoever reads or writes it.</summary>
internal static class RuleColumns
{
    public const string All = "name, regions, categories, sku_ids, shop_ids, min_grams, max_grams, min_fen, max_fen, on_warehouses, warehouse_ids, on_couriers, courier_ids";

    /// <param name="from">The ordinal of the first.</param>
    public static AllocationRule Read(NpgsqlDataReader r, int from = 0) => new(r.GetString(from),
        new(r.GetFieldValue<string[]>(from + 1), r.GetFieldValue<string[]>(from + 2), r.GetFieldValue<int[]>(from + 3), r.GetFieldValue<int[]>(from + 4),
            r.Nullable<int>(from + 5), r.Nullable<int>(from + 6), r.Nullable<long>(from + 7), r.Nullable<long>(from + 8)),
        (RuleEffect)r.GetInt16(from + 9), r.GetFieldValue<int[]>(from + 10), (RuleEffect)r.GetInt16(from + 11), r.GetFieldValue<int[]>(from + 12));

    public static object?[] Values(AllocationRule rule) =>
    [
        rule.Name, rule.Conditions.Regions.ToArray(), rule.Conditions.Categories.ToArray(), rule.Conditions.SkuIds.ToArray(), rule.Conditions.ShopIds.ToArray(),
        rule.Conditions.MinGrams, rule.Conditions.MaxGrams, rule.Conditions.MinFen, rule.Conditions.MaxFen,
        (short)rule.OnWarehouses, rule.WarehouseIds.ToArray(), (short)rule.OnCouriers, rule.CourierIds.ToArray(),
    ];
}
