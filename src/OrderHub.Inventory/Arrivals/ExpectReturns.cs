using OrderHub.Catalog.Contracts;
using OrderHub.Inventory.Contracts;
using OrderHub.Inventory.Documents;
using OrderHub.Inventory.Ledger;
using OrderHub.Platform.Accounts;
using OrderHub.Platform.Data;
using OrderHub.Platform.Results;

namespace OrderHub.Inventory.Arrivals;

/// <summary>See <see cref="ICustomerReturns"/>. Lock order: the documents by number, then all their SKUs ascending, before the first of them posts.</summary>
internal sealed class ExpectReturns(HubDatabase database, ICatalog catalogs, IStockPool pool, DocumentBook book, PostStock stock, TimeProvider clock) : ICustomerReturns
{
    public async Task<IReadOnlyList<string>> ExpectAsync(HubTransaction tx, IReadOnlyList<ExpectedReturn> expected, IReadOnlyCollection<string> calledOff, Actor actor, CancellationToken ct)
    {
        var catalog = await catalogs.CurrentAsync(ct);
        var drafts = expected.Select(e => Draft(e, catalog)).ToList();
        var gone = new List<StockDocument>();
        foreach (var no in calledOff.Distinct().Order(StringComparer.Ordinal))
            if (await DocumentBook.FindAsync(tx, no, ct) is { Kind: DocumentKind.Return, State: DocumentState.Open } document && document.Lines.TrueForAll(l => l.Done + l.Defective == 0)) gone.Add(document);
        await pool.LockAsync(tx, [.. gone.SelectMany(d => d.Lines).Select(l => l.SkuId).Concat(drafts.SelectMany(d => d.Lines).Select(l => l.Sku.Id)).Distinct()], [], ct);

        foreach (var document in gone)
        {
            document.CallOff(clock.GetUtcNow());
            Must((await stock.PostAsync(tx, InTransit.Gone(document, actor), ct)).Error);
            await book.SaveAsync(tx, document, "inventory.document_cancelled", null, actor, ct);
        }
        var numbers = new List<string>();
        foreach (var draft in drafts)
        {
            var opened = await book.OpenAsync(tx, draft, actor, (_, document) => InTransit.BeginAsync(tx, document, stock, actor, ct), ct);
            Must(opened.Error);
            numbers.Add(opened.Value);
        }
        return numbers;
    }

    public async Task<IReadOnlyDictionary<string, ReturnProgress>> ProgressAsync(IReadOnlyCollection<string> documentNos, CancellationToken ct) => (await database.QueryAsync("""
        select d.no, d.state, sum(l.quantity)::int, sum(l.done)::int, sum(l.defective)::int
          from inventory_documents d join inventory_document_lines l on l.document_id = d.id where d.no = any($1) and d.kind = $2 group by d.id
        """, r => new ReturnProgress(r.GetString(0), Progress((DocumentState)r.GetInt16(1)), r.GetInt32(2), r.GetInt32(3), r.GetInt32(4)), ct, documentNos.ToArray(), (short)DocumentKind.Return))
        .ToDictionary(p => p.DocumentNo);

    private static CheckedDraft Draft(ExpectedReturn expected, CatalogSnapshot catalog)
    {
        var pieces = new SortedDictionary<int, int>();
        foreach (var goods in expected.Lines)
            foreach (var (sku, quantity) in Parts(catalog.Sku(goods.SkuId)!)) pieces[sku] = pieces.GetValueOrDefault(sku) + checked(quantity * goods.Quantity);
        return new(new DocumentDraft(DocumentKind.Return, expected.Key, "", [], expected.Reason, expected.Reference), expected.WarehouseId, null,
            [.. pieces.Select(p => catalog.Sku(p.Key)!).Select(sku => (sku, new DraftLine(sku.Code, pieces[sku.Id])))]);
    }

    private static IEnumerable<(int Sku, int Quantity)> Parts(Sku sku) => sku.IsKit ? sku.Parts.Select(p => (p.SkuId, p.Quantity)) : [(sku.Id, 1)];

    private static ReturnState Progress(DocumentState state) => state switch
    {
        DocumentState.Done => ReturnState.Inspected,
        DocumentState.Cancelled or DocumentState.Rejected => ReturnState.CalledOff,
        _ => ReturnState.Expected,
    };

    /// <summary>Goods that come, and those that were to come and do not, are never short.</summary>
    private static void Must(Error? refusal)
    {
        if (refusal is not null) throw new InvalidOperationException(refusal.Text);
    }
}
