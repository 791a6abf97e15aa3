using OrderHub.Inventory.Documents;
using OrderHub.Inventory.Ledger;
using OrderHub.Inventory.Settings;
using OrderHub.Platform.Accounts;
using OrderHub.Platform.Data;
using OrderHub.Platform.Results;
using OrderHub.Platform.Units;

namespace OrderHub.Inventory.Adjustments;

/// <summary>
/// What one person or API key may adjust or assemble without a second person: the document's pieces, in and out, and those of its SKUs that the
/// same actor has changed so on the same business day, whatever the warehouse. The hub itself has no limit.
/// </summary>
internal sealed class ApprovalLimit(ReadSettings settings, PostStock stock, TimeProvider clock)
{
    /// <summary>A new document's first step: posted within the limit, waiting above it.</summary>
    public async Task<Error?> PostOrWaitAsync(HubTransaction tx, StockDocument document, Actor actor, CancellationToken ct)
    {
        if (!await IsExceededAsync(tx, document, actor, ct)) return document.Finish(clock.GetUtcNow()) ?? (await stock.PostAsync(tx, PostingOf(document, actor), ct)).Error;
        document.Begin(DocumentState.Waiting);
        return null;
    }

    public static Posting PostingOf(StockDocument document, Actor actor) => new(document.MovementKind, document.LedgerName,
        [.. document.Lines.Select(l => new StockMove(l.SkuId, document.WarehouseId, l.Bucket, l.Quantity ?? 0, l.BatchNo, l.ExpiresOn))], actor, document.Reason);

    private async Task<bool> IsExceededAsync(HubTransaction tx, StockDocument document, Actor actor, CancellationToken ct)
    {
        if (actor == Actor.System) return false;
        var limit = (await settings.ReadAsync(ct)).PiecesWithoutApproval;
        var here = document.Lines.Sum(l => Math.Abs((long)(l.Quantity ?? 0)));
        return here > limit || here + await EarlierAsync(tx, document, actor, ct) > limit;
    }

    /// <summary>The actor's documents on a SKU take turns until the transaction ends, so that two at once cannot both fit. Asked before any stock row is locked.</summary>
    private static async Task<long> EarlierAsync(HubTransaction tx, StockDocument document, Actor actor, CancellationToken ct)
    {
        int[] skus = [.. document.Lines.Select(l => l.SkuId).Distinct().Order()];
        var who = actor.UserId is { } person ? $"person:{person}" : actor.Name;
        await tx.ExecuteAsync("select pg_advisory_xact_lock(hashtextextended('inventory:limit:' || $1 || ':' || s, 0)) from unnest($2) s", ct, who, skus);
        return (await tx.QueryAsync("""
            select coalesce(sum(abs(l.quantity::bigint)), 0)::bigint from inventory_documents d join inventory_document_lines l on l.document_id = d.id
             where l.sku_id = any($1) and d.kind = any($2) and d.state = $3 and d.decided_at is null and d.created_at >= $4
               and case when $5 = 0 then d.created_by_id is null and d.created_by = $6 else d.created_by_id = $5 end
            """, r => r.GetInt64(0), ct, skus, new[] { (short)DocumentKind.Adjustment, (short)DocumentKind.Kit }, (short)DocumentState.Done,
            ShopTime.StartOf(ShopTime.BusinessDay(document.CreatedAt)), actor.UserId ?? 0, actor.Name))[0];
    }
}
