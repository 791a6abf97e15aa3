using OrderHub.Platform.Data;
using OrderHub.Platform.Jobs;

namespace OrderHub.Channels.Pulling;

/// <summary>Starts the pulls that are due and does not wait for them, so that a slow shop delays nobody. Any host may claim any shop.</summary>
internal sealed class PullDueShopsJob(HubDatabase database, RunningPulls running, TimeProvider clock) : IJob
{
    /// <summary>A proof asks nothing until one of its hours is due; looking that up more often helps nobody.</summary>
    private static readonly TimeSpan ProofAtLeast = TimeSpan.FromSeconds(20);

    public async Task<JobReport> RunAsync(CancellationToken ct)
    {
        var due = await ClaimAsync(running.FreeSlots, ct);
        return new(due.Count, due.Count(running.TryStart));
    }

    /// <summary>A claimed stream is due again one interval after this start, even if the pull never ends; in promo mode the interval is short.</summary>
    private Task<List<PullShop>> ClaimAsync(int atMost, CancellationToken ct) => database.QueryAsync("""
        update channels_cursors c set next_due_at = $1 + case when n.stream = 3 then greatest(n.every, $3) else n.every end
          from (select d.shop_id, d.stream, least(s.pull_every, (select p.every from channels_promo p where p.ends_at > $1)) as every
                  from channels_cursors d join channels_connections s using (shop_id)
                 where d.next_due_at <= $1 order by d.next_due_at limit $2 for update of d skip locked) n
         where c.shop_id = n.shop_id and c.stream = n.stream
        returning c.shop_id, c.stream
        """, r => new PullShop(r.GetInt32(0), (PullStream)r.GetInt16(1)), ct, clock.GetUtcNow(), atMost, ProofAtLeast);
}
