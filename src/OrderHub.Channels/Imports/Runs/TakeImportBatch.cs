using Microsoft.Extensions.Logging;
using Npgsql;
using OrderHub.Catalog.Contracts;
using OrderHub.Channels.Imports.Rows;
using OrderHub.Orders.Contracts;
using OrderHub.Platform.Accounts;
using OrderHub.Platform.Data;

namespace OrderHub.Channels.Imports.Runs;

/// <summary>Another host went on with this import; what was just done is rolled back.</summary>
internal sealed class ImportMovedException(long importId) : Exception($"Import {importId} is no longer where it was.");

/// <param name="State">Checking: the acceptance is real and taken back. Importing: it stays.</param>
internal sealed record ImportBatch(long ImportId, ImportState State, Shop Shop, bool PlatformCounts, string StartedBy);

/// <summary>
/// One batch of read orders through the one way in, with the import's position in the same transaction. A batch that fails as a whole is
/// halved until the order that cannot be taken stands alone; that one is told of and the others go on.
/// </summary>
internal sealed class TakeImportBatch(HubDatabase database, IOrderIntake intake, IOrderReports reports, TimeProvider clock, ILogger<TakeImportBatch> log)
{
    public const int Size = 200;

    /// <returns>False when someone asked to stop.</returns>
    public async Task<bool> HandleAsync(ImportBatch batch, int position, IReadOnlyList<ReadOrder> orders, CancellationToken ct)
    {
        try
        {
            return await database.RunAsync(tx => TakeAsync(tx, batch, position, orders, ct), ct);
        }
        catch (Exception failure) when (failure is not (OperationCanceledException or ImportMovedException or NpgsqlException { IsTransient: true } or NpgsqlException { InnerException: IOException or TimeoutException }))
        {
            if (orders is [var poison]) return await SetAsideAsync(batch, position, poison, failure, ct);
            var half = orders.Count / 2;
            return await HandleAsync(batch, position, [.. orders.Take(half)], ct) && await HandleAsync(batch, position + half, [.. orders.Skip(half)], ct);
        }
    }

    private async Task<bool> TakeAsync(HubTransaction tx, ImportBatch batch, int position, IReadOnlyList<ReadOrder> orders, CancellationToken ct)
    {
        var readable = orders.Where(o => o.Order is not null).ToList();
        // what becomes of a checked order is found out by doing it, and undone
        if (batch.State == ImportState.Checking) await tx.ExecuteAsync("savepoint as_before", ct);
        var versioned = await ImportVersions.AssignAsync(tx, batch.Shop.Id, batch.PlatformCounts, readable, clock.GetUtcNow(), ct);
        var known = await reports.OrderIdsAsync(batch.Shop.Id, [.. versioned.Select(v => v.PlatformOrderNo)], ct);
        var answers = await intake.AcceptAsync(tx, versioned, new Actor(batch.StartedBy), ct);
        if (batch.State == ImportState.Checking) await tx.ExecuteAsync("rollback to savepoint as_before", ct);
        return await MoveOnAsync(tx, batch, position, Tally.Of(orders, readable, answers, known), orders.Count, ct);
    }

    private Task<bool> SetAsideAsync(ImportBatch batch, int position, ReadOrder poison, Exception failure, CancellationToken ct)
    {
        log.LogError(failure, "Order {OrderNo} of import {Import} could not be taken", poison.OrderNo, batch.ImportId);
        return database.RunAsync(tx => MoveOnAsync(tx, batch, position, new() { Refused = 1, Findings = [new(poison.FirstRow, poison.OrderNo, RowErrors.NotTaken(failure.Message))] }, 1, ct), ct);
    }

    private static async Task<bool> MoveOnAsync(HubTransaction tx, ImportBatch batch, int position, Tally tally, int orders, CancellationToken ct)
    {
        await ImportFindings.AddAsync(tx, batch.ImportId, tally.Findings, ct);
        var moved = await tx.QueryAsync("""
            update channels_imports set position = position + $4, added = added + $5, changed = changed + $6, unchanged = unchanged + $7, stale = stale + $8, refused = refused + $9,
                   to_review = to_review + $10, short = short + $11
             where id = $1 and state = $2 and position = $3 returning cancel_asked
            """, r => r.GetBoolean(0), ct, batch.ImportId, (short)batch.State, position, orders, tally.Added, tally.Changed, tally.Unchanged, tally.Stale, tally.Refused, tally.ToReview, tally.Short);
        if (moved.Count == 0) throw new ImportMovedException(batch.ImportId);
        return !moved[0];
    }
}
