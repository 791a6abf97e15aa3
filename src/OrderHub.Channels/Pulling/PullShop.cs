using System.Diagnostics;
using Microsoft.Extensions.Logging;
using OrderHub.Catalog.Contracts;
using OrderHub.Channels.Adapters;
using OrderHub.Channels.Completeness;
using OrderHub.Channels.Connections;
using OrderHub.Channels.Inbox;
using OrderHub.Platform.Actions;
using OrderHub.Platform.Data;
using Polly;
using Polly.CircuitBreaker;
using Polly.Retry;

namespace OrderHub.Channels.Pulling;

internal sealed record PullShop(int ShopId, PullStream Stream);

internal enum PullOutcome { Done, Failed, RunningElsewhere, NotConnected }

/// <summary>
/// Reads everything a shop changed since the cursor, window by window. The cursor moves after each window, and only when every
/// document of it is stored or quarantined; a window that fails is asked again in shorter parts. One pull per shop and stream at a time,
/// over all hosts.
/// </summary>
internal sealed class PullShopHandler(HubDatabase database, ICatalog catalog, ShopConnections connections, PlatformAdapters adapters,
    ReceiveDocumentsHandler receive, ProveHoursHandler prove, ShopCircuits circuits, TimeProvider clock, ILogger<PullShopHandler> log)
{
    private const int LockClass = 0x4348;  // "CH": the hub's advisory locks on pulls

    public async Task<PullOutcome> HandleAsync(PullShop command, CancellationToken ct)
    {
        using var activity = HubTracing.Source.StartActivity("channels.pull");
        // Held by a connection of its own: when this host dies, the database lets the lock go at once.
        await using var guard = await database.Source.OpenConnectionAsync(ct);
        await using var take = guard.CreateCommand();
        take.CommandText = "select pg_try_advisory_lock($1, $2)";
        take.Parameters.Add(new() { Value = LockClass });
        take.Parameters.Add(new() { Value = command.ShopId * 10 + (int)command.Stream });
        if (await take.ExecuteScalarAsync(ct) is not true) return PullOutcome.RunningElsewhere;
        try
        {
            return await PullAsync(command, ct);
        }
        finally
        {
            take.CommandText = "select pg_advisory_unlock($1, $2)";
            await take.ExecuteNonQueryAsync(CancellationToken.None);
        }
    }

    private async Task<PullOutcome> PullAsync(PullShop command, CancellationToken ct)
    {
        var cursors = await database.QueryAsync("select position, stride from channels_cursors where shop_id = $1 and stream = $2",
            r => (Position: r.GetFieldValue<DateTimeOffset>(0), Stride: r.Nullable<TimeSpan>(1)), ct, command.ShopId, (short)command.Stream);
        var shop = (await catalog.CurrentAsync(ct)).Shop(command.ShopId);
        if (cursors is not [var cursor] || shop is not { Active: true }) return PullOutcome.NotConnected;

        var now = clock.GetUtcNow();
        var windows = new PullWindows(cursor.Position, now, adapters.For(shop.Kind).Abilities, cursor.Stride);
        var window = new PullWindow(cursor.Position, now);
        var began = clock.GetTimestamp();
        try
        {
            if (await connections.FindAsync(shop.Id, ct) is not { } connection) return PullOutcome.NotConnected;
            if (command.Stream == PullStream.Proof)
            {
                await Retrying.ExecuteAsync(async token => await circuits.For(shop.Id).ExecuteAsync(async inner => await prove.HandleAsync(shop, connection, inner), token), ct);
                await NoteSuccessAsync(command, ct);
                return PullOutcome.Done;
            }
            while (windows.Next is not null)
            {
                began = clock.GetTimestamp();
                var counts = await Retrying.ExecuteAsync(async token =>
                {
                    window = windows.Next!.Value;
                    try
                    {
                        return await circuits.For(shop.Id).ExecuteAsync(async inner => await TakeWindowAsync(shop, connection, command.Stream, window, inner), token);
                    }
                    catch (PlatformException refused) when (adapters.For(shop.Kind).Abilities.IsAboutToken(refused))
                    {
                        connections.Forget();
                        var renewed = await connections.FindAsync(shop.Id, token);
                        if (renewed is null || renewed.AccessToken == connection.AccessToken) throw;
                        connection = renewed; // while we asked with the old one
                        throw new PlatformException(refused.Code, refused.Message, isTransient: true, inner: refused);
                    }
                    catch (Exception failure) when (!ct.IsCancellationRequested && failure is not BrokenCircuitException)
                    {
                        windows.Failed(window);
                        throw;
                    }
                }, ct);
                windows.Succeeded(window);
                await MoveCursorAsync(command, window, windows.Stride, counts, now, clock.GetElapsedTime(began), ct);
            }
            return PullOutcome.Done;
        }
        catch (Exception failure) when (!ct.IsCancellationRequested)
        {
            log.LogWarning(failure, "Pull of {Stream} of shop {Shop} failed; the cursor stays at {Cursor}", command.Stream, shop.Code, window.From);
            await NoteFailureAsync(command, window, windows.Stride, now, clock.GetElapsedTime(began), TransientErrors.Describe(failure), ct);
            return PullOutcome.Failed;
        }
    }

    private async Task<PullCounts> TakeWindowAsync(Shop shop, ShopConnection connection, PullStream stream, PullWindow window, CancellationToken ct)
    {
        var adapter = adapters.For(shop.Kind);
        var (kind, pages) = stream == PullStream.Orders
            ? (DocumentKind.Order, adapter.PullOrdersAsync(connection, window.From, window.Until, (listed, stop) => InboxRows.KnownAsync(database, shop.Id, DocumentKind.Order, listed, stop), ct))
            : (DocumentKind.Refund, adapter.PullRefundsAsync(connection, window.From, window.Until, ct));
        var counts = new PullCounts();
        var batch = new List<RawDocument>(ReceiveDocumentsHandler.BatchSize);
        await foreach (var document in pages.WithCancellation(ct))
        {
            batch.Add(document);
            if (batch.Count == ReceiveDocumentsHandler.BatchSize) await StoreAsync();
        }
        if (batch.Count > 0) await StoreAsync();
        return counts;

        async Task StoreAsync()
        {
            var receipts = await receive.HandleAsync(new(shop, kind, DocumentSource.Pull, batch), ct);
            var added = receipts.Where(r => r.IsNew).ToList();
            counts += new PullCounts(receipts.Count, added.Count, added.Count(r => r.State == DocumentState.Applied), added.Count(r => r.State == DocumentState.Quarantined));
            batch.Clear();
        }
    }

    private Task MoveCursorAsync(PullShop pull, PullWindow window, TimeSpan? stride, PullCounts counts, DateTimeOffset startedAt, TimeSpan took, CancellationToken ct) => database.RunAsync(async tx =>
    {
        await tx.ExecuteAsync("""
            update channels_cursors set position = greatest(position, $3), stride = $5, last_pull_at = $4, last_success_at = $4, last_error = null where shop_id = $1 and stream = $2
            """, ct, pull.ShopId, (short)pull.Stream, window.Until, clock.GetUtcNow(), stride);
        await PullLog.WriteAsync(tx, pull.ShopId, pull.Stream, window, counts, startedAt, took, null, ct);
    }, ct);

    private Task NoteSuccessAsync(PullShop pull, CancellationToken ct) => database.RunAsync(tx => tx.ExecuteAsync(
        "update channels_cursors set last_pull_at = $3, last_success_at = $3, last_error = null where shop_id = $1 and stream = $2", ct, pull.ShopId, (short)pull.Stream, clock.GetUtcNow()), ct);

    private Task NoteFailureAsync(PullShop pull, PullWindow window, TimeSpan? stride, DateTimeOffset startedAt, TimeSpan took, string error, CancellationToken ct) => database.RunAsync(async tx =>
    {
        await tx.ExecuteAsync("update channels_cursors set last_pull_at = $3, last_error = left($4, 2000), stride = $5 where shop_id = $1 and stream = $2", ct,
            pull.ShopId, (short)pull.Stream, clock.GetUtcNow(), error, stride);
        await PullLog.WriteAsync(tx, pull.ShopId, pull.Stream, window, default, startedAt, took, error, ct);
    }, ct);

    /// <summary>A window again from its start, but half as long: what was stored before the failure is recognised and skipped.</summary>
    private ResiliencePipeline Retrying => _retrying ??= new ResiliencePipelineBuilder { TimeProvider = clock }
        .AddRetry(new RetryStrategyOptions
        {
            MaxRetryAttempts = 3,
            BackoffType = DelayBackoffType.Exponential,
            Delay = TimeSpan.FromSeconds(1),
            UseJitter = true,
            ShouldHandle = args => ValueTask.FromResult(args.Outcome.Exception is { } failure && TransientErrors.IsTransient(failure)),
            DelayGenerator = args => ValueTask.FromResult(args.Outcome.Exception is PlatformException { RetryAfter: { } wait } ? wait : (TimeSpan?)null),
        }).Build();

    private ResiliencePipeline? _retrying;
}
