using OrderHub.Inventory.Documents;
using OrderHub.Platform.Results;

namespace OrderHub.Inventory.Counts;

/// <summary>All is counted: with a variance it waits for a second person, who sees it; without one it is done.</summary>
internal sealed class SubmitCountHandler(DocumentBook book, TimeProvider clock)
{
    public Task<Result<string>> SubmitAsync(string no, CancellationToken ct) => book.ChangeAsync(no, null, "inventory.count_submitted", null, (_, document) =>
    {
        if (document is not { Kind: DocumentKind.Count, State: DocumentState.Open }) return Task.FromResult<Error?>(InventoryErrors.WrongStep(no));
        var missing = document.Lines.Count(l => l.Quantity is null);
        if (missing > 0) return Task.FromResult<Error?>(InventoryErrors.NotCounted(no, missing));
        if (document.Lines.All(l => l.Difference == 0)) return Task.FromResult(document.Finish(clock.GetUtcNow()));
        document.Begin(DocumentState.Waiting);
        return Task.FromResult<Error?>(null);
    }, ct);
}
