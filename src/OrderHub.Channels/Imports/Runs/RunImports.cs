using Microsoft.Extensions.Logging;
using Npgsql;
using OrderHub.Catalog.Contracts;
using OrderHub.Channels.Imports.Columns;
using OrderHub.Channels.Imports.Rows;
using OrderHub.Channels.Imports.Sheets;
using OrderHub.Platform.Accounts;
using OrderHub.Platform.Data;
using OrderHub.Platform.Jobs;

namespace OrderHub.Channels.Imports.Runs;

/// <summary>
/// Works off what people set going, one file after the other, from where it stands: the position moves in the transaction of its batch, so
/// that a host that dies in the middle is continued without a gap or a repetition. An outage is thrown and the file goes on at the next tick.
/// </summary>
internal sealed class RunImportsJob(HubDatabase database, ICatalog catalog, TakeOrders take, TimeProvider clock, ILogger<RunImportsJob> log) : IJob
{
    private sealed record Running(long Id, int ShopId, ImportState State, int Position, byte[] Content, string[] Mapping, string StartedBy);

    public async Task<JobReport> RunAsync(CancellationToken ct)
    {
        var (orders, files) = (0, 0);
        while (await NextAsync(ct) is { } run)
        {
            files++;
            try
            {
                orders += await WorkOffAsync(run, ct);
            }
            catch (ImportMovedException moved)
            {
                log.LogInformation("{Reason}", moved.Message);
                break;
            }
            catch (Exception failure) when (failure is not (OperationCanceledException or NpgsqlException { IsTransient: true }))
            {
                log.LogError(failure, "Import {Import} failed at order {Position}", run.Id, run.Position);
                await database.RunAsync(tx => tx.ExecuteAsync("update channels_imports set state = case state when 2 then 1::smallint else 7::smallint end, failure = left($2, 1000), finished_at = $3 where id = $1 and state in (2, 4)",
                    ct, run.Id, failure.Message, clock.GetUtcNow()), ct);
            }
        }
        return new(files, orders);
    }

    private async Task<Running?> NextAsync(CancellationToken ct) => (await database.QueryAsync("""
        select id, shop_id, state, position, content, mapping, started_by from channels_imports where state in (2, 4) and content is not null order by started_at, id limit 1
        """, r => new Running(r.GetInt64(0), r.GetInt32(1), (ImportState)r.GetInt16(2), r.GetInt32(3), r.GetFieldValue<byte[]>(4), r.GetFieldValue<string[]>(5), r.GetString(6)), ct)).FirstOrDefault();

    /// <returns>Orders dealt with.</returns>
    private async Task<int> WorkOffAsync(Running run, CancellationToken ct)
    {
        var table = SheetTable.Open(run.Content);
        if (table.Error is { } unreadable) throw new InvalidDataException(unreadable.Text);
        var shop = (await catalog.CurrentAsync(ct)).Shop(run.ShopId) ?? throw new InvalidOperationException($"Shop {run.ShopId} is not in the catalog.");
        var mapping = ColumnMapping.From(run.Mapping);
        var rows = OrderRows.Gather(table.Value.Rows, mapping);
        var reader = new OrderReader(mapping, shop, clock.GetUtcNow());
        if (run.Position == 0) await BeginAsync(run.Id, rows, ct);

        var position = run.Position;
        var source = new OrderSource(shop, new Actor(run.StartedBy), IsRehearsal: run.State == ImportState.Checking);
        foreach (var chunk in rows.From(position).Chunk(TakeOrders.BatchSize))
        {
            var begin = position;
            var goesOn = await take.HandleAsync(source, [.. chunk.Select(o => reader.Read(o.OrderNo, o.Rows))], (tx, first, part, tally) => MoveOnAsync(tx, run, begin + first, part.Count, tally, ct), ct);
            position += chunk.Length;
            if (!goesOn) break;
        }
        await EndAsync(run, rows.Count, ct);
        return position - run.Position;
    }

    /// <summary>Rows that belong to no order are told of before the first order is taken.</summary>
    private Task BeginAsync(long id, OrderRows rows, CancellationToken ct) => database.RunAsync(async tx =>
    {
        await ImportFindings.ClearAsync(tx, id, ct);
        await ImportFindings.AddAsync(tx, id, rows.Orphans, ct);
        await tx.ExecuteAsync("update channels_imports set orders_total = $2 where id = $1 and position = 0 and state in (2, 4)", ct, id, rows.Count);
    }, ct);

    /// <returns>False when someone asked to stop.</returns>
    private static async Task<bool> MoveOnAsync(HubTransaction tx, Running run, int position, int orders, Tally tally, CancellationToken ct)
    {
        await ImportFindings.AddAsync(tx, run.Id, tally.Findings, ct);
        var moved = await tx.QueryAsync("""
            update channels_imports set position = position + $4, added = added + $5, changed = changed + $6, unchanged = unchanged + $7, stale = stale + $8, refused = refused + $9,
                   to_review = to_review + $10, short = short + $11
             where id = $1 and state = $2 and position = $3 returning cancel_asked
            """, r => r.GetBoolean(0), ct, run.Id, (short)run.State, position, orders, tally.Added, tally.Changed, tally.Unchanged, tally.Stale, tally.Refused, tally.ToReview, tally.Short);
        return moved is [var cancelAsked] ? !cancelAsked : throw new ImportMovedException(run.Id);
    }

    /// <summary>Stopped or finished; a finished import needs its file no more.</summary>
    private Task EndAsync(Running run, int total, CancellationToken ct) => database.RunAsync(tx => tx.ExecuteAsync("""
        update channels_imports set
               state = case when position >= $3 then case state when 2 then 3::smallint else 5::smallint end when cancel_asked then case state when 2 then 1::smallint else 6::smallint end else state end,
               content = case when position >= $3 and state = 4 then null else content end,
               finished_at = case when position >= $3 or cancel_asked then $2 end
         where id = $1 and state = $4
        """, ct, run.Id, clock.GetUtcNow(), total, (short)run.State), ct);
}

/// <summary>Files of imports that nobody finished go after a week, what became of them after half a year.</summary>
internal sealed class PruneImportsJob(HubDatabase database, TimeProvider clock) : IJob
{
    private static readonly TimeSpan FileLife = TimeSpan.FromDays(7), RecordLife = TimeSpan.FromDays(180);

    public async Task<JobReport> RunAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var changed = await database.RunAsync(async tx =>
            await tx.ExecuteAsync("update channels_imports set content = null where content is not null and state in (1, 3, 6, 7) and created_at < $1", ct, now - FileLife)
            + await tx.ExecuteAsync("delete from channels_imports where state not in (2, 4) and created_at < $1", ct, now - RecordLife), ct);
        return new(changed, changed);
    }
}
