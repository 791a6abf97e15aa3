using OrderHub.Platform.Actions;
using OrderHub.Platform.Audit;
using OrderHub.Platform.Data;
using OrderHub.Platform.Results;

namespace OrderHub.Channels.Deliveries;

/// <summary>People put failed deliveries back into the queue, after the reason for the refusal was dealt with.</summary>
internal sealed record ResendDeliveries(int ShopId, IReadOnlyList<long> DeliveryIds);

/// <summary>Queued: it is sent again. Waiting: it stood in the queue already and its turn is now. Settled: it was told meanwhile. Gone: there is no such delivery.</summary>
internal enum ResendAnswer { Queued, Waiting, Settled, Gone }

internal sealed class ResendDeliveriesHandler(HubDatabase database, DeliverySignal signal, CurrentActor current, AuditTrail audit, TimeProvider clock)
{
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

    private static ResendAnswer AnswerTo(DeliveryState state) => state switch
    {
        DeliveryState.Failed or DeliveryState.Dead => ResendAnswer.Queued,
        DeliveryState.Waiting => ResendAnswer.Waiting,
        _ => ResendAnswer.Settled,
    };
}
