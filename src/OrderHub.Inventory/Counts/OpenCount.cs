using OrderHub.Inventory.Documents;
using OrderHub.Platform.Actions;
using OrderHub.Platform.Results;

namespace OrderHub.Inventory.Counts;

/// <summary>Asks for SKUs to be counted. Selling goes on: nothing is frozen, and whoever counts does not see what the ledger says.</summary>
internal sealed class OpenCountHandler(CheckDraft check, DocumentBook book, CurrentActor current)
{
    public async Task<Result<string>> OpenAsync(DocumentDraft draft, CancellationToken ct)
    {
        var read = await check.CheckAsync(draft, ct);
        if (read.Error is { } unusable) return unusable;
        if (read.Value.Lines.GroupBy(l => l.Sku.Code).FirstOrDefault(g => g.Count() > 1) is { } twice) return InventoryErrors.LineTwice(twice.Key);
        return await book.OpenAsync(read.Value, current.Actor, (_, document) =>
        {
            document.Begin(DocumentState.Open);
            return Task.FromResult<Error?>(null);
        }, ct);
    }
}
