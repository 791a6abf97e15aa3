using OrderHub.Platform.Accounts;

namespace OrderHub.Allocation.Contracts;

/// <summary>
/// Gives a new hub its first warehouses, couriers with rate tables and allocation rules. What there is already stays as people left it:
/// rates come with their courier, rules with the very first warehouses, so that what was changed or removed does not come back. Opens its own transaction.
/// </summary>
public interface INetworkSetup
{
    Task SeedAsync(NetworkImport network, Actor actor, CancellationToken ct);
}

public sealed record NetworkImport(IReadOnlyList<WarehouseImport> Warehouses, IReadOnlyList<CourierImport> Couriers, IReadOnlyList<RateImport> Rates, IReadOnlyList<RuleImport> Rules);

/// <param name="Priority">Lower is tried first when no rule matches.</param>
public sealed record WarehouseImport(string Code, string Name, string Province, string City, string Address, string ContactName, string ContactPhone, int Priority);

/// <param name="VolumeDivisor">Cubic centimetres it bills as a kilogram; null = by weight only.</param>
public sealed record CourierImport(string Code, string Name, int? VolumeDivisor = null);

/// <param name="FromWarehouseCode">Null = from every warehouse.</param>
/// <param name="ToProvince">Standard short name (广东, 上海, 内蒙古); null = everywhere else.</param>
/// <param name="AdditionalFen">Per started additional kilogram.</param>
public sealed record RateImport(string CourierCode, string? FromWarehouseCode, string? ToProvince, int FirstGrams, long FirstFen, long AdditionalFen);

public enum RuleKind { Region = 1, Category = 2 }

/// <summary>Orders to these provinces (Region) or with any SKU of these categories (Category) try these warehouses in this order.</summary>
public sealed record RuleImport(RuleKind Kind, string Name, IReadOnlyList<string> Matches, IReadOnlyList<string> WarehouseCodes, int Priority);
