namespace OrderHub.Inventory.Contracts;

/// <summary>What the warehouses are called. Stock knows them by id only; the module that owns them answers.</summary>
public interface IWarehouseNames
{
    /// <summary>All of them, closed ones too, in the order people list them.</summary>
    ValueTask<IReadOnlyList<WarehouseName>> AllAsync(CancellationToken ct);
}

/// <param name="Active">A closed warehouse is shown only while it still has stock.</param>
public sealed record WarehouseName(int Id, string Code, string Name, bool Active);
