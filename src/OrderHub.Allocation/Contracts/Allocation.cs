using OrderHub.Allocation.Rules;
using OrderHub.Catalog.Contracts;
using OrderHub.Inventory.Contracts;
using OrderHub.Platform.Data;

namespace OrderHub.Allocation.Contracts;

/// <summary>Chooses warehouse and courier together and says why: business rules, then what is possible, then the cheapest in yuan.</summary>
public interface IAllocator
{
    /// <summary>The rules in force at this moment, loaded once per batch; choosing itself is without I/O.</summary>
    ValueTask<IAllocationRules> RulesAsync(CancellationToken ct);

    /// <summary>Keeps the decisions with the order, in the caller's transaction, and counts them against the day's capacities.</summary>
    /// <exception cref="LostRaceException">Others have taken the places of the day meanwhile: choose again, by fresh rules.</exception>
    Task RecordAsync(HubTransaction tx, IReadOnlyCollection<(long OrderId, AllocationDecision Decision)> decisions, CancellationToken ct);

    Task<AllocationDecision?> LastDecisionAsync(long orderId, CancellationToken ct);

    /// <summary>The places of today, or of a later day, that orders which hold stock are counted for, for <see cref="AllocationDemand.CountedIn"/>. Their rows must be locked. Who holds nothing has no place: do not ask for new orders.</summary>
    Task<ILookup<long, DayPlace>> CountedAsync(HubTransaction tx, IReadOnlyCollection<long> orderIds, CancellationToken ct);

    /// <summary>Of orders that give their stock back and are not placed again in this transaction.</summary>
    Task GiveBackAsync(HubTransaction tx, IEnumerable<DayPlace> places, CancellationToken ct);
}

/// <summary>One order's place in what a warehouse of limited capacity takes on a business day.</summary>
public sealed record DayPlace(DateOnly Day, int WarehouseId);

public interface IAllocationRules
{
    /// <summary>
    /// Takes the demand out of the picture if one warehouse can send it all, else leaves the picture alone and says what is missing.
    /// Of the possible pairs of warehouse and courier the cheapest wins; at equal cost the warehouse's own priority decides.
    /// </summary>
    /// <remarks>Where no warehouse has it all, several send parts of it if the split rules allow it; what is too heavy for one parcel goes in several.</remarks>
    AllocationDecision Choose(AllocationDemand demand, StockPicture stock);

    /// <summary>Whether the courier goes from the warehouse to where the demand is to go, by its rates and the suspensions of this moment.</summary>
    bool Reaches(AllocationDemand demand, int warehouseId, int courierId);

    /// <summary>The ways to send an order whole or in parts, each with its cost, whatever the split rules say; the picture stays as it is.</summary>
    IReadOnlyList<SplitPlan> Plans(AllocationDemand demand, StockPicture stock);

    /// <summary>
    /// What it costs to send it as a person said: the rules are not asked and the picture is left alone, whether the stock is there is the caller's to see.
    /// </summary>
    /// <returns>No warehouse and <see cref="Obstacle.NoCourier"/> when the courier does not go there from that warehouse.</returns>
    AllocationDecision ByHand(AllocationDemand demand, int warehouseId, int courierId, StockPicture stock);
}

/// <param name="Province">Standard name without suffix, as <see cref="Province"/> gives it; null = unknown.</param>
/// <param name="Lines">Demand per base SKU: kits exploded, lines summed.</param>
/// <param name="NamedCourier">Our code or name of the courier that was asked for, or the platform's own code.</param>
/// <param name="Platform">Where the buyer bought; only couriers it takes are chosen. Null = any.</param>
public sealed record AllocationDemand(string? Province, string? City, IReadOnlyList<DemandLine> Lines, int WeightGrams, string? NamedCourier = null, ShopKind? Platform = null)
{
    public string? District { get; init; }

    /// <summary>What the goods take together, as <see cref="ParcelVolume"/> gives it; 0 = unknown, then freight goes by weight alone.</summary>
    public int VolumeCm3 { get; init; }

    /// <summary>Whose quotas it may use; 0 = the shared stock only.</summary>
    public int ShopId { get; init; }

    /// <summary>What the buyer pays.</summary>
    public long AmountFen { get; init; }

    /// <summary>Code, name or alias of the warehouse the platform demands.</summary>
    public string? NamedWarehouse { get; init; }

    /// <summary>Warehouses that refused this very order.</summary>
    public IReadOnlyList<int> ExcludedWarehouses { get; init; } = [];

