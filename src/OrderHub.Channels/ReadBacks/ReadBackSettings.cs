using OrderHub.Platform.Actions;
using OrderHub.Platform.Audit;
using OrderHub.Platform.Data;
using OrderHub.Platform.Results;

namespace OrderHub.Channels.ReadBacks;

internal sealed record ReadBackRow(int ShopId, DateTimeOffset StartedAt, int Seen, int Repaired, int Unknown, string? Error);

internal sealed record DifferenceRow(long Id, int ShopId, string MerchantCode, DateTimeOffset At, int Published, int? Shown);

/// <param name="Last">Each shop's newest.</param>
/// <param name="Differences">The newest ones, at most 50.</param>
internal sealed record ReadBackView(int Hour, IReadOnlyList<ReadBackRow> Last, IReadOnlyList<DifferenceRow> Differences);

/// <summary>When the read back runs, and what it found.</summary>
internal sealed class ReadBackSettings(HubDatabase database, AuditTrail audit, CurrentActor current)
{
    public async Task<int> HourAsync(CancellationToken ct) =>
        (await database.QueryAsync("select hour from channels_read_back_settings", r => (int?)r.GetInt32(0), ct)).FirstOrDefault() ?? ReadBackSetting.DefaultHour;

    public async Task<Result> SetHourAsync(int hour, CancellationToken ct)
    {
        if (hour is < 0 or > 23) return ChannelErrors.ReadBackHour;
        var before = await HourAsync(ct);
        if (before == hour) return Result.Ok;
        await database.RunAsync(async tx =>
        {
            await tx.ExecuteAsync("insert into channels_read_back_settings (id, hour) values (1, $1) on conflict (id) do update set hour = excluded.hour", ct, hour);
            await audit.WriteAsync(tx, current.Actor, "channels.read_back_hour", "read-back", null, new { Hour = before }, new { Hour = hour }, ct);
        }, ct);
        return Result.Ok;
    }

    public async Task<ReadBackView> ReadAsync(CancellationToken ct) => new(await HourAsync(ct),
        await database.QueryAsync("select distinct on (shop_id) shop_id, started_at, seen, repaired, unknown, error from channels_read_backs order by shop_id, id desc",
            r => new ReadBackRow(r.GetInt32(0), r.GetFieldValue<DateTimeOffset>(1), r.GetInt32(2), r.GetInt32(3), r.GetInt32(4), r.Text(5)), ct),
        await database.QueryAsync("select id, shop_id, merchant_code, at, published, shown from channels_stock_differences order by id desc limit 50",
            r => new DifferenceRow(r.GetInt64(0), r.GetInt32(1), r.GetString(2), r.GetFieldValue<DateTimeOffset>(3), r.GetInt32(4), r.Nullable<int>(5)), ct));
}
