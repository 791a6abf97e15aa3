using OrderHub.Allocation.Contracts;
using OrderHub.Platform.Actions;

namespace OrderHub.Warehousing.Floor;

/// <summary>Which warehouse a phone page works for: the person's own, or the one named in the address, or the first.</summary>
internal sealed class ReadPlace(IFulfilmentNetwork network, CurrentActor current)
{
    public async Task<Place> FindAsync(string? code, CancellationToken ct)
    {
        var all = await network.CurrentAsync(ct);
        var active = all.Warehouses.Where(w => w.Active).OrderBy(w => w.Priority).ToList();
        var choices = current.WarehouseId is { } own ? active.FindAll(w => w.Id == own) : active;
        return new(choices.Find(w => w.Code.Equals(code, StringComparison.OrdinalIgnoreCase)) ?? choices.FirstOrDefault(), choices, current.Actor.Name, all);
    }
}

/// <param name="Here">Null when there is no warehouse to work in.</param>
internal sealed record Place(Warehouse? Here, IReadOnlyList<Warehouse> Choices, string Who, FulfilmentNetwork Network);