    /// <summary>Where this very order is counted already: it keeps its place of the day however full the warehouse is, and is not counted twice.</summary>
    public IReadOnlyList<DayPlace> CountedIn { get; init; } = [];

    /// <summary>The platform's deadline for shipping, else the shop's own; null = no order's.</summary>
    public DateTimeOffset? ShipBy { get; init; }

    /// <summary>The platform forbids several parcels: one warehouse sends it all, or it waits.</summary>
    public bool GoesWhole { get; init; }

    /// <summary>The order line by line, asked for only when it has to be split; null = it never is.</summary>
    public Func<IReadOnlyList<DemandUnit>>? Units { get; init; }
}

/// <summary>Our codes of the couriers a platform takes shipments by. Registered by the module that knows the platforms; a platform without one takes all.</summary>
public sealed record PlatformCouriers(ShopKind Platform, IReadOnlySet<string> Accepted)
{
    /// <summary>Our code → the platform's own.</summary>
    public IReadOnlyDictionary<string, string> Codes { get; init; } = new Dictionary<string, string>();
}

public sealed record DemandLine(int SkuId, string Category, int Quantity);

/// <param name="WarehouseId">Null = no warehouse can send it all (shortage).</param>
/// <param name="Reason">One sentence in Chinese for the timeline: which rule decided.</param>
/// <param name="Candidates">Every open warehouse, the best first, with what spoke for or against it at that moment.</param>
public sealed record AllocationDecision(int? WarehouseId, int? CourierId, long FreightFen, string RuleVersion, string Reason,
    IReadOnlyList<AllocationCandidate> Candidates, IReadOnlyList<MissingStock> Missing)
{
    /// <summary>The parcels of an order that is split, the first one's warehouse and courier being the decision's; empty = it goes whole.</summary>
    public IReadOnlyList<DecisionPart> Parts { get; init; } = [];

    /// <summary>As the demand said; given back with the decision where it is no longer one of the decision's. Not kept, as the following.</summary>
    public IReadOnlyList<DayPlace> CountedIn { get; init; } = [];

    /// <summary>When the rules chose: its business day is the one it is counted for.</summary>
    public DateTimeOffset At { get; init; }

    /// <summary>A person chose the warehouse, which takes it however full its day is.</summary>
    public bool BeyondCapacity { get; init; }

    /// <summary>The warehouse the platform named, when we have none of that name and the rules chose as if nothing had been said.</summary>
    public string? UnknownWarehouse { get; init; }

    /// <summary>The same of the courier.</summary>
    public string? UnknownCourier { get; init; }

    /// <summary>Those that send it; none when it is short.</summary>
    public IEnumerable<int> Warehouses => Parts.Count > 0 ? Parts.Select(p => p.WarehouseId).Distinct() : WarehouseId is { } one ? [one] : [];
}

/// <summary>Why a warehouse could not send an order.</summary>
public enum Obstacle { None = 0, Stock = 1, Excluded = 2, NoCourier = 3, Full = 4 }

public static class Obstacles
{
    /// <summary>For people; a localizer key. The stock's has three places: SKU, wanted, free.</summary>
    public static string Chinese(this Obstacle obstacle) => obstacle switch
    {
        Obstacle.None => "库存齐全",
        Obstacle.Stock => "SKU {0} 要 {1} 件，可用 {2} 件",
        Obstacle.Excluded => "规则不让这个仓发",
        Obstacle.NoCourier => "没有快递能到",
        Obstacle.Full => "今天的发货能力已满",
        _ => throw new ArgumentOutOfRangeException(nameof(obstacle)),
    };
}

/// <param name="Rule">Which rule put it where it stands; null when none speaks of it.</param>
/// <param name="CourierId">The best courier from there; null when an obstacle came before the choice.</param>
/// <param name="Stock">Each SKU of the order, how much was wanted and how much free there at that moment; of an order of very many SKUs the scarcest only.</param>
/// <param name="Refused">Couriers that would have been better but that the platform does not take, by id; null = none.</param>
public sealed record AllocationCandidate(int WarehouseId, string? Rule, Obstacle Obstacle, int? CourierId, AllocationCost? Cost, IReadOnlyList<MissingStock> Stock, IReadOnlyList<int>? Refused)
{
    /// <summary>Which rule decided the courier, be it by keeping a better one away; null when the cost did.</summary>
    public string? CourierRule { get; init; }

    /// <summary>The SKU of which least would be left there.</summary>
    public MissingStock Scarcest => Stock.MinBy(m => m.Free - m.Wanted)!;

