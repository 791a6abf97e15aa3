using OrderHub.Inventory.Contracts;
using OrderHub.Platform.Data;

namespace OrderHub.Allocation.Contracts;

/// <summary>Chooses warehouse and courier and says why: region rule → category rule → priority fallback.</summary>
public interface IAllocator
{
    /// <summary>The rules in force, loaded once per batch; choosing itself is without I/O.</summary>
    ValueTask<IAllocationRules> RulesAsync(CancellationToken ct);

    /// <summary>Keeps the decisions with the order, in the caller's transaction.</summary>
    Task RecordAsync(HubTransaction tx, IReadOnlyCollection<(long OrderId, AllocationDecision Decision)> decisions, CancellationToken ct);

    Task<AllocationDecision?> LastDecisionAsync(long orderId, CancellationToken ct);
}

public interface IAllocationRules
{
    /// <summary>
    /// Takes the demand out of the picture if one warehouse has it all, else leaves the picture alone and says what is missing.
    /// The first fitting candidate in rule order wins.
    /// </summary>
    AllocationDecision Choose(AllocationDemand demand, StockPicture stock);
}

/// <param name="Province">Standard name without suffix, as <see cref="Province"/> gives it; null = unknown.</param>
/// <param name="Lines">Demand per base SKU: kits exploded, lines summed.</param>
/// <param name="ShopId">Whose quotas it may use; 0 = the shared stock only.</param>
public sealed record AllocationDemand(string? Province, string? City, IReadOnlyList<DemandLine> Lines, int WeightGrams, string? NamedCourier = null, int ShopId = 0);

public sealed record DemandLine(int SkuId, string Category, int Quantity);

/// <param name="WarehouseId">Null = no warehouse has it all (shortage).</param>
/// <param name="Reason">One sentence in Chinese for people: which rule decided.</param>
/// <param name="Candidates">Every warehouse looked at, in order, with what spoke for or against it.</param>
public sealed record AllocationDecision(int? WarehouseId, int? CourierId, long FreightFen, string RuleVersion, string Reason,
    IReadOnlyList<AllocationCandidate> Candidates, IReadOnlyList<MissingStock> Missing);

public sealed record AllocationCandidate(int WarehouseId, string Rule, bool Fits, string Why);

/// <param name="Free">Available over all warehouses at that moment.</param>
public sealed record MissingStock(int SkuId, int Wanted, int Free);

/// <summary>Warehouses and couriers as master data, cached like the catalog.</summary>
public interface IFulfilmentNetwork
{
    ValueTask<FulfilmentNetwork> CurrentAsync(CancellationToken ct);
}

public sealed record FulfilmentNetwork(IReadOnlyList<Warehouse> Warehouses, IReadOnlyList<Courier> Couriers)
{
    public Warehouse? Warehouse(int? id) => Warehouses.FirstOrDefault(w => w.Id == id);
    public Courier? Courier(int? id) => Couriers.FirstOrDefault(c => c.Id == id);
    public Courier? CourierByCode(string code) => Couriers.FirstOrDefault(c => c.Code.Equals(code, StringComparison.OrdinalIgnoreCase));
}

public sealed record Warehouse(int Id, string Code, string Name, string Province, string City, string Address, string ContactName, string ContactPhone, int Priority, bool Active);

/// <param name="Code">Ours: SF, YTO, ZTO, STO, YUNDA, EMS, JD, JITU, DBL.</param>
public sealed record Courier(int Id, string Code, string Name, bool Active);
