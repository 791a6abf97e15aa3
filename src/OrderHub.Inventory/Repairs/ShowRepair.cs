using OrderHub.Catalog.Contracts;
using OrderHub.Inventory.Contracts;
using OrderHub.Platform.Actions;
using OrderHub.Platform.Results;

namespace OrderHub.Inventory.Repairs;

/// <summary>The repair as the page shows it: with names, in the name of who pressed the button.</summary>
internal sealed class ShowRepair(IStockRepair repair, ICatalog catalog, IWarehouseNames names, CurrentActor current)
{
    public async Task<(IReadOnlyList<CounterDrift>, RepairNames)> FindAsync(CancellationToken ct)
    {
        var snapshot = await catalog.CurrentAsync(ct);
        var warehouses = (await names.AllAsync(ct)).ToDictionary(w => w.Id, w => w.Name);
        return (await repair.FindAsync(ct), new RepairNames(id => snapshot.Sku(id)?.Code ?? "—", id => warehouses.GetValueOrDefault(id, "—")));
    }

    /// <returns>How many counters were put back.</returns>
    public async Task<Result<int>> ApplyAsync(CancellationToken ct) => (await repair.ApplyAsync(current.Actor, ct)).Count(d => d.Fixable);
}

internal sealed record RepairNames(Func<int, string> Sku, Func<int, string> Warehouse);

internal static class RepairWords
{
    public static string Counter(string counter) => counter switch
    {
        "on_hand" => "在库",
        "reserved" => "占用",
        "frozen" => "冻结",
        "defective" => "次品",
        "purchase_in_transit" => "采购在途",
        "transfer_in_transit" => "调拨在途",
        "return_in_transit" => "退货在途",
        _ => counter,
    };
}
