using OrderHub.Catalog.Contracts;
using OrderHub.Inventory.Contracts;
using OrderHub.Platform.Data;
using OrderHub.Platform.Units;

namespace OrderHub.Orders.Shortages;

/// <param name="InTransit">Pieces on the way to any warehouse.</param>
internal sealed record TriageLine(Sku Sku, SkuShortage Shortage, int InTransit);

/// <param name="Found">SKUs of the search on all pages.</param>
internal sealed record TriagePage(IReadOnlyList<TriageLine> Lines, int Found, bool HasNext);

/// <param name="Place">In the fair order, from 1.</param>
/// <param name="Weight">1 = put first, −1 = put last by <paramref name="SetBy"/>.</param>
/// <param name="OtherMissing">Further SKUs it waits for.</param>
internal sealed record TriageOrder(long OrderId, int Place, int ShopId, string PlatformOrderNo, string BuyerNick, int Wanted, DateTimeOffset? ShipBy, DateTimeOffset? PaidAt, bool IsVip,
    int Weight, string? SetReason, string? SetBy, IReadOnlyList<string> OtherMissing, TriageVerdict Verdict)
{
    public string No => OrderNo.From(OrderId);
}

internal sealed record TriageSku(TriageLine Line, IReadOnlyList<TriageOrder> Orders, bool HasNext);

/// <summary>Who waits for what, and who would get the next pieces.</summary>
internal sealed class ReadTriage(HubDatabase database, ICatalog catalogs, IStockReader stock, CountShortages counts)
{
    public const int SkusPerPage = 30, OrdersPerPage = 50;

    /// <summary>A proposal looks this far; who stands behind it waits long.</summary>
    private const int MostWaiting = 5_000;

    private sealed record Waiting(TriageOrder Order, int[] OtherSkus, int[] OtherWanted);

    /// <summary>The SKUs orders wait for, the most urgent first.</summary>
    public async Task<TriagePage> PageAsync(string? search, int page, CancellationToken ct)
    {
        var found = await FoundAsync(search, ct);
        var shown = found.Skip(page * SkusPerPage).Take(SkusPerPage).ToList();
        var lines = new List<TriageLine>(shown.Count);
        foreach (var (sku, shortage) in shown) lines.Add(new(sku, shortage, await InTransitAsync(sku.Id, ct)));
        return new(lines, found.Count, found.Count > (page + 1) * SkusPerPage);
    }

    /// <returns>Null when nobody waits for it.</returns>
    public async Task<TriageSku?> SkuAsync(string code, int page, CancellationToken ct)
    {
        var catalog = await catalogs.CurrentAsync(ct);
        if (catalog.SkuByCode(code) is not { } sku || (await counts.BySkuAsync(ct)).FirstOrDefault(s => s.SkuId == sku.Id) is not { } shortage) return null;
        var coming = await InTransitAsync(sku.Id, ct);
        var orders = await ProposeAsync(shortage, coming, catalog, ct);
        return new(new(sku, shortage, coming), [.. orders.Skip(page * OrdersPerPage).Take(OrdersPerPage)], orders.Count > (page + 1) * OrdersPerPage);
    }

    /// <summary>Every SKU of the search with everybody who waits for it, for export.</summary>
    public async IAsyncEnumerable<(TriageLine Line, TriageOrder Order)> AllAsync(string? search, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct)
    {
        var catalog = await catalogs.CurrentAsync(ct);
        foreach (var (sku, shortage) in await FoundAsync(search, ct))
        {
            var coming = await InTransitAsync(sku.Id, ct);
            foreach (var order in await ProposeAsync(shortage, coming, catalog, ct)) yield return (new(sku, shortage, coming), order);
        }
    }

    /// <summary>SKUs of which pieces are missing, and those of orders that wait although nothing is missing.</summary>
    private async Task<List<(Sku Sku, SkuShortage Shortage)>> FoundAsync(string? search, CancellationToken ct)
    {
        var (catalog, all, text) = (await catalogs.CurrentAsync(ct), await counts.BySkuAsync(ct), search?.Trim() ?? "");
        int[] missing = [.. all.Where(s => s.Missing > 0).Select(s => s.SkuId)];
        var scattered = await database.QueryAsync("""
            select distinct sku_id from orders_shortages s
             where not exists (select 1 from orders_shortages other where other.order_id = s.order_id and other.sku_id = any($1))
            """, r => r.GetInt32(0), ct, missing);
        var listed = missing.Concat(scattered).ToHashSet();
        return [.. all.Where(s => listed.Contains(s.SkuId)).Select(s => (Sku: catalog.Sku(s.SkuId)!, Shortage: s)).Where(s => s.Sku is not null && Says(s.Sku))
            .OrderBy(s => s.Shortage.EarliestShipBy ?? DateTimeOffset.MaxValue).ThenByDescending(s => s.Shortage.Orders).ThenBy(s => s.Sku.Code, StringComparer.Ordinal)];

        bool Says(Sku sku) => text.Length == 0 || new[] { sku.Code, sku.Name, sku.Spec, sku.Barcode }.Any(part => part.Contains(text, StringComparison.OrdinalIgnoreCase));
    }

    private async Task<IReadOnlyList<TriageOrder>> ProposeAsync(SkuShortage shortage, int inTransit, CatalogSnapshot catalog, CancellationToken ct)
    {
        var waiting = await database.QueryAsync($"""
            select o.id, o.shop_id, o.platform_order_no, o.buyer_nick, s.wanted, o.ship_by, o.paid_at, v.buyer_key is not null, coalesce(p.weight, 0), p.reason, p.actor,
                   array(select sku_id from orders_shortages x where x.order_id = o.id and x.sku_id <> s.sku_id order by sku_id),
                   array(select wanted from orders_shortages x where x.order_id = o.id and x.sku_id <> s.sku_id order by sku_id)
              from orders_shortages s join orders_orders o on o.id = s.order_id {FairOrder.Joins}
             where s.sku_id = $1 order by {FairOrder.Columns} limit $2
            """, r => new Waiting(new(r.GetInt64(0), 0, r.GetInt32(1), r.GetString(2), r.GetString(3), r.GetInt32(4), r.Nullable<DateTimeOffset>(5), r.Nullable<DateTimeOffset>(6), r.GetBoolean(7),
                r.GetInt32(8), r.Text(9), r.Text(10), [], default), r.GetFieldValue<int[]>(11), r.GetFieldValue<int[]>(12)), ct, shortage.SkuId, MostWaiting);
        var free = await counts.FreeAsync([shortage.SkuId, .. waiting.SelectMany(w => w.OtherSkus)], ct);
        var orders = waiting.ConvertAll(w => w.Order with
        {
            OtherMissing = [.. w.OtherSkus.Zip(w.OtherWanted).Where(o => o.Second > free.GetValueOrDefault(o.First).For(w.Order.ShopId)).Select(o => catalog.Sku(o.First)?.Code ?? "—")],
        });
        var verdicts = TriageProposal.Of(free.GetValueOrDefault(shortage.SkuId), inTransit, orders.Select(o => (o.ShopId, o.Wanted, o.OtherMissing.Count > 0)));
        return [.. orders.Select((o, i) => o with { Place = i + 1, Verdict = verdicts[i] })];
    }

    private async Task<int> InTransitAsync(int skuId, CancellationToken ct) => (await stock.RowsAsync(skuId, ct)).Sum(r => r.InTransit);
}
