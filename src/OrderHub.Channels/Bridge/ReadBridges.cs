using System.Text.Json;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Npgsql;
using OrderHub.Catalog.Contracts;
using OrderHub.Channels.Imports.Rows;
using OrderHub.Channels.Imports.Runs;
using OrderHub.Platform.Accounts;
using OrderHub.Platform.Data;
using OrderHub.Platform.Jobs;

namespace OrderHub.Channels.Bridge;

/// <summary>
/// Reads what waits in other systems' tables. First our commit, then their flag: a host that dies in between reads the same rows again and
/// finds them unchanged. A row that cannot be read is told of and keeps waiting; the orders around it go on, and so do the other bridges.
/// </summary>
internal sealed class ReadBridgesJob(IConfiguration configuration, HubDatabase database, ICatalog catalog, TakeOrders take, TimeProvider clock, ILogger<ReadBridgesJob> log) : IJob
{
    public async Task<JobReport> RunAsync(CancellationToken ct)
    {
        var total = new JobReport(0, 0);
        foreach (var section in BridgeSettings.All(configuration))
        {
            try
            {
                var report = await ReadAsync(BridgeSettings.Read(section), ct);
                total = new(total.Seen + report.Seen, total.Changed + report.Changed, total.Refused + report.Refused, total.Note);
            }
            catch (Exception failure) when (failure is NpgsqlException or BridgeSettingsException or TimeoutException or ArgumentException)
            {
                log.LogError(failure, "Bridge {Bridge} failed", section.Key);
                total = total with { Note = $"{section.Key}：{failure.Message}" };
                await NoteAsync(section.Key, null, 0, failure.Message, ct);
            }
        }
        return total;
    }

    private async Task<JobReport> ReadAsync(BridgeSettings settings, CancellationToken ct)
    {
        var shop = (await catalog.CurrentAsync(ct)).ShopByCode(settings.ShopCode) ?? throw new BridgeSettingsException(ChannelErrors.ShopNotFound(settings.ShopCode).Text);
        var since = (await database.QueryAsync("select position from channels_bridges where name = $1", r => r.Text(0), ct, settings.Name)).FirstOrDefault();
        await using var table = await LegacyTable.OpenAsync(settings, ct);
        var newest = await table.NewestAsync(ct);
        var reader = new OrderReader(settings.Mapping, shop, clock.GetUtcNow());
        var (seen, changed, refused, after) = (0, 0, 0, "");
        while (await table.WaitingAsync(after, since, TakeOrders.BatchSize, ct) is { Count: > 0 } orderNos)
        {
            after = orderNos[^1];
            var rows = (await table.RowsAsync(orderNos, ct)).ToLookup(r => r.OrderNo);
            var batch = orderNos.Where(rows.Contains).Select(no => reader.Read(no, [.. rows[no].Select(r => r.Row)])).ToList();
            var (taken, faulty, news) = await TakeAsync(settings.Name, shop, batch, ct);
            await table.MarkAsync([.. batch.Where(o => !faulty.Contains(o.OrderNo)).SelectMany(o => rows[o.OrderNo])], ct);
            (seen, changed, refused) = (seen + batch.Count, changed + taken, refused + news);
        }
        await NoteAsync(settings.Name, newest, changed, null, ct);
        // what a flagless bridge looks at twice, and what keeps waiting, is no news
        return changed + refused == 0 ? new(0, 0) : new(seen, changed, refused);
    }

    /// <returns>How many orders took effect, which could not be taken, and how many of those were not known to be faulty.</returns>
    private async Task<(int Taken, HashSet<string> Faulty, int News)> TakeAsync(string bridge, Shop shop, List<ReadOrder> batch, CancellationToken ct)
    {
        var settled = new Dictionary<int, (Tally Tally, int News)>();
        await take.HandleAsync(new(shop, new Actor("bridge:" + bridge)), batch, async (tx, first, part, tally) =>
        {
            var faults = tally.Findings.Where(f => !f.Error.IsRemark()).DistinctBy(f => f.OrderNo).ToList();
            var faulty = faults.Select(f => f.OrderNo).ToHashSet();
            await tx.ExecuteAsync("delete from channels_bridge_faults where bridge = $1 and order_no = any($2)", ct, bridge, part.Select(o => o.OrderNo).Where(no => !faulty.Contains(no)).ToArray());
            var added = await tx.QueryAsync("""
                insert into channels_bridge_faults (bridge, order_no, message, arguments, first_seen_at, last_seen_at) select $1, n.no, n.message, n.arguments::jsonb, $2, $2 from unnest($3, $4, $5) as n(no, message, arguments)
                on conflict (bridge, order_no) do update set message = excluded.message, arguments = excluded.arguments, last_seen_at = excluded.last_seen_at
                returning xmax = 0
                """, r => r.GetBoolean(0), ct, bridge, clock.GetUtcNow(), faults.Select(f => f.OrderNo).ToArray(), faults.Select(f => f.Error.Message).ToArray(),
                faults.Select(f => JsonSerializer.Serialize(f.Error.Arguments.Select(a => a.ToString()))).ToArray());
            settled[first] = (tally, added.Count(isNew => isNew));
            return true;
        }, ct);
        return (settled.Values.Sum(s => s.Tally.Added + s.Tally.Changed), [.. settled.Values.SelectMany(s => s.Tally.Findings).Where(f => !f.Error.IsRemark()).Select(f => f.OrderNo)], settled.Values.Sum(s => s.News));
    }

    private Task NoteAsync(string bridge, string? position, int accepted, string? error, CancellationToken ct) => database.RunAsync(tx => tx.ExecuteAsync("""
        insert into channels_bridges as b (name, position, accepted, last_run_at, last_success_at, last_error) values ($1, $2, $3, $4, case when $5::text is null then $4 end, left($5::text, 1000))
        on conflict (name) do update set position = coalesce(excluded.position, b.position), accepted = b.accepted + excluded.accepted, last_run_at = excluded.last_run_at,
           last_success_at = coalesce(excluded.last_success_at, b.last_success_at), last_error = excluded.last_error
        """, ct, bridge, position, accepted, clock.GetUtcNow(), error), ct);
}
