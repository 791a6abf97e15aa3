using OrderHub.Catalog.Contracts;
using OrderHub.Platform.Data;
using OrderHub.Platform.Jobs;
using OrderHub.Platform.Units;

namespace OrderHub.Channels.ReadBacks;

/// <summary>Once a night per shop, from the hour people set; a shop whose platform was down is tried again until the day ends. Old differences go after a month.</summary>
internal sealed class ReadBackNightlyJob(HubDatabase database, ICatalog catalog, ReadBackSettings settings, ReadBackStockHandler readBack, TimeProvider clock) : IJob
{
    public async Task<JobReport> RunAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        if (ShopTime.ToLocal(now).Hour < await settings.HourAsync(ct)) return new(0, 0);
        var done = await database.QueryAsync("select shop_id from channels_read_backs where day = $1 and error is null", r => r.GetInt32(0), ct, ShopTime.BusinessDay(now));
        int seen = 0, repaired = 0, broken = 0;
        foreach (var shop in (await catalog.CurrentAsync(ct)).Shops.Where(s => s.Active && !done.Contains(s.Id)))
        {
            if (await readBack.HandleAsync(shop.Id, ct) is not { } outcome) continue;
            (seen, repaired, broken) = (seen + outcome.Seen, repaired + outcome.Repaired, broken + (outcome.Error is null ? 0 : 1));
        }
        if (seen > 0)
            await database.RunAsync(async tx => await tx.ExecuteAsync("delete from channels_stock_differences where at < $1", ct, now - TimeSpan.FromDays(30))
                + await tx.ExecuteAsync("delete from channels_read_backs where started_at < $1", ct, now - TimeSpan.FromDays(90)), ct);
        return new(seen, repaired, broken);
    }
}
