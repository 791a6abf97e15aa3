using OrderHub.Platform.Data;

namespace OrderHub.Inventory.Contracts;

/// <summary>Which batches a packer is told to take. What leaves the warehouse later leaves them, unless they have been written off meanwhile.</summary>
public interface IBatchPicks
{
    /// <summary>
    /// Chooses for the goods the parcels hold, first expired first out, of what nobody else was told to take; once for each parcel, asked again it changes nothing.
    /// Joins the caller's transaction, in which the orders' rows are locked; locks the SKUs of goods that come in batches.
    /// </summary>
    Task ChooseAsync(HubTransaction tx, IReadOnlyCollection<(long OrderId, short Part)> parcels, CancellationToken ct);

    /// <summary>What was chosen and has not left yet, what expires first coming first. Pieces without a batch number are not listed.</summary>
    Task<IReadOnlyList<BatchPick>> ChosenAsync(IReadOnlyCollection<long> orderIds, CancellationToken ct);
}

/// <param name="ExpiresOn">Last day it may be sold; null = does not expire.</param>
/// <param name="IsExpired">There was nothing else: a person must look before it leaves.</param>
public sealed record BatchPick(long OrderId, short Part, int SkuId, string BatchNo, DateOnly? ExpiresOn, int Quantity, bool IsExpired);
