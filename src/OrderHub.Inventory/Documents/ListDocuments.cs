using OrderHub.Catalog.Contracts;
using OrderHub.Inventory.Contracts;
using OrderHub.Platform.Data;

namespace OrderHub.Inventory.Documents;

/// <param name="Search">Part of number or reference, a SKU code, or words of the reason.</param>
/// <param name="After">Document id the page starts behind (older); <paramref name="Before"/> = the page that ends before it (newer).</param>
internal sealed record DocumentQuery(DocumentKind? Kind = null, DocumentState? State = null, string? Search = null, long? After = null, long? Before = null, int Limit = 50);

internal sealed record DocumentRow(long Id, string No, DocumentKind Kind, DocumentState State, string Warehouse, string? From, string Reference, string Reason, DateTimeOffset CreatedAt, string CreatedBy, int Lines, long Pieces, long Arrived);

internal sealed record DocumentList(IReadOnlyList<DocumentRow> Rows, bool HasNewer, bool HasOlder, IReadOnlyDictionary<DocumentState, long> Waiting);

internal sealed class ListDocuments(HubDatabase database, ICatalog catalog, IWarehouseNames names)
{
    public async Task<DocumentList> PageAsync(DocumentQuery query, CancellationToken ct)
    {
        var newer = query.Before is not null;
        var rows = await RowsAsync(query, newer, query.Limit + 1, ct);
        var more = rows.Count > query.Limit;
        if (more) rows.RemoveAt(query.Limit);
        if (newer) rows.Reverse();
        var waiting = await database.QueryAsync("select state, count(*) from inventory_documents where state in (2, 3) and ($1 = 0 or kind = $1) group by 1",
            r => ((DocumentState)r.GetInt16(0), r.GetInt64(1)), ct, (int)(query.Kind ?? 0));
        return new DocumentList(rows, newer ? more : query.After is not null, newer || more, waiting.ToDictionary(w => w.Item1, w => w.Item2));
    }

    /// <summary>For a second person to approve.</summary>
    public async Task<int> CountWaitingAsync(CancellationToken ct) =>
        (await database.QueryAsync("select count(*)::int from inventory_documents where state = $1", r => r.GetInt32(0), ct, (short)DocumentState.Waiting))[0];

    /// <summary>Everything the filter shows, newest first, for export.</summary>
    public async Task<IReadOnlyList<DocumentRow>> AllAsync(DocumentQuery query, CancellationToken ct) => await RowsAsync(query with { After = null, Before = null }, false, int.MaxValue, ct);

    private async Task<List<DocumentRow>> RowsAsync(DocumentQuery query, bool newer, int limit, CancellationToken ct)
    {
        var search = query.Search?.Trim() ?? "";
        var skuId = (await catalog.CurrentAsync(ct)).SkuByCode(search)?.Id ?? 0;
        var warehouses = (await names.AllAsync(ct)).ToDictionary(w => w.Id, w => w.Name);
        return await database.QueryAsync($"""
            select d.id, d.no, d.kind, d.state, d.warehouse_id, d.from_warehouse_id, d.reference, d.reason, d.created_at, d.created_by, l.lines, l.pieces, l.arrived
              from inventory_documents d
              cross join lateral (select count(*)::int as lines, coalesce(sum(quantity), 0) as pieces, coalesce(sum(done + defective), 0) as arrived from inventory_document_lines where document_id = d.id) l
             where ($1 = 0 or d.kind = $1) and ($2 = 0 or d.state = $2) and d.id {(newer ? ">" : "<")} $3
               and ($4 = '' or d.no ilike $5 or d.reference ilike $5 or d.reason ilike $5 or exists (select 1 from inventory_document_lines x where x.document_id = d.id and x.sku_id = $6))
             order by d.id {(newer ? "asc" : "desc")} limit $7
            """, r => new DocumentRow(r.GetInt64(0), r.GetString(1), (DocumentKind)r.GetInt16(2), (DocumentState)r.GetInt16(3), warehouses.GetValueOrDefault(r.GetInt32(4), "—"),
                r.Nullable<int>(5) is { } from ? warehouses.GetValueOrDefault(from, "—") : null, r.GetString(6), r.GetString(7), r.GetFieldValue<DateTimeOffset>(8), r.GetString(9), r.GetInt32(10), r.GetInt64(11), r.GetInt64(12)),
            ct, (int)(query.Kind ?? 0), (int)(query.State ?? 0), newer ? query.Before!.Value : query.After ?? long.MaxValue, search, $"%{Escape(search)}%", skuId, limit);
    }

    private static string Escape(string text) => text.Replace(@"\", @"\\", StringComparison.Ordinal).Replace("%", @"\%", StringComparison.Ordinal).Replace("_", @"\_", StringComparison.Ordinal);
}
