using OrderHub.Platform.Accounts;
using OrderHub.Platform.Actions;
using OrderHub.Platform.Audit;
using OrderHub.Platform.Data;
using OrderHub.Platform.Results;

namespace OrderHub.Channels.Deliveries;

/// <summary>People put failed deliveries back into the queue, after the reason for the refusal was dealt with.</summary>
internal sealed record ResendDeliveries(int ShopId, IReadOnlyList<long> DeliveryIds);

internal sealed class ResendDeliveriesHandler(HubDatabase database, CurrentActor current, AuditTrail audit, TimeProvider clock)
{
    /// <returns>How many are waiting again.</returns>
    public Task<Result<int>> HandleAsync(ResendDeliveries command, CancellationToken ct) => database.RunAsync<Result<int>>(async tx =>
    {
        var subjects = await tx.QueryAsync("""
            update channels_deliveries set state = 1, attempts = 0, due_at = $3, claimed_until = null, revision = revision + 1
             where shop_id = $1 and id = any($2) and (state in (3, 4) or (state = 1 and due_at > $3)) returning subject
            """, r => r.GetString(0), ct, command.ShopId, command.DeliveryIds.ToArray(), clock.GetUtcNow());
        if (subjects.Count == 0) return ChannelErrors.NothingToResend;
        await audit.WriteAsync(tx, current.Actor, "channels.resend", string.Join(' ', subjects.Take(20)), null, null, new { Deliveries = subjects.Count }, ct);
        return subjects.Count;
    }, ct);
}
