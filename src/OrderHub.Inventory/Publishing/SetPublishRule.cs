using OrderHub.Inventory.Contracts;
using OrderHub.Platform.Actions;
using OrderHub.Platform.Results;

namespace OrderHub.Inventory.Publishing;

internal sealed class SetPublishRule(IStockReceipts receipts, CurrentActor current)
{
    public async Task<Result> SetAsync(PublishRule rule, CancellationToken ct)
    {
        if (rule.SafetyStock < 0 || rule.ZeroAtOrBelow < 0) return InventoryErrors.RuleNegative;
        await receipts.SetPublishRulesAsync([rule], current.Actor, ct);
        return Result.Ok;
    }
}
