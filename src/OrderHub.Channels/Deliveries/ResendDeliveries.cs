using OrderHub.Platform.Actions;
using OrderHub.Platform.Audit;
using OrderHub.Platform.Data;
using OrderHub.Platform.Results;

namespace OrderHub.Channels.Deliveries;

/// <summary>People put failed deliveries back into the queue, after the reason for the refusal was dealt with.</summary>
internal sealed record ResendDeliveries(int ShopId, IReadOnlyList<long> DeliveryIds);

/// <summary>Queued: it is sent again. Waiting: it stood in the queue already and its turn is now. Settled: it was told meanwhile. Gone: there is no such delivery.</summary>
internal enum ResendAnswer { Queued, Waiting, Settled, Gone }

/// <summary>Every delivery of the shop that failed, a part at a time, so that the page can show each row's answer as it comes.</summary>
/// <param name="After">The last one of the part before; 0 at first.</param>
internal sealed record ResendFailed(int ShopId, long After);

internal sealed class ResendDeliveriesHandler(HubDatabase database, DeliverySignal signal, CurrentActor current, AuditTrail audit, TimeProvider clock)
{
    public const int Part = 200;

    /// <returns>What became of each, in the sequence asked; a refusal when not one of them could be sent again.</returns>
    public Task<Result<IReadOnlyList<(long DeliveryId, ResendAnswer Answer)>>> HandleAsync(ResendDeliveries command, CancellationToken ct) =>
        database.RunAsync<Result<IReadOnlyList<(long, ResendAnswer)>>>(async tx =>
        {
            var now = clock.GetUtcNow();
            var found = (await tx.QueryAsync("select id, state, subject from channels_deliveries where shop_id = $1 and id = any($2) order by subject_id for no key update",
                r => (Id: r.GetInt64(0), State: (DeliveryState)r.GetInt16(1), Subject: r.GetString(2)), ct, command.ShopId, command.DeliveryIds.ToArray())).ToDictionary(d => d.Id);
            var again = found.Values.Where(d => AnswerTo(d.State) is ResendAnswer.Queued or ResendAnswer.Waiting).ToList();
            if (again.Count == 0) return ChannelErrors.NothingToResend;
            await tx.ExecuteAsync("""
                update channels_deliveries set state = 1, attempts = 0, due_at = $2, place_at = $2 - $3, claimed_until = null, revision = revision + case when state = 1 then 0 else 1 end
                 where id = any($1) and (claimed_until is null or claimed_until <= $2)
                """, ct, again.Select(d => d.Id).ToArray(), now, DeliveryQueue.Ahead);
            await audit.WriteAsync(tx, current.Actor, "channels.resend", string.Join(' ', again.Select(d => d.Subject).Take(20)), null, null, new { Deliveries = again.Count }, ct);
            tx.AfterCommit(signal.Wake);
            return command.DeliveryIds.Select(id => (id, found.TryGetValue(id, out var delivery) ? AnswerTo(delivery.State) : ResendAnswer.Gone)).ToList();
        }, ct);

    /// <returns>Empty when there are no more.</returns>
    public async Task<Result<IReadOnlyList<(long DeliveryId, ResendAnswer Answer)>>> HandleAsync(ResendFailed command, CancellationToken ct)
    {
        var failed = await database.QueryAsync("select id from channels_deliveries where shop_id = $1 and state in (3, 4) and id > $2 order by id limit $3", r => r.GetInt64(0), ct, command.ShopId, command.After, Part);
        if (failed.Count == 0) return Array.Empty<(long, ResendAnswer)>();
        var outcome = await HandleAsync(new ResendDeliveries(command.ShopId, failed), ct);
        // colleagues may have been quicker with all of them
        return outcome.Error?.Code == ChannelErrors.NothingToResend.Code ? failed.Select(id => (id, ResendAnswer.Settled)).ToList() : outcome;
    }

    private static ResendAnswer AnswerTo(DeliveryState state) => state switch
    {
        DeliveryState.Failed or DeliveryState.Dead => ResendAnswer.Queued,
        DeliveryState.Waiting => ResendAnswer.Waiting,
        _ => ResendAnswer.Settled,
    };
}
