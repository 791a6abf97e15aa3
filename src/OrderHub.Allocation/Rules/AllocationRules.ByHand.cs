using OrderHub.Allocation.Contracts;
using OrderHub.Inventory.Contracts;

namespace OrderHub.Allocation.Rules;

internal sealed partial class AllocationRules
{
    private const string BySomebody = "人工指定";

    public AllocationDecision ByHand(AllocationDemand demand, int warehouseId, int courierId, StockPicture stock)
    {
        var (warehouse, courier) = (book.Network.Warehouse(warehouseId)!, book.Network.Courier(courierId)!);
        var here = StockOf(warehouseId, demand, stock);
        if (Freight(warehouse, courier, demand) is not { } freight || book.Suspensions.Any(s => s.Stops(courierId, warehouseId, demand, now)))
            return new(null, null, 0, book.Version, BySomebody, [new(warehouseId, BySomebody, Obstacle.NoCourier, null, null, here, null)], []);
        var cost = WithCourier(CostBeforeCourier(warehouse, demand, Scarcest(here), place: 0), courier, freight, NamedBy(demand));
        return new(warehouseId, courierId, freight, book.Version, $"{BySomebody} → {warehouse.Name}，{courier.Name}", [new(warehouseId, BySomebody, Obstacle.None, courierId, cost, here, null) { AfterCutOff = AfterCutOff(warehouse) }], []) { CountedIn = demand.CountedIn, At = now, BeyondCapacity = true };
    }

    /// <param name="place">How far down a rule's list the warehouse stands.</param>
    private AllocationCost CostBeforeCourier(Warehouse warehouse, AllocationDemand demand, MissingStock scarcest, int place) =>
        new(0, warehouse.PackFen * book.Weights.PackPercent / 100, DaysLate(warehouse, demand) * book.Weights.LateDay, place * book.Weights.PreferenceStep,
            scarcest.Free <= 0 ? 0 : book.Weights.Balance * scarcest.Wanted / scarcest.Free);

    private AllocationCost WithCourier(AllocationCost common, Courier courier, long freight, Named named) => common with
    {
        Freight = freight * book.Weights.FreightPercent / 100,
        Unnamed = named.Courier is { } wanted && courier.Id != wanted.Id ? book.Weights.Unnamed : 0,
    };
}
