using OrderHub.Catalog.Contracts;
using OrderHub.Inventory.Contracts;

namespace OrderHub.Inventory.Documents;

/// <summary>What a form offers: the open warehouses and the names of the SKUs that have stock of their own.</summary>
internal sealed class FormChoices(ICatalog catalog, IWarehouseNames names)
{
    internal sealed record Lists(IReadOnlyList<WarehouseName> Warehouses, IReadOnlyDictionary<string, string> SkuNames);

    public async Task<Lists> ReadAsync(CancellationToken ct) => new(
        [.. (await names.AllAsync(ct)).Where(w => w.Active)],
        (await catalog.CurrentAsync(ct)).Skus.Where(s => !s.IsKit).ToDictionary(s => s.Code, s => $"{s.Name} {s.Spec}", StringComparer.OrdinalIgnoreCase));
}
