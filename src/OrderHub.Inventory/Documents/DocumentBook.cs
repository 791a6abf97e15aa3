using Microsoft.EntityFrameworkCore;
using OrderHub.Inventory.Contracts;
using OrderHub.Platform.Accounts;
using OrderHub.Platform.Actions;
using OrderHub.Platform.Audit;
using OrderHub.Platform.Data;
using OrderHub.Platform.Results;

namespace OrderHub.Inventory.Documents;

/// <summary>What a slice does to a document it has found and locked. One posting at most, so that a refusal leaves nothing behind.</summary>
internal delegate Task<Error?> DocumentWork(HubTransaction tx, StockDocument document);

/// <summary>Makes and finds documents. A document's row is locked before any stock row, so that its postings take turns.</summary>
internal sealed class DocumentBook(HubDatabase database, AuditTrail audit, CurrentActor current, TimeProvider clock)
{
    /// <summary>Makes the document and lets <paramref name="begin"/> do its first posting, or finds the one the same key made before.</summary>
    public Task<Result<string>> OpenAsync(CheckedDraft draft, Actor actor, DocumentWork begin, CancellationToken ct) => database.RunAsync(tx => OpenAsync(tx, draft, actor, begin, ct), ct);

    /// <summary>In the caller's transaction; a refusal must end it.</summary>
    public async Task<Result<string>> OpenAsync(HubTransaction tx, CheckedDraft draft, Actor actor, DocumentWork begin, CancellationToken ct)
    {
        await OnceAsync(tx, draft.Draft.Key, ct);
        if ((await tx.QueryAsync("select no, kind from inventory_documents where key = $1", r => (No: r.GetString(0), Kind: (DocumentKind)r.GetInt16(1)), ct, draft.Draft.Key)) is [var known, ..])
            return known.Kind == draft.Draft.Kind ? known.No : InventoryErrors.KeyUsedOtherwise(draft.Draft.Key);
        var document = await AddAsync(tx, draft.Draft.Kind, null, draft.WarehouseId, actor, ct, draft.FromWarehouseId, draft.Draft.Key, draft.Draft.Reference, draft.Draft.Reason,
            [.. draft.Lines.Select(l => new DocumentLine
            {
                SkuId = l.Sku.Id, Bucket = l.Line.Bucket, Quantity = draft.Draft.Kind == DocumentKind.Count ? null : l.Line.Quantity,
                BatchNo = string.IsNullOrWhiteSpace(l.Line.BatchNo) ? null : l.Line.BatchNo.Trim(), ExpiresOn = l.Line.ExpiresOn,
            })]);
        if (await begin(tx, document) is { } refusal) return refusal;
        await SaveAsync(tx, document, "inventory.document_opened", document.Reason, actor, ct);
        return document.No;
    }

    /// <summary>Does something to an existing document, once per key.</summary>
    /// <param name="key">Null = the work itself refuses to happen twice.</param>
    public Task<Result<string>> ChangeAsync(string no, string? key, string action, string? reason, DocumentWork work, CancellationToken ct) => database.RunAsync<Result<string>>(async tx =>
    {
        if (await FindAsync(tx, no, ct) is not { } document) return InventoryErrors.DocumentUnknown(no);
        if (current.WarehouseId is { } own && !document.Concerns(own)) return InventoryErrors.OtherWarehouse;
        if (key is not null && (await tx.QueryAsync("select 1 from inventory_document_postings where key = $1", r => 1, ct, PostingKey(no, key))).Count > 0) return no;
        if (await work(tx, document) is { } refusal) return refusal;
        if (key is not null) tx.Context.Add(new DocumentPosting { Key = PostingKey(no, key), DocumentId = document.Id, At = clock.GetUtcNow() });
        await SaveAsync(tx, document, action, reason, current.Actor, ct);
        return no;
    }, ct);

    /// <summary>Puts a new document and its lines into the caller's transaction.</summary>
    public async Task<StockDocument> AddAsync(HubTransaction tx, DocumentKind kind, string? no, int warehouseId, Actor actor, CancellationToken ct,
        int? fromWarehouseId, string? key, string reference, string reason, IReadOnlyList<DocumentLine> lines)
    {
        var id = (await tx.QueryAsync("select nextval(pg_get_serial_sequence('inventory_documents', 'id'))", r => r.GetInt64(0), ct))[0];
        var document = new StockDocument
        {
            Id = id, No = no ?? DocumentNumbers.Of(kind, id), Kind = kind, WarehouseId = warehouseId, FromWarehouseId = fromWarehouseId, Key = key,
            Reference = reference.Trim(), Reason = reason.Trim(), CreatedAt = clock.GetUtcNow(), CreatedBy = actor.Name, CreatedById = actor.UserId,
            Lines = [.. lines.Select((line, i) => new DocumentLine { DocumentId = id, LineNo = i + 1, SkuId = line.SkuId, Bucket = line.Bucket, Quantity = line.Quantity, Done = line.Done, BatchNo = line.BatchNo, ExpiresOn = line.ExpiresOn })],
        };
        document.Begin(DocumentState.Draft);
        tx.Context.Add(document);
        return document;
    }

    public async Task SaveAsync(HubTransaction tx, StockDocument document, string action, string? reason, Actor actor, CancellationToken ct)
    {
        await tx.Context.SaveChangesAsync(ct);
        await audit.WriteAsync(tx, actor, action, document.No, string.IsNullOrWhiteSpace(reason) ? null : reason, null,
            new { kind = document.Kind.ToString(), state = document.State.ToString(), lines = document.Lines.Count, pieces = document.Lines.Sum(l => (long)(l.Quantity ?? 0)), done = document.Lines.Sum(l => (long)l.Done), defective = document.Lines.Sum(l => (long)l.Defective) }, ct);
    }

    /// <summary>Requests with the same key take turns, so that the second finds what the first made.</summary>
    public static Task OnceAsync(HubTransaction tx, string key, CancellationToken ct) => tx.ExecuteAsync("select pg_advisory_xact_lock(hashtextextended('inventory:' || $1, 0))", ct, key);

    private static string PostingKey(string no, string key) => $"{no}:{key}";

    /// <summary>Locks the document's row until the transaction ends.</summary>
    public static async Task<StockDocument?> FindAsync(HubTransaction tx, string no, CancellationToken ct)
    {
        await tx.ExecuteAsync("select 1 from inventory_documents where no = $1 for no key update", ct, no);
        return await tx.Context.Set<StockDocument>().Include(d => d.Lines.OrderBy(l => l.LineNo)).FirstOrDefaultAsync(d => d.No == no, ct);
    }
}
