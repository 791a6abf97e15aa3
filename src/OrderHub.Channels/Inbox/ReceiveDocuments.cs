using Microsoft.Extensions.Logging;
using Npgsql;
using OrderHub.AfterSales.Contracts;
using OrderHub.Catalog.Contracts;
using OrderHub.Channels.Adapters;
using OrderHub.Channels.Connections;
using OrderHub.Orders.Contracts;
using OrderHub.Platform.Accounts;
using OrderHub.Platform.Data;

namespace OrderHub.Channels.Inbox;

/// <summary>A batch of payloads from one shop.</summary>
/// <param name="Documents">As the platform sent them; the same one may occur twice.</param>
internal sealed record ReceiveDocuments(Shop Shop, DocumentKind Kind, DocumentSource Source, IReadOnlyList<RawDocument> Documents);

/// <param name="IsNew">False when this very payload was in the inbox before.</param>
/// <param name="Answer">What the orders module said; null for refunds, quarantined documents and pulled repetitions.</param>
internal sealed record DocumentReceipt(string ExternalId, bool IsNew, DocumentState State, string? Reason, IntakeAnswer? Answer);

/// <summary>
/// The one way in: payloads are kept, mapped and accepted in one transaction per batch. What cannot be read is quarantined with its
/// reason. A batch that fails as a whole is halved until the poison document stands alone, and only that one is set aside.
/// An outage is thrown: then nothing of the failing part is stored and the caller must not move on.
/// </summary>
internal sealed class ReceiveDocumentsHandler(HubDatabase database, PlatformAdapters adapters, IOrderIntake orders, IRefundIntake refunds,
    TimeProvider clock, ILogger<ReceiveDocumentsHandler> log)
{
    public const int BatchSize = 200;

    /// <returns>One receipt per document, in the same sequence.</returns>
    public async Task<IReadOnlyList<DocumentReceipt>> HandleAsync(ReceiveDocuments command, CancellationToken ct)
    {
        var receipts = new List<DocumentReceipt>(command.Documents.Count);
        foreach (var batch in command.Documents.Chunk(BatchSize)) receipts.AddRange(await TakeAsync(command with { Documents = batch }, ct));
        return receipts;
    }

    private async Task<IReadOnlyList<DocumentReceipt>> TakeAsync(ReceiveDocuments batch, CancellationToken ct)
    {
        try
        {
            return await database.RunAsync(tx => AcceptAsync(tx, batch, ct), ct);
        }
        catch (Exception failure) when (!IsOutage(failure))
        {
            if (batch.Documents is [var poison]) return [await SetAsideAsync(batch, poison, failure, ct)];
            var half = batch.Documents.Count / 2;
            var first = await TakeAsync(batch with { Documents = [.. batch.Documents.Take(half)] }, ct);
            return [.. first, .. await TakeAsync(batch with { Documents = [.. batch.Documents.Skip(half)] }, ct)];
        }
    }

    private static bool IsOutage(Exception failure) => failure is OperationCanceledException or NpgsqlException { IsTransient: true } or NpgsqlException { InnerException: IOException or TimeoutException };

    private async Task<IReadOnlyList<DocumentReceipt>> AcceptAsync(HubTransaction tx, ReceiveDocuments batch, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var kept = await InboxRows.KeepAsync(tx, batch.Shop.Id, batch.Kind, batch.Source, batch.Documents, now, ct);
        var receipts = new DocumentReceipt[kept.Count];
        var readable = new List<(int At, IncomingOrder? Order, IncomingRefund? Refund)>();
        for (var i = 0; i < kept.Count; i++)
        {
            // A pushing shop is owed its answer every time; a pull that looks again over the overlap is not.
            if (!kept[i].IsNew && batch.Source != DocumentSource.Push) receipts[i] = new(kept[i].Raw.ExternalId, false, kept[i].State, null, null);
            else if (Read(batch, kept[i].Raw, out var order, out var refund) is { } reason) receipts[i] = new(kept[i].Raw.ExternalId, kept[i].IsNew, DocumentState.Quarantined, reason, null);
            else readable.Add((i, order, refund));
        }

        if (batch.Kind == DocumentKind.Order && readable.Count > 0)
        {
            var answers = await orders.AcceptAsync(tx, [.. readable.Select(r => r.Order!)], Actor.Channel(batch.Shop.Code), ct);
            foreach (var ((at, _, _), answer) in readable.Zip(answers))
                receipts[at] = new(kept[at].Raw.ExternalId, kept[at].IsNew, StateOf(answer.Outcome), answer.Reason, answer);
        }
        else if (readable.Count > 0)
        {
            await refunds.AcceptAsync(tx, [.. readable.Select(r => r.Refund!)], ct);
            foreach (var (at, _, _) in readable) receipts[at] = new(kept[at].Raw.ExternalId, kept[at].IsNew, DocumentState.Applied, null, null);
        }

        // A payload known as applied keeps that word when the shop sends it again.
        var fates = receipts.Select((r, i) => (Receipt: r, Kept: kept[i]))
            .Where(x => x.Kept.IsNew || (x.Kept.State == DocumentState.Quarantined && x.Receipt.State != DocumentState.Quarantined))
            .Select(x => new DocumentFate(x.Kept.InboxId, x.Receipt.State, x.Receipt.State == DocumentState.Quarantined ? x.Receipt.Reason : null)).ToList();
        if (fates.Count > 0) await InboxRows.SettleAsync(tx, fates, now, ct);
        return receipts;
    }

    /// <returns>Why it cannot be read, or null.</returns>
    private string? Read(ReceiveDocuments batch, RawDocument raw, out IncomingOrder? order, out IncomingRefund? refund)
    {
        (order, refund) = (null, null);
        var adapter = adapters.For(batch.Shop.Kind);
        try
        {
            if (batch.Kind == DocumentKind.Order) order = SameSecond.Newest(adapter, adapter.MapOrder(batch.Shop.Id, raw));
            else refund = SameSecond.Newest(adapter, adapter.MapRefund(batch.Shop.Id, raw));
            return null;
        }
        catch (UnreadablePayloadException unreadable)
        {
            return unreadable.Message;
        }
        catch (Exception gap)
        {
            // The mapper is pure: whatever it throws is about this payload and nothing else.
            log.LogError(gap, "Mapper of {Kind} failed on {ExternalId} of shop {Shop}", batch.Shop.Kind, raw.ExternalId, batch.Shop.Code);
            return $"报文无法解析：{gap.Message}";
        }
    }

    private async Task<DocumentReceipt> SetAsideAsync(ReceiveDocuments batch, RawDocument poison, Exception failure, CancellationToken ct)
    {
        log.LogError(failure, "Document {ExternalId} of shop {Shop} could not be taken; quarantined", poison.ExternalId, batch.Shop.Code);
        var reason = $"入库失败：{failure.Message}";
        return await database.RunAsync(async tx =>
        {
            var now = clock.GetUtcNow();
            var kept = (await InboxRows.KeepAsync(tx, batch.Shop.Id, batch.Kind, batch.Source, [poison], now, ct))[0];
            await InboxRows.SettleAsync(tx, [new(kept.InboxId, DocumentState.Quarantined, reason)], now, ct);
            return new DocumentReceipt(poison.ExternalId, kept.IsNew, DocumentState.Quarantined, reason, null);
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
