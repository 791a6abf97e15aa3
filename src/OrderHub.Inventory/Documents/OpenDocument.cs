using OrderHub.Inventory.Adjustments;
using OrderHub.Inventory.Arrivals;
using OrderHub.Inventory.Counts;
using OrderHub.Inventory.Freezes;
using OrderHub.Inventory.Kits;
using OrderHub.Inventory.Transfers;
using OrderHub.Platform.Results;

namespace OrderHub.Inventory.Documents;

/// <summary>One form for every kind of document: hands the draft to the slice that knows what it means.</summary>
internal sealed class OpenDocument(OpenArrivalHandler arrivals, OpenTransferHandler transfers, OpenAdjustmentHandler adjustments, OpenCountHandler counts, AssembleKitHandler kits, FreezeStockHandler freezes)
{
    public async Task<Result<string>> OpenAsync(DocumentDraft draft, CancellationToken ct) => draft.Kind switch
    {
        DocumentKind.Receipt or DocumentKind.Return => await arrivals.OpenAsync(draft, ct),
        DocumentKind.Transfer => await transfers.OpenAsync(draft, ct),
        DocumentKind.Adjustment => NumberOf(await adjustments.OpenAsync(draft, ct)),
        DocumentKind.Count => await counts.OpenAsync(draft, ct),
        DocumentKind.Kit => await kits.AssembleAsync(draft, ct),
        DocumentKind.Freeze => await freezes.FreezeAsync(draft, ct),
        _ => throw new ArgumentOutOfRangeException(nameof(draft)),
    };

    private static Result<string> NumberOf(Result<AdjustmentOpened> opened) => opened.Error is { } refusal ? refusal : opened.Value.No;
}