    /// <summary>Today's last pickup was over: what it sends leaves tomorrow.</summary>
    public bool AfterCutOff { get; init; }

    public bool Fits => Obstacle == Obstacle.None;
}

/// <summary>What sending an order from one warehouse by one courier costs, in fen, each part already weighed.</summary>
/// <param name="Lateness">Days after the deadline times the price of a day.</param>
/// <param name="Preference">How far down a business rule's list the warehouse stands.</param>
/// <param name="Balance">How much of the warehouse's free stock it would take.</param>
/// <param name="Unnamed">For not going by the courier that was asked for.</param>
/// <param name="Split">For being one parcel more.</param>
public sealed record AllocationCost(long Freight, long Pack = 0, long Lateness = 0, long Preference = 0, long Balance = 0, long Unnamed = 0, long Split = 0)
{
    public long Total => Freight + Pack + Lateness + Preference + Balance + Unnamed + Split;
}

/// <param name="Free">Available at that moment: over all warehouses, or in the one it is said of.</param>
public sealed record MissingStock(int SkuId, int Wanted, int Free);

/// <summary>Warehouses and couriers as master data, cached like the catalog.</summary>
public interface IFulfilmentNetwork
{
    ValueTask<FulfilmentNetwork> CurrentAsync(CancellationToken ct);
}

public sealed record FulfilmentNetwork(IReadOnlyList<Warehouse> Warehouses, IReadOnlyList<Courier> Couriers)
{
    /// <summary>Until the business says otherwise.</summary>
    public static readonly IReadOnlyList<string> UsualRemoteAreas = ["新疆", "西藏", "青海", "宁夏", "内蒙古", "甘肃", "海南"];

    /// <summary>Where couriers ask more and take longer: 新疆, 四川/甘孜藏族自治州.</summary>
    public IReadOnlyList<string> RemoteAreas { get; init; } = UsualRemoteAreas;

    /// <param name="city">In its official name.</param>
    public bool IsRemote(string province, string city) => Provinces.Normalize(province) is { } name && RemoteAreas.Any(area => Places.Covers(area, name, city, null));

    public Warehouse? Warehouse(int? id) => Warehouses.FirstOrDefault(w => w.Id == id);
    public Courier? Courier(int? id) => Couriers.FirstOrDefault(c => c.Id == id);
    public Warehouse? WarehouseCalled(string name) => Warehouses.FirstOrDefault(w => w.IsCalled(name));

    /// <param name="codes">Our code → the platform's, where it may be named by that.</param>
    public Courier? CourierCalled(string name, IReadOnlyDictionary<string, string>? codes) =>
        Couriers.FirstOrDefault(c => Names.Same(c.Code, name) || Names.Same(c.Name, name)) ?? Couriers.FirstOrDefault(c => codes?.GetValueOrDefault(c.Code) is { } theirs && Names.Same(theirs, name));

    public Courier? CourierByCode(string code) => Couriers.FirstOrDefault(c => c.Code.Equals(code, StringComparison.OrdinalIgnoreCase));
}

/// <param name="Priority">Decides at equal cost; lower first.</param>
public sealed record Warehouse(int Id, string Code, string Name, string Province, string City, string Address, string ContactName, string ContactPhone, int Priority, bool Active)
{
    /// <summary>Local time of the last pickup; later orders leave the next day. Null = whenever.</summary>
    public TimeOnly? CutOff { get; init; }

    /// <summary>Orders it can take in a business day; null = any number.</summary>
    public int? DailyCapacity { get; init; }

    /// <summary>What packing one parcel costs there.</summary>
    public long PackFen { get; init; }

    /// <summary>What platforms call it; none of them is a code, name or alias of another warehouse.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];

    public bool IsCalled(string name) => Names.Same(Code, name) || Names.Same(Name, name) || Aliases.Any(a => Names.Same(a, name));
}

/// <summary>Names as platforms write them.</summary>
public static class Names
{
    /// <summary>Case and blanks around do not matter.</summary>
    public static bool Same(string ours, string theirs) => ours.AsSpan().Trim().Equals(theirs.AsSpan().Trim(), StringComparison.OrdinalIgnoreCase);
}

/// <param name="Code">Ours: SF, YTO, ZTO, STO, YUNDA, EMS, JD, JITU, DBL.</param>
public sealed record Courier(int Id, string Code, string Name, bool Active)
{
    /// <summary>Cubic centimetres it bills as a kilogram; null = it bills by weight only.</summary>
    public int? VolumeDivisor { get; init; }
}
