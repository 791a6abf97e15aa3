using Microsoft.Extensions.Logging;
using Npgsql;
using OrderHub.Catalog.Contracts;
using OrderHub.Channels.Connections;
using OrderHub.Channels.Imports.Rows;
using OrderHub.Orders.Contracts;
using OrderHub.Platform.Accounts;
using OrderHub.Platform.Data;

namespace OrderHub.Channels.Imports.Runs;

/// <param name="IsRehearsal">The acceptance is real and taken back; only what is settled stays.</param>
internal sealed record OrderSource(Shop Shop, Actor Actor, bool IsRehearsal = false);

/// <summary>Writes down what became of a part of the batch, in the transaction that accepted it. May run again after a lost race.</summary>
/// <param name="first">Where the part begins in the batch.</param>
/// <returns>False = stop after this.</returns>
internal delegate Task<bool> SettlePart(HubTransaction tx, int first, IReadOnlyList<ReadOrder> part, Tally tally);

/// <summary>
/// Orders that were read from rows, through the one way in. A batch that fails as a whole is halved until the order that cannot be taken
/// stands alone; that one is told of and the others go on. An outage is thrown.
/// </summary>
internal sealed class TakeOrders(HubDatabase database, IOrderIntake intake, IOrderReports reports, PlatformAdapters adapters, TimeProvider clock, ILogger<TakeOrders> log)
{
    public const int BatchSize = 200;

    /// <returns>What the last <paramref name="settle"/> said.</returns>
    public Task<bool> HandleAsync(OrderSource source, IReadOnlyList<ReadOrder> batch, SettlePart settle, CancellationToken ct) => HandleAsync(source, 0, batch, settle, ct);

    private async Task<bool> HandleAsync(OrderSource source, int first, IReadOnlyList<ReadOrder> part, SettlePart settle, CancellationToken ct)
    {
        try
        {
            return await database.RunAsync(async tx => await settle(tx, first, part,
                source.IsRehearsal ? await tx.RehearseAsync(() => AcceptAsync(tx, source, part, ct), ct) : await AcceptAsync(tx, source, part, ct)), ct);
        }
        catch (Exception failure) when (failure is not (OperationCanceledException or ImportMovedException or NpgsqlException { IsTransient: true } or NpgsqlException { InnerException: IOException or TimeoutException }))
        {
            if (part is [var poison])
            {
                log.LogError(failure, "Order {OrderNo} of shop {Shop} could not be taken", poison.OrderNo, source.Shop.Code);
                var refused = new Tally { Refused = 1, Findings = [new(poison.FirstRow, poison.OrderNo, RowErrors.NotTaken(failure.Message))] };
                return await database.RunAsync(tx => settle(tx, first, part, refused), ct);
            }
            var half = part.Count / 2;
            return await HandleAsync(source, first, [.. part.Take(half)], settle, ct) && await HandleAsync(source, first + half, [.. part.Skip(half)], settle, ct);
        }
    }

    private async Task<Tally> AcceptAsync(HubTransaction tx, OrderSource source, IReadOnlyList<ReadOrder> part, CancellationToken ct)
    {
        var readable = part.Where(o => o.Order is not null).ToList();
        var platformCounts = !adapters.For(source.Shop.Kind).VersionIsTime;
        var versioned = await ImportVersions.AssignAsync(tx, source.Shop.Id, platformCounts, readable, clock.GetUtcNow(), ct);
        var known = await reports.OrderIdsAsync(source.Shop.Id, [.. versioned.Select(v => v.PlatformOrderNo)], ct);
        var answers = await intake.AcceptAsync(tx, versioned, source.Actor, ct);
        return Tally.Of(part, readable, answers, known);
    }
}

/// <summary>Another host went on with this import; what was just done is rolled back.</summary>
internal sealed class ImportMovedException(long importId) : Exception($"Import {importId} is no longer where it was.");
