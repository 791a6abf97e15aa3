using OrderHub.Platform.Accounts;

namespace OrderHub.Inventory.Contracts;

/// <summary>Goods that arrived: purchase receipt or opening stock. Ledgered per line. Opens its own transaction.</summary>
public interface IStockReceipts
{
    /// <summary>The same document number again changes nothing and returns false.</summary>
    Task<bool> ReceiveAsync(string documentNo, IReadOnlyList<ReceiptLine> lines, Actor actor, CancellationToken ct);

    /// <summary>What the channels may show of a SKU: available − safety stock, but 0 at or below the threshold.</summary>
    Task SetPublishRulesAsync(IReadOnlyList<PublishRule> rules, Actor actor, CancellationToken ct);
}

/// <param name="BatchNo">Null = the goods carry none.</param>
/// <param name="ExpiresOn">Last day they may be sold.</param>
public sealed record ReceiptLine(int SkuId, int WarehouseId, int Quantity, string? BatchNo = null, DateOnly? ExpiresOn = null);

public sealed record PublishRule(int SkuId, int SafetyStock, int ZeroAtOrBelow);
