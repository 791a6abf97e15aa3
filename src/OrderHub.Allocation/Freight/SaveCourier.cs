using System.Text.RegularExpressions;
using OrderHub.Allocation.Contracts;
using OrderHub.Allocation.Network;
using OrderHub.Platform.Data;
using OrderHub.Platform.Results;

namespace OrderHub.Allocation.Freight;

/// <summary>Adds a courier (id 0) or changes its name and divisor; its code stays what it was. A new one gets no orders before it has prices.</summary>
internal sealed partial class SaveCourierHandler(ChangeNetwork changes)
{
    public const int LeastDivisor = 1_000, MostDivisor = 100_000;

    public async Task<Result> SaveAsync(Courier typed, CancellationToken ct)
    {
        var draft = typed with { Code = typed.Code.Trim().ToUpperInvariant(), Name = typed.Name.Trim() };
        if (draft.Id == 0 && !Code().IsMatch(draft.Code)) return AllocationErrors.CourierCode;
        if (draft.Name.Length is 0 or > 60 || draft.VolumeDivisor is < LeastDivisor or > MostDivisor) return AllocationErrors.CourierNumbers;
        return await changes.RunAsync(async tx =>
        {
            var known = await tx.QueryAsync($"select {NetworkCache.CourierColumns} from allocation_couriers", NetworkCache.ReadCourier, ct);
            if (draft.Id == 0 && known.Any(c => c.Code == draft.Code)) return AllocationErrors.CourierTaken(draft.Code);
            if (known.Any(c => c.Id != draft.Id && c.Name == draft.Name)) return AllocationErrors.CourierTaken(draft.Name);
            if (draft.Id == 0)
            {
                await tx.ExecuteAsync("insert into allocation_couriers (code, name, volume_divisor) values ($1, $2, $3::int)", ct, draft.Code, draft.Name, draft.VolumeDivisor);
                return new NetworkChange("allocation.courier_added", draft.Code, null, draft);
            }
            if (known.FirstOrDefault(c => c.Id == draft.Id) is not { } before) return AllocationErrors.CourierUnknown(draft.Code);
            if ((before.Name, before.VolumeDivisor) == (draft.Name, draft.VolumeDivisor)) return NetworkChange.None;
            await tx.ExecuteAsync("update allocation_couriers set name = $2, volume_divisor = $3::int where id = $1", ct, draft.Id, draft.Name, draft.VolumeDivisor);
            return new NetworkChange("allocation.courier_changed", before.Code, before, before with { Name = draft.Name, VolumeDivisor = draft.VolumeDivisor });
        }, ct);
    }

    [GeneratedRegex("^[A-Z0-9-]{2,20}$")]
    private static partial Regex Code();
}
