using OrderHub.Platform.Accounts;

namespace OrderHub.Allocation.Contracts;

/// <summary>Brings warehouses, couriers with rate tables and allocation rules in, by code. Running it again changes nothing. Opens its own transaction.</summary>
public interface INetworkSetup
{
    Task UpsertAsync(NetworkImport network, Actor actor, CancellationToken ct);
}

public sealed record NetworkImport(IReadOnlyList<WarehouseImport> Warehouses, IReadOnlyList<CourierImport> Couriers, IReadOnlyList<RateImport> Rates, IReadOnlyList<RuleImport> Rules);

/// <param name="Priority">Lower is tried first when no rule matches.</param>
public sealed record WarehouseImport(string Code, string Name, string Province, string City, string Address, string ContactName, string ContactPhone, int Priority);

public sealed record CourierImport(string Code, string Name);

/// <param name="FromWarehouseCode">Null = from every warehouse.</param>
/// <param name="ToProvince">Standard short name (广东, 上海, 内蒙古); null = everywhere else.</param>
/// <param name="AdditionalFen">Per started additional kilogram.</param>
public sealed record RateImport(string CourierCode, string? FromWarehouseCode, string? ToProvince, int FirstGrams, long FirstFen, long AdditionalFen);

public enum RuleKind { Region = 1, Category = 2 }

/// <summary>Orders to these provinces (Region) or with any SKU of these categories (Category) try these warehouses in this order.</summary>
public sealed record RuleImport(RuleKind Kind, string Name, IReadOnlyList<string> Matches, IReadOnlyList<string> WarehouseCodes, int Priority);
