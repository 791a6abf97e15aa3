using OrderHub.Inventory.Contracts;

namespace OrderHub.Allocation.Network;

internal sealed class WarehouseNames(NetworkCache network) : IWarehouseNames
{
    public async ValueTask<IReadOnlyList<WarehouseName>> AllAsync(CancellationToken ct) =>
        [.. (await network.CurrentAsync(ct)).Warehouses.Select(w => new WarehouseName(w.Id, w.Code, w.Name, w.Active))];
}
