using System.Threading.Channels;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OrderHub.Channels.Inbox;

namespace OrderHub.Channels.Webhooks;

/// <summary>
/// Orders pushed at the same moment share one transaction, which costs little more than one order's; buyers of the same SKU then do not
/// queue for its lock one by one. A group is whoever came while the group before was written. A push alone waits for nobody; after a group of
/// many, those just answered are given a moment to come back.
/// </summary>
internal sealed class PushLine(IServiceScopeFactory scopes, ILogger<PushLine> log) : BackgroundService
{
    private const int MostWaiting = 4_000;

    private const int Many = 16;
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(2);

    /// <summary>A push of so many orders gains nothing from company and would keep the others waiting.</summary>
    private const int Alone = 50;
    private readonly Channel<Push> _line = Channel.CreateBounded<Push>(MostWaiting);

    private sealed record Push((string AppKey, string Nonce) Nonce, IReadOnlyList<Arrival> Arrivals)
    {
        /// <summary>Null = its nonce was used before.</summary>
        public TaskCompletionSource<IReadOnlyList<DocumentReceipt>?> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    /// <summary>Answered after the commit. A caller that no longer waits may still have been served.</summary>
    /// <returns>One receipt per document; null when the nonce was used before.</returns>
    public async Task<IReadOnlyList<DocumentReceipt>?> TakeAsync(string appKey, string nonce, IReadOnlyList<Arrival> arrivals, CancellationToken ct)
    {
        var push = new Push((appKey, nonce), arrivals);
        if (arrivals.Count >= Alone) await SettleAsync([push], ct);
        else await _line.Writer.WriteAsync(push, ct);
        return await push.Answer.Task.WaitAsync(ct);
    }

    /// <summary>One group after another: two at once would wait for each other's SKUs and be half as large.</summary>
    protected override async Task ExecuteAsync(CancellationToken ct)
    {
        try
        {
            while (await _line.Reader.WaitToReadAsync(ct))
            {
                var group = Gather();
                await SettleAsync(group, ct);
                if (group.Count > Many) await Task.Delay(Moment, ct);
            }
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested) { }
        _line.Writer.TryComplete();
        while (_line.Reader.TryRead(out var late)) late.Answer.TrySetCanceled(ct);
    }

    private List<Push> Gather()
    {
        var group = new List<Push>();
        for (var documents = 0; documents < ReceiveDocumentsHandler.BatchSize && _line.Reader.TryRead(out var push); documents += push.Arrivals.Count) group.Add(push);
        return group;
    }

    /// <summary>
    /// Whoever's nonce was used before, or by a request just ahead of him, is turned away and nothing of his is written. That is rare, so the
    /// nonces are asked while the group is being written, and must have answered before its commit.
    /// </summary>
    private async Task SettleAsync(IReadOnlyList<Push> group, CancellationToken ct)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var handler = scope.ServiceProvider.GetRequiredService<ReceiveDocumentsHandler>();
            var first = group.DistinctBy(p => p.Nonce).ToList();
            var asking = scope.ServiceProvider.GetRequiredService<NonceMemory>().TakeAsync([.. first.Select(p => p.Nonce)], ct);
            var (written, receipts) = (first, (IReadOnlyList<DocumentReceipt>)[]);
            try
            {
                receipts = await WriteAsync(handler, first, async () =>
                {
                    if ((await asking).Count < first.Count) throw new NonceReplayedException();
                }, ct);
            }
            catch (NonceReplayedException)
            {
                var genuine = await asking;
                written = [.. first.Where(p => genuine.Contains(p.Nonce))];
                receipts = await WriteAsync(handler, written, null, ct);
            }
            finally
            {
                await ((Task)asking).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing); // it uses what this scope owns
            }
            var (fresh, answered) = (await asking, 0);
            foreach (var push in written)
            {
                push.Answer.TrySetResult(fresh.Contains(push.Nonce) ? [.. receipts.Skip(answered).Take(push.Arrivals.Count)] : null);
                answered += push.Arrivals.Count;
            }
            foreach (var replayed in group.Except(written)) replayed.Answer.TrySetResult(null);
        }
        catch (Exception failure)
        {
            if (!ct.IsCancellationRequested) log.LogError(failure, "{Pushes} pushes could not be taken", group.Count);
            foreach (var push in group) push.Answer.TrySetException(failure);
        }
    }

    private static Task<IReadOnlyList<DocumentReceipt>> WriteAsync(ReceiveDocumentsHandler handler, IReadOnlyList<Push> pushes, Func<Task>? beforeCommit, CancellationToken ct) =>
        handler.HandleAsync(DocumentKind.Order, DocumentSource.Push, [.. pushes.SelectMany(p => p.Arrivals)], ct, beforeCommit);
}

/// <summary>Among those written together is a request that was here before.</summary>
internal sealed class NonceReplayedException : Exception;
