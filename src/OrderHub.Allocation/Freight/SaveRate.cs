using Npgsql;
using OrderHub.Allocation.Contracts;
using OrderHub.Allocation.Network;
using OrderHub.Allocation.Rules;
using OrderHub.Platform.Data;
using OrderHub.Platform.Results;

namespace OrderHub.Allocation.Freight;

internal sealed class SaveRateHandler(ChangeNetwork changes, IFulfilmentNetwork network)
{
    /// <param name="id">Null = a new row.</param>
    public async Task<Result> SaveAsync(int? id, FreightRate rate, CancellationToken ct)
    {
        var current = await network.CurrentAsync(ct);
        if (rate.Check(current) is { } refusal) return refusal;
        return await changes.RunAsync(async tx =>
        {
            var rates = await RateRows.OfAsync(tx, rate.CourierId, ct);
            if (rates.Any(r => r.Id != id && r.Rate.IsForSame(rate))) return AllocationErrors.RateExists;
            var before = rates.FirstOrDefault(r => r.Id == id)?.Rate;
            if (id is not null && before is null) return AllocationErrors.RateGone;
            if (before == rate) return NetworkChange.None;
            if (id is null) await RateRows.AddAsync(tx, [rate], ct);
            else
                await tx.ExecuteAsync("update allocation_rates set from_warehouse_id = $2::int, to_province = $3::text, first_grams = $4, first_fen = $5, step_grams = $6, additional_fen = $7 where id = $1", ct,
                    id, rate.FromWarehouseId, rate.ToProvince, rate.FirstGrams, rate.FirstFen, rate.StepGrams, rate.AdditionalFen);
            return new NetworkChange(before is null ? "allocation.rate_added" : "allocation.rate_changed", current.Courier(rate.CourierId)!.Code, before, rate);
        }, ct);
    }

    public async Task<Result> RemoveAsync(int courierId, int id, CancellationToken ct)
    {
        if ((await network.CurrentAsync(ct)).Courier(courierId) is not { } courier) return AllocationErrors.CourierUnknown(courierId);
        return await changes.RunAsync(async tx =>
        {
            if ((await RateRows.OfAsync(tx, courierId, ct)).FirstOrDefault(r => r.Id == id) is not { } row) return AllocationErrors.RateGone;
            await tx.ExecuteAsync("delete from allocation_rates where id = $1", ct, id);
            return new NetworkChange("allocation.rate_removed", courier.Code, row.Rate, null);
        }, ct);
    }
}

internal sealed class SwitchCourierHandler(ChangeNetwork changes)
{
    public Task<Result> SwitchAsync(string code, bool active, CancellationToken ct) => changes.RunAsync(async tx =>
    {
        var couriers = await tx.QueryAsync("select code, active from allocation_couriers", r => (Code: r.GetString(0), Active: r.GetBoolean(1)), ct);
        if (couriers.All(c => c.Code != code)) return AllocationErrors.CourierUnknown(code);
        if (couriers.Any(c => c.Code == code && c.Active == active)) return NetworkChange.None;
        if (!active && couriers.All(c => c.Code == code || !c.Active)) return AllocationErrors.LastCourier;
        await tx.ExecuteAsync("update allocation_couriers set active = $2 where code = $1", ct, code, active);
        return new NetworkChange("allocation.courier_switched", code, new { active = !active }, new { active });
    }, ct);
}

internal static class RateRows
{
    public const string Columns = "id, courier_id, from_warehouse_id, to_province, first_grams, first_fen, step_grams, additional_fen";

    public static RateView Read(NpgsqlDataReader r) => new(r.GetInt32(0), new(r.GetInt32(1), r.Nullable<int>(2), r.Text(3), r.GetInt32(4), r.GetInt64(5), r.GetInt32(6), r.GetInt64(7)));

    public static bool IsForSame(this FreightRate one, FreightRate other) => (one.CourierId, one.FromWarehouseId, one.ToProvince) == (other.CourierId, other.FromWarehouseId, other.ToProvince);

    /// <returns>Null = in order.</returns>
    public static Error? Check(this FreightRate rate, FulfilmentNetwork network)
    {
        if (network.Courier(rate.CourierId) is null) return AllocationErrors.CourierUnknown(rate.CourierId);
        if (rate.FromWarehouseId is { } from && network.Warehouse(from) is null) return AllocationErrors.WarehouseUnknown(from);
        if (rate.ToProvince is { } province && !Provinces.All.Contains(province)) return AllocationErrors.ProvinceUnknown(province);
        return rate.FirstGrams <= 0 || rate.StepGrams <= 0 || rate.FirstFen < 0 || rate.AdditionalFen < 0 ? AllocationErrors.RateNumbers : null;
    }

    public static Task<List<RateView>> OfAsync(HubTransaction tx, int courierId, CancellationToken ct) => tx.QueryAsync($"select {Columns} from allocation_rates where courier_id = $1", Read, ct, courierId);

    /// <summary>Adds rows or, where there is one for the same way, changes it.</summary>
    public static Task<int> AddAsync(HubTransaction tx, IReadOnlyCollection<FreightRate> rates, CancellationToken ct) => tx.ExecuteAsync("""
        insert into allocation_rates (courier_id, from_warehouse_id, to_province, first_grams, first_fen, step_grams, additional_fen) select * from unnest($1, $2, $3, $4, $5, $6, $7)
        on conflict (courier_id, from_warehouse_id, to_province) do update
           set first_grams = excluded.first_grams, first_fen = excluded.first_fen, step_grams = excluded.step_grams, additional_fen = excluded.additional_fen
        """, ct, rates.Select(r => r.CourierId).ToArray(), rates.Select(r => r.FromWarehouseId).ToArray(), rates.Select(r => r.ToProvince).ToArray(),
        rates.Select(r => r.FirstGrams).ToArray(), rates.Select(r => r.FirstFen).ToArray(), rates.Select(r => r.StepGrams).ToArray(), rates.Select(r => r.AdditionalFen).ToArray());
}
