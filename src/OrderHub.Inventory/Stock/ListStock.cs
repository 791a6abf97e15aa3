using OrderHub.Catalog.Contracts;
using OrderHub.Inventory.Contracts;
using OrderHub.Inventory.Publishing;
using OrderHub.Platform.Data;

namespace OrderHub.Inventory.Stock;

internal enum StockView { All, Short, Low, Held }

/// <param name="Search">Part of code, name, specification or barcode.</param>
/// <param name="After">SKU code the page starts behind; <paramref name="Before"/> = the page that ends before it.</param>
internal sealed record StockQuery(string? Search = null, StockView View = StockView.All, string? After = null, string? Before = null, int Limit = 50);

/// <param name="AvailableAt">Warehouse id → available pieces; warehouses without a row are absent.</param>
internal sealed record StockLine(Sku Sku, int OnHand, int Reserved, int Available, int SafetyStock, int Publish, IReadOnlyDictionary<int, int> AvailableAt);

/// <summary>How many SKUs of the search each view holds.</summary>
internal sealed record StockCounts(long All, long Short, long Low, long Held);

internal sealed record StockList(IReadOnlyList<StockLine> Lines, bool HasPrevious, bool HasNext, StockCounts Counts, IReadOnlyList<WarehouseName> Warehouses);

/// <summary>The pool by SKU code. Names come from the catalog in memory, figures from the counters; kits have no stock of their own and are left out.</summary>
internal sealed class ListStock(HubDatabase database, ICatalog catalog, IWarehouseNames names)
{
    private const string Figures = """
        with figures as (
            select i.sku_id, i.place, coalesce(p.safety_stock, 0) as safety_stock, coalesce(p.zero_at_or_below, 0) as zero_at_or_below,
                   coalesce(s.on_hand, 0) as on_hand, coalesce(s.reserved, 0) as reserved, coalesce(s.available, 0) as available, s.warehouses, s.available_at
              from unnest($1) with ordinality as i(sku_id, place)
              left join inventory_pool p using (sku_id)
              left join (
                select sku_id, sum(on_hand)::int as on_hand, sum(reserved)::int as reserved, sum(on_hand - reserved - frozen)::int as available,
                       array_agg(warehouse_id) as warehouses, array_agg(on_hand - reserved - frozen) as available_at
                  from inventory_stock where sku_id = any($1) group by sku_id) s using (sku_id))

        """;

    public async Task<StockList> PageAsync(StockQuery query, CancellationToken ct)
    {
        var found = await FoundAsync(query.Search, ct);
        var backwards = query.Before is not null;
        IEnumerable<Sku> side = (query.Before, query.After) switch
        {
            ({ } before, _) => found.TakeWhile(s => ByCode.Compare(s.Code, before) < 0).Reverse(),
            (_, { } after) => found.SkipWhile(s => ByCode.Compare(s.Code, after) <= 0),
            _ => found,
        };
        var lines = await LinesAsync(side, query.View, query.Limit + 1, ct);
        var more = lines.Count > query.Limit;
        if (more) lines.RemoveAt(query.Limit);
        if (backwards) lines.Reverse();
        return new StockList(lines, backwards ? more : query.After is not null, backwards || more, await CountsAsync(found, ct), await ShownAsync(ct));
    }

    /// <summary>Everything the search and the view show, for export.</summary>
    public async Task<StockList> AllAsync(StockQuery query, CancellationToken ct)
    {
        var found = await FoundAsync(query.Search, ct);
        return new StockList(await LinesAsync(found, query.View, int.MaxValue, ct), false, false, await CountsAsync(found, ct), await ShownAsync(ct));
    }

    private static StringComparer ByCode => StringComparer.OrdinalIgnoreCase;

    private async Task<List<Sku>> FoundAsync(string? search, CancellationToken ct)
    {
        var text = search?.Trim() ?? "";
        return [.. (await catalog.CurrentAsync(ct)).Skus.Where(s => !s.IsKit && (text.Length == 0 || Says(s.Code) || Says(s.Name) || Says(s.Spec) || Says(s.Barcode))).OrderBy(s => s.Code, ByCode)];
        bool Says(string part) => part.Contains(text, StringComparison.OrdinalIgnoreCase);
    }

    private async Task<List<StockLine>> LinesAsync(IEnumerable<Sku> skus, StockView view, int limit, CancellationToken ct)
    {
        // without a condition on figures the page is known beforehand, and only its counters are read
        var bySku = (view == StockView.All ? skus.Take(limit) : skus).ToDictionary(s => s.Id);
        return await database.QueryAsync($"""
            {Figures}select sku_id, on_hand, reserved, available, safety_stock, zero_at_or_below, warehouses, available_at
              from figures where {Condition(view)} order by place limit $2
            """, r => new StockLine(bySku[r.GetInt32(0)], r.GetInt32(1), r.GetInt32(2), r.GetInt32(3), r.GetInt32(4), PublishQuantity.Of(r.GetInt32(3), r.GetInt32(4), r.GetInt32(5)),
                r.IsDBNull(6) ? [] : r.GetFieldValue<int[]>(6).Zip(r.GetFieldValue<int[]>(7)).ToDictionary(p => p.First, p => p.Second)),
            ct, bySku.Keys.ToArray(), limit);
    }

    private async Task<StockCounts> CountsAsync(IReadOnlyCollection<Sku> found, CancellationToken ct) =>
        (await database.QueryAsync($"""
            {Figures}select count(*), count(*) filter (where {Condition(StockView.Short)}), count(*) filter (where {Condition(StockView.Low)}), count(*) filter (where {Condition(StockView.Held)}) from figures
            """, r => new StockCounts(r.GetInt64(0), r.GetInt64(1), r.GetInt64(2), r.GetInt64(3)), ct, found.Select(s => s.Id).ToArray()))[0];

    private async Task<IReadOnlyList<WarehouseName>> ShownAsync(CancellationToken ct)
    {
        var used = await database.QueryAsync("select distinct warehouse_id from inventory_stock where on_hand > 0", r => r.GetInt32(0), ct);
        return [.. (await names.AllAsync(ct)).Where(w => w.Active || used.Contains(w.Id))];
    }

    private static string Condition(StockView view) => view switch
    {
        StockView.All => "true",
        StockView.Short => "available <= 0",
        StockView.Low => "available < safety_stock",
        StockView.Held => "reserved > 0",
        _ => throw new ArgumentOutOfRangeException(nameof(view)),
    };
}
