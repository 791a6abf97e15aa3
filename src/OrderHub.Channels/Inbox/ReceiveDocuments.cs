using Microsoft.Extensions.Logging;
using Npgsql;
using OrderHub.AfterSales.Contracts;
using OrderHub.Catalog.Contracts;
using OrderHub.Channels.Adapters;
using OrderHub.Channels.Connections;
using OrderHub.Orders.Contracts;
using OrderHub.Platform.Data;

namespace OrderHub.Channels.Inbox;

/// <summary>A batch of payloads from one shop.</summary>
/// <param name="Documents">As the platform sent them; the same one may occur twice.</param>
internal sealed record ReceiveDocuments(Shop Shop, DocumentKind Kind, DocumentSource Source, IReadOnlyList<RawDocument> Documents);

/// <param name="IsNew">False when this very payload was in the inbox before.</param>
/// <param name="Answer">What the orders module said; null for refunds, quarantined documents and pulled repetitions.</param>
internal sealed record DocumentReceipt(string ExternalId, bool IsNew, DocumentState State, string? Reason, IntakeAnswer? Answer);

/// <summary>
/// The one way in: payloads are mapped, accepted and kept in one transaction per batch. What cannot be read is quarantined with its
/// reason. A batch that fails as a whole is halved until the poison document stands alone, and only that one is set aside.
/// An outage is thrown: then nothing of the failing part is stored and the caller must not move on.
/// </summary>
internal sealed class ReceiveDocumentsHandler(HubDatabase database, PlatformAdapters adapters, IOrderIntake orders, IRefundIntake refunds,
    TimeProvider clock, ILogger<ReceiveDocumentsHandler> log)
{
    public const int BatchSize = 200;

    /// <summary>A document as its platform's adapter understood it; with neither order nor refund it says why.</summary>
    private sealed record Reading(Arrival Arrival, IncomingOrder? Order, IncomingRefund? Refund, string? Unreadable);

    /// <returns>One receipt per document, in the same sequence.</returns>
    public Task<IReadOnlyList<DocumentReceipt>> HandleAsync(ReceiveDocuments command, CancellationToken ct) =>
        HandleAsync(command.Kind, command.Source, [.. command.Documents.Select(d => new Arrival(command.Shop, d))], ct);

    /// <summary>Documents of several shops that share transactions.</summary>
    /// <param name="beforeCommit">The caller's last word on each transaction; an exception of his takes it back and is thrown on.</param>
    public async Task<IReadOnlyList<DocumentReceipt>> HandleAsync(DocumentKind kind, DocumentSource source, IReadOnlyCollection<Arrival> arrivals, CancellationToken ct, Func<Task>? beforeCommit = null)
    {
        var receipts = new List<DocumentReceipt>(arrivals.Count);
        foreach (var batch in arrivals.Chunk(BatchSize)) receipts.AddRange(await TakeAsync(kind, source, [.. batch.Select(a => Read(kind, a))], beforeCommit, ct));
        return receipts;
    }

    private async Task<IReadOnlyList<DocumentReceipt>> TakeAsync(DocumentKind kind, DocumentSource source, IReadOnlyList<Reading> batch, Func<Task>? beforeCommit, CancellationToken ct)
    {
        var objected = false;
        try
        {
            return await database.RunAsync(async tx =>
            {
                var receipts = await AcceptAsync(tx, kind, source, batch, ct);
                if (beforeCommit is not null)
                {
                    objected = true;
                    await beforeCommit();
                    objected = false;
                }
                return receipts;
            }, ct);
        }
        catch (Exception failure) when (!objected && !IsOutage(failure))
        {
            if (batch is [var poison]) return [await SetAsideAsync(kind, source, poison.Arrival, failure, ct)];
            var half = batch.Count / 2;
            var first = await TakeAsync(kind, source, [.. batch.Take(half)], beforeCommit, ct);
            return [.. first, .. await TakeAsync(kind, source, [.. batch.Skip(half)], beforeCommit, ct)];
        }
    }

    private static bool IsOutage(Exception failure) => failure is OperationCanceledException or NpgsqlException { IsTransient: true } or NpgsqlException { InnerException: IOException or TimeoutException };

    private async Task<IReadOnlyList<DocumentReceipt>> AcceptAsync(HubTransaction tx, DocumentKind kind, DocumentSource source, IReadOnlyList<Reading> batch, CancellationToken ct)
    {
        var known = await InboxRows.FindAsync(tx, kind, [.. batch.Select(r => r.Arrival)], ct);
        var receipts = new DocumentReceipt[batch.Count];
        var readable = new List<int>();
        for (var i = 0; i < batch.Count; i++)
        {
            // A pushing shop is owed its answer every time; a pull that looks again over the overlap is not.
            if (known[i] is { } before && source != DocumentSource.Push) receipts[i] = new(batch[i].Arrival.Raw.ExternalId, false, before.State, null, null);
            else if (batch[i].Unreadable is { } reason) receipts[i] = new(batch[i].Arrival.Raw.ExternalId, known[i] is null, DocumentState.Quarantined, reason, null);
            else readable.Add(i);
        }

        var now = clock.GetUtcNow();
        var fates = receipts.Select(r => r?.State).ToArray();
        if (kind == DocumentKind.Order)
        {
            var answers = await orders.AcceptAsync(tx, [.. readable.Select(i => batch[i].Order!)], null, ct, outcomes =>
            {
                foreach (var (i, outcome) in readable.Zip(outcomes)) fates[i] = StateOf(outcome);
                KeepUnknown();
            });
            foreach (var (i, answer) in readable.Zip(answers)) receipts[i] = new(batch[i].Arrival.Raw.ExternalId, known[i] is null, StateOf(answer.Outcome), answer.Reason, answer);
        }
        else
        {
            foreach (var i in readable) fates[i] = DocumentState.Applied;
            if (readable.Count > 0) await refunds.AcceptAsync(tx, [.. readable.Select(i => batch[i].Refund!)], ct);
            foreach (var i in readable) receipts[i] = new(batch[i].Arrival.Raw.ExternalId, known[i] is null, DocumentState.Applied, null, null);
            KeepUnknown();
        }

        // a payload known as applied keeps that word when the shop sends it again
        await InboxRows.FreeAsync(tx, [.. Enumerable.Range(0, batch.Count).Where(i => known[i] is { State: DocumentState.Quarantined } && receipts[i].State != DocumentState.Quarantined)
            .Select(i => (known[i]!.InboxId, receipts[i].State))], now, ct);
        return receipts;

        // the best fate first: the same payload twice in a batch is accepted once and unchanged once, and its row says accepted
        void KeepUnknown() => InboxRows.Keep(tx, kind, source, [.. Enumerable.Range(0, batch.Count).Where(i => known[i] is null).OrderBy(i => fates[i])
            .Select(i => new DocumentFate(batch[i].Arrival, fates[i]!.Value, batch[i].Unreadable))], now);
    }

    /// <summary>Outside the transaction: a mapper is pure, and whatever it throws is about this payload and nothing else.</summary>
    private Reading Read(DocumentKind kind, Arrival arrival)
    {
        var (shop, raw) = arrival;
        var adapter = adapters.For(shop.Kind);
        try
        {
            return kind == DocumentKind.Order
                ? new(arrival, SameSecond.Newest(adapter, adapter.MapOrder(shop.Id, raw)) with { TraceId = arrival.TraceId }, null, null)
                : new(arrival, null, SameSecond.Newest(adapter, adapter.MapRefund(shop.Id, raw)), null);
        }
        catch (UnreadablePayloadException unreadable)
        {
            return new(arrival, null, null, unreadable.Message);
        }
        catch (Exception gap)
        {
            log.LogError(gap, "Mapper of {Kind} failed on {ExternalId} of shop {Shop}", shop.Kind, raw.ExternalId, shop.Code);
            return new(arrival, null, null, $"报文无法解析：{gap.Message}");
        }
    }

    private async Task<DocumentReceipt> SetAsideAsync(DocumentKind kind, DocumentSource source, Arrival poison, Exception failure, CancellationToken ct)
    {
        log.LogError(failure, "Document {ExternalId} of shop {Shop} could not be taken; quarantined", poison.Raw.ExternalId, poison.Shop.Code);
        var reason = $"入库失败：{failure.Message}";
        return await database.RunAsync(async tx =>
        {
            var known = (await InboxRows.FindAsync(tx, kind, [poison], ct))[0];
            InboxRows.Keep(tx, kind, source, [new(poison, DocumentState.Quarantined, reason)], clock.GetUtcNow());
            return new DocumentReceipt(poison.Raw.ExternalId, known is null, DocumentState.Quarantined, reason, null);
        }, ct);
    }

    private static DocumentState StateOf(IntakeOutcome outcome) => outcome switch
    {
        IntakeOutcome.Accepted => DocumentState.Applied,
        IntakeOutcome.Unchanged => DocumentState.Unchanged,
        IntakeOutcome.Stale => DocumentState.Stale,
        _ => throw new ArgumentOutOfRangeException(nameof(outcome)),
    };
}
