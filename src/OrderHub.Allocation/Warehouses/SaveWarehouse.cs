using System.Text.RegularExpressions;
using OrderHub.Allocation.Contracts;
using OrderHub.Allocation.Network;
using OrderHub.Platform.Data;
using OrderHub.Platform.Results;
using OrderHub.Platform.Units;

namespace OrderHub.Allocation.Warehouses;

/// <summary>Adds a warehouse (id 0) or changes one; its code stays what it was. The address is kept in official names.</summary>
internal sealed partial class SaveWarehouseHandler(ChangeNetwork changes, TimeProvider clock)
{
    private const int MostAliases = 20, LongestAlias = 60;

    public async Task<Result> SaveAsync(Warehouse typed, CancellationToken ct)
    {
        var check = Check(typed);
        if (check.Error is { } refusal) return refusal;
        var draft = check.Value;
        return await changes.RunAsync(async tx =>
        {
            var known = await tx.QueryAsync($"select {NetworkCache.WarehouseColumns} from allocation_warehouses", NetworkCache.ReadWarehouse, ct);
            if (draft.Id != 0 && known.All(w => w.Id != draft.Id)) return AllocationErrors.WarehouseUnknown(draft.Code);
            // a platform may name a warehouse by any of them, so none may mean two
            var names = draft.Aliases.Prepend(draft.Name);
            if ((draft.Id == 0 ? names.Prepend(draft.Code) : names).FirstOrDefault(name => known.Any(w => w.Id != draft.Id && w.IsCalled(name))) is { } taken) return AllocationErrors.WarehouseCodeTaken(taken);
            if (!draft.Active && known.All(w => w.Id == draft.Id || !w.Active)) return AllocationErrors.LastWarehouse;
            object?[] values = [draft.Name, draft.Province, draft.City, draft.Address, draft.ContactName, draft.ContactPhone, draft.Priority, draft.Active, draft.CutOff, draft.DailyCapacity, draft.PackFen, draft.Aliases.ToArray()];
            if (draft.Id == 0)
            {
                await tx.ExecuteAsync("""
                    insert into allocation_warehouses (name, province, city, address, contact_name, contact_phone, priority, active, cut_off, daily_capacity, pack_fen, aliases, code)
                    values ($1, $2, $3, $4, $5, $6, $7, $8, $9::time, $10::int, $11, $12, $13)
                    """, ct, [.. values, draft.Code]);
                return new NetworkChange("allocation.warehouse_added", draft.Code, null, draft);
            }
            var before = known.Single(w => w.Id == draft.Id);
            if (before == draft with { Code = before.Code, Aliases = before.Aliases } && before.Aliases.SequenceEqual(draft.Aliases)) return NetworkChange.None;
            await tx.ExecuteAsync("""
                update allocation_warehouses set name = $1, province = $2, city = $3, address = $4, contact_name = $5, contact_phone = $6, priority = $7, active = $8,
                       cut_off = $9::time, daily_capacity = $10::int, pack_fen = $11, aliases = $12 where id = $13
                """, ct, [.. values, draft.Id]);
            if (before.DailyCapacity is null && draft.DailyCapacity is not null) await CountTodayAsync(tx, draft.Id, ct);
            return new NetworkChange("allocation.warehouse_changed", before.Code, before, draft);
        }, ct);
    }

    /// <summary>
    /// Nobody counted while it could take any number: the day's orders are read once from the decisions, from then on each batch adds its own.
    /// A batch that commits in the very second of the change may be missed.
    /// </summary>
    private Task CountTodayAsync(HubTransaction tx, int warehouseId, CancellationToken ct)
    {
        var today = ShopTime.BusinessDay(clock.GetUtcNow());
        return tx.ExecuteAsync("""
            insert into allocation_loads (day, warehouse_id, orders)
            select $1, $2, count(*) from (select distinct on (order_id) decision from allocation_decisions where at >= $3 order by order_id, id desc) as newest
             where (decision ->> 'w')::int = $2 or exists (select 1 from json_array_elements(decision -> 'p') as part where (part ->> 0)::int = $2)
            on conflict (day, warehouse_id) do update set orders = excluded.orders
            """, ct, today, warehouseId, ShopTime.StartOf(today));
    }

    private static Result<Warehouse> Check(Warehouse typed)
    {
        var code = typed.Code.Trim().ToUpperInvariant();
        if (typed.Id == 0 && !Code().IsMatch(code)) return AllocationErrors.WarehouseCode;
        var (name, address, contact, phone) = (typed.Name.Trim(), typed.Address.Trim(), typed.ContactName.Trim(), typed.ContactPhone.Trim());
        if (name.Length == 0 || address.Length == 0 || contact.Length == 0) return AllocationErrors.WarehouseIncomplete;
        if (phone.Length == 0 || phone.Contains('*', StringComparison.Ordinal) || !AddressBook.IsPhone(phone, typed.Province)) return AllocationErrors.PhoneInvalid(phone);
        if (Provinces.Normalize(typed.Province) is null) return AllocationErrors.ProvinceUnknown(typed.Province);
        var place = AddressBook.Recognise(typed.Province, typed.City, "", "", "");
        if (place.Known < AddressLevel.City) return AllocationErrors.CityUnknown(place.Province, typed.City);
        if (typed.DailyCapacity <= 0 || typed.PackFen < 0) return AllocationErrors.WarehouseNumbers;
        var aliases = typed.Aliases.Select(a => a.Trim()).Where(a => a.Length > 0 && !Names.Same(a, code) && !Names.Same(a, name)).Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        if (aliases.Count > MostAliases || aliases.Exists(a => a.Length > LongestAlias)) return AllocationErrors.WarehouseAliases(MostAliases, LongestAlias);
        return typed with { Aliases = aliases, Code = code, Name = name, Province = place.Province, City = place.City, Address = address, ContactName = contact, ContactPhone = phone };
    }

    [GeneratedRegex("^[A-Z0-9-]{2,20}$")]
    private static partial Regex Code();
}
