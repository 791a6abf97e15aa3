using OrderHub.Allocation.Contracts;

namespace OrderHub.Allocation.Rules;

internal sealed partial class AllocationRules
{
    /// <summary>What platform or buyer asked for by name, as far as we know it.</summary>
    private sealed record Named(Warehouse? Warehouse, Courier? Courier)
    {
        public static readonly Named Nothing = new(null, null);
    }

    private Named NamedBy(AllocationDemand demand) => string.IsNullOrWhiteSpace(demand.NamedWarehouse) && string.IsNullOrWhiteSpace(demand.NamedCourier) ? Named.Nothing : new(
        string.IsNullOrWhiteSpace(demand.NamedWarehouse) ? null : book.Network.WarehouseCalled(demand.NamedWarehouse),
        string.IsNullOrWhiteSpace(demand.NamedCourier) ? null : book.Network.CourierCalled(demand.NamedCourier, demand.Platform is { } kind ? book.CouriersOfPlatforms.GetValueOrDefault(kind)?.Codes : null));

    /// <summary>A name that nobody here knows is said, not passed over.</summary>
    private AllocationDecision Said(AllocationDecision decision, AllocationDemand demand)
    {
        if (string.IsNullOrWhiteSpace(demand.NamedWarehouse) && string.IsNullOrWhiteSpace(demand.NamedCourier)) return decision;
        var named = NamedBy(demand);
        var (warehouse, courier) = (named.Warehouse is null ? Text(demand.NamedWarehouse) : null, named.Courier is null ? Text(demand.NamedCourier) : null);
        return decision with
        {
            UnknownWarehouse = warehouse, UnknownCourier = courier,
            Reason = decision.Reason + (warehouse is null ? "" : $"；平台指定的仓「{warehouse}」未知，按规则选仓") + (courier is null ? "" : $"；指定的快递「{courier}」未知，按规则选快递"),
        };

        static string? Text(string? name) => string.IsNullOrWhiteSpace(name) ? null : name.Trim();
    }
}
