using OrderHub.Inventory.Documents;
using OrderHub.Platform.Actions;
using OrderHub.Platform.Data;
using OrderHub.Platform.Results;

namespace OrderHub.Inventory.Snapshots;

/// <summary>Takes the outside warehouse's word for what nothing explains: an adjustment that always waits for a second person.</summary>
internal sealed class AcceptSnapshotHandler(ReadSnapshots snapshots, DocumentBook book, CurrentActor current)
{
    public async Task<Result<string>> AcceptAsync(long id, CancellationToken ct)
    {
        var read = await snapshots.ReadAsync(id, all: false, ct);
        if (read.Error is { } unknown) return unknown;
        var head = read.Value.Head;
        if (current.WarehouseId is { } own && own != head.WarehouseId) return InventoryErrors.OtherWarehouse;
        var lines = read.Value.Lines.Where(l => l is { Unexplained: not 0, Sku: { IsKit: false } }).Select(l => (l.Sku!, new DraftLine(l.Code, l.Unexplained))).ToList();
        if (lines.Count == 0) return InventoryErrors.NothingUnexplained;
        var draft = new DocumentDraft(DocumentKind.Adjustment, "snapshot:" + id.ToString(System.Globalization.CultureInfo.InvariantCulture), "", [.. lines.Select(l => l.Item2)], "外仓对账差异", head.SnapshotId);
        return await book.OpenAsync(new CheckedDraft(draft, head.WarehouseId, null, lines), current.Actor, async (tx, document) =>
        {
            document.Begin(DocumentState.Waiting);
            await tx.ExecuteAsync("update inventory_snapshots set document_no = $2 where id = $1", ct, id, document.No);
            return null;
        }, ct);
    }
}
