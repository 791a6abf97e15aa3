using OrderHub.Catalog.Contracts;
using OrderHub.Inventory.Contracts;
using OrderHub.Inventory.Ledger;
using OrderHub.Platform.Actions;
using OrderHub.Platform.Data;
using OrderHub.Platform.Results;

namespace OrderHub.Inventory.Documents;

/// <param name="IsBlind">A count that is still going on: the ledger's figures are left out.</param>
internal sealed record DocumentView(string No, DocumentKind Kind, DocumentState State, WarehouseName? Warehouse, WarehouseName? From, string Reference, string Reason,
    DateTimeOffset CreatedAt, string CreatedBy, DateTimeOffset? DecidedAt, string? DecidedBy, string? Decision, DateTimeOffset? ClosedAt, bool MayDecide, bool IsBlind,
    IReadOnlyList<DocumentViewLine> Lines, IReadOnlyList<MovementLine> Movements)
{
    public long VarianceFen => Lines.Sum(l => l.VarianceFen ?? 0);
    public int Uncounted => Lines.Count(l => l.Quantity is null);
}

/// <param name="VarianceFen">The difference at the catalog's cost.</param>
internal sealed record DocumentViewLine(int LineNo, Sku? Sku, Bucket Bucket, int? Quantity, int Done, int Defective, int? SystemQuantity, int? Difference, DateTimeOffset? CountedAt, string? CountedBy, string? BatchNo, DateOnly? ExpiresOn)
{
    public long? VarianceFen => Difference * Sku?.CostFen;
    public int Outstanding => Math.Max(0, (Quantity ?? 0) - Done - Defective);
}

internal sealed class ReadDocument(HubDatabase database, ICatalog catalog, IWarehouseNames names, CurrentActor current)
{
    private const int MostMovements = 200;

    public async Task<DocumentState?> StateAsync(string no, CancellationToken ct) =>
        (await database.QueryAsync("select state from inventory_documents where no = $1", r => (DocumentState?)(DocumentState)r.GetInt16(0), ct, no)).FirstOrDefault();

    public async Task<Result<DocumentView>> ReadAsync(string no, CancellationToken ct)
    {
        var heads = await database.QueryAsync("""
            select id, no, kind, state, warehouse_id, from_warehouse_id, reference, reason, created_at, created_by, created_by_id, decided_at, decided_by, decision, closed_at
              from inventory_documents where no = $1
            """, r => new
            {
                Id = r.GetInt64(0), No = r.GetString(1), Kind = (DocumentKind)r.GetInt16(2), State = (DocumentState)r.GetInt16(3), Warehouse = r.GetInt32(4), From = r.Nullable<int>(5), Reference = r.GetString(6), Reason = r.GetString(7),
                CreatedAt = r.GetFieldValue<DateTimeOffset>(8), CreatedBy = r.GetString(9), CreatedById = r.Nullable<long>(10), DecidedAt = r.Nullable<DateTimeOffset>(11), DecidedBy = r.Text(12), Decision = r.Text(13), ClosedAt = r.Nullable<DateTimeOffset>(14),
            }, ct, no);
        if (heads is not [var head, ..]) return InventoryErrors.DocumentUnknown(no);
        var warehouses = (await names.AllAsync(ct)).ToDictionary(w => w.Id);
        var blind = head is { Kind: DocumentKind.Count, State: DocumentState.Open };
        var lines = await LinesAsync(head.Id, blind, await catalog.CurrentAsync(ct), ct);
        var mayDecide = head.State == DocumentState.Waiting && current.Actor.UserId is { } person && person != head.CreatedById && lines.All(l => l.CountedBy != current.Actor.Name);
        return new DocumentView(head.No, head.Kind, head.State, warehouses.GetValueOrDefault(head.Warehouse), warehouses.GetValueOrDefault(head.From ?? 0), head.Reference, head.Reason, head.CreatedAt, head.CreatedBy,
            head.DecidedAt, head.DecidedBy, head.Decision, head.ClosedAt, mayDecide, blind, lines, await MovementsAsync($"{DocumentNumbers.Slug(head.Kind)}:{head.No}", ct));
    }

    private async Task<IReadOnlyList<DocumentViewLine>> LinesAsync(long id, bool blind, CatalogSnapshot snapshot, CancellationToken ct) => await database.QueryAsync("""
        select line_no, sku_id, bucket, quantity, done, defective, system_quantity, counted_at, counted_by, batch_no, expires_on from inventory_document_lines where document_id = $1 order by line_no
        """, r =>
    {
        var line = new DocumentLine { Quantity = r.Nullable<int>(3), Done = r.GetInt32(4), Defective = r.GetInt32(5), SystemQuantity = blind ? null : r.Nullable<int>(6) };
        return new DocumentViewLine(r.GetInt32(0), snapshot.Sku(r.GetInt32(1)), (Bucket)r.GetInt16(2), line.Quantity, line.Done, line.Defective, line.SystemQuantity, blind ? null : line.Difference,
            r.Nullable<DateTimeOffset>(7), r.Text(8), r.Text(9), r.Nullable<DateOnly>(10));
    }, ct, id);

    private async Task<IReadOnlyList<MovementLine>> MovementsAsync(string document, CancellationToken ct) =>
        await database.QueryAsync($"select {MovementLine.Columns} from inventory_movements m where document = $1 and kind <> 3 order by id limit {MostMovements}", MovementLine.Read, ct, document);
}
