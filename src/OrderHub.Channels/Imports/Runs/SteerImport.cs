using OrderHub.Channels.Imports.Columns;
using OrderHub.Platform.Actions;
using OrderHub.Platform.Audit;
using OrderHub.Platform.Data;
using OrderHub.Platform.Results;

namespace OrderHub.Channels.Imports.Runs;

/// <summary>What a person decides about an import. The work itself is <see cref="RunImportsJob"/>'s.</summary>
internal sealed class SteerImportHandler(HubDatabase database, CurrentActor current, AuditTrail audit, TimeProvider clock)
{
    /// <summary>Columns confirmed: judge every row without keeping anything. The mapping is remembered for the next file with these columns.</summary>
    public async Task<Result> CheckAsync(long id, ColumnMapping mapping, CancellationToken ct)
    {
        if (mapping.OrdersRefusal() is { } incomplete) return incomplete;
        return await database.RunAsync(async tx =>
        {
            var found = await tx.QueryAsync("""
                update channels_imports set state = 2, mapping = $2, position = 0, orders_total = 0, added = 0, changed = 0, unchanged = 0, stale = 0, refused = 0, to_review = 0, short = 0,
                       cancel_asked = false, failure = null, started_at = $3, finished_at = null
                 where id = $1 and state in (1, 3) and content is not null returning shop_id, headers
                """, r => (ShopId: r.GetInt32(0), Headers: r.GetFieldValue<string[]>(1)), ct, id, mapping.ToNames(), clock.GetUtcNow());
            if (found.Count == 0) return await WhyNotAsync(tx, id, ct);
            await ImportFindings.ClearAsync(tx, id, ct);
            await tx.ExecuteAsync("""
                insert into channels_import_mappings (shop_id, header_hash, mapping, used_at) values ($1, $2, $3, $4)
                on conflict (shop_id, header_hash) do update set mapping = excluded.mapping, used_at = excluded.used_at
                """, ct, found[0].ShopId, ColumnMapping.HashOf(found[0].Headers), mapping.ToNames(), clock.GetUtcNow());
            return Result.Ok;
        }, ct);
    }

    /// <summary>The check was looked at: now for good. Only what was checked can be imported.</summary>
    public Task<Result> ImportAsync(long id, CancellationToken ct) => ChangeAsync(id, "channels.import_started", """
        update channels_imports set state = 4, position = 0, added = 0, changed = 0, unchanged = 0, stale = 0, refused = 0, to_review = 0, short = 0, cancel_asked = false, failure = null,
               started_by = $2, started_at = $3, finished_at = null
         where id = $1 and state = 3 and content is not null returning id
        """, clears: true, ct, current.Actor.Name, clock.GetUtcNow());

    /// <summary>Goes on where it was stopped.</summary>
    public Task<Result> GoOnAsync(long id, CancellationToken ct) => ChangeAsync(id, "channels.import_resumed",
        "update channels_imports set state = 4, cancel_asked = false, failure = null, started_by = $2, started_at = coalesce(started_at, $3), finished_at = null where id = $1 and state in (6, 7) and content is not null returning id",
        clears: false, ct, current.Actor.Name, clock.GetUtcNow());

    /// <summary>Stops before the next batch; what is imported stays.</summary>
    public Task<Result> CancelAsync(long id, CancellationToken ct) => ChangeAsync(id, "channels.import_cancel_asked",
        "update channels_imports set cancel_asked = true where id = $1 and state in (2, 4) returning id", clears: false, ct);

    public Task<Result> BackToColumnsAsync(long id, CancellationToken ct) => ChangeAsync(id, "channels.import_back_to_columns",
        "update channels_imports set state = 1 where id = $1 and state = 3 returning id", clears: true, ct);

    private Task<Result> ChangeAsync(long id, string action, string sql, bool clears, CancellationToken ct, params object[] values) => database.RunAsync(async tx =>
    {
        var changed = await tx.QueryAsync(sql, r => r.GetInt64(0), ct, [id, .. values]);
        if (changed.Count == 0) return await WhyNotAsync(tx, id, ct);
        if (clears) await ImportFindings.ClearAsync(tx, id, ct);
        await audit.WriteAsync(tx, current.Actor, action, id.ToString(System.Globalization.CultureInfo.InvariantCulture), null, null, null, ct);
        return Result.Ok;
    }, ct);

    private static async Task<Result> WhyNotAsync(HubTransaction tx, long id, CancellationToken ct) =>
        await tx.QueryAsync("select content is null from channels_imports where id = $1", r => r.GetBoolean(0), ct, id) switch
        {
            [] => ImportErrors.NotFound,
            [true] => ImportErrors.FileGone,
            _ => ImportErrors.MovedOn,
        };
}
