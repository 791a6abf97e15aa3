using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OrderHub.Platform.Accounts;
using OrderHub.Platform.Actions;
using OrderHub.Platform.Audit;
using OrderHub.Platform.Data;
using OrderHub.Platform.Results;

namespace OrderHub.Channels.Pulling;

/// <summary>
/// The promotion switch: until it ends every shop is pulled at least this often and with more calls side by side, within each platform's
/// budget. It ends by itself, because everything that asks compares with the clock. At most one row.
/// </summary>
internal sealed class PromoMode
{
    public const short TheOne = 1;
    public static readonly TimeSpan PullEvery = TimeSpan.FromSeconds(3), Longest = TimeSpan.FromDays(3);

    public short Id { get; init; }
    public DateTimeOffset StartedAt { get; init; }
    public DateTimeOffset EndsAt { get; init; }
    public TimeSpan Every { get; init; }
    public string StartedBy { get; init; } = "";
}

internal sealed class PromoModeMapping : IEntityTypeConfiguration<PromoMode>
{
    public void Configure(EntityTypeBuilder<PromoMode> promo)
    {
        promo.ToTable("channels_promo", t => t.HasCheckConstraint("ck_channels_promo_one", "id = 1 and ends_at >= started_at"));
        promo.Property(x => x.Id).ValueGeneratedNever();
    }
}

internal sealed class SwitchPromoHandler(HubDatabase database, CurrentActor current, AuditTrail audit, TimeProvider clock)
{
    /// <summary>Null while it is off.</summary>
    public async Task<PromoMode?> CurrentAsync(CancellationToken ct) => (await database.QueryAsync("select started_at, ends_at, every, started_by from channels_promo where ends_at > $1",
        r => new PromoMode { Id = PromoMode.TheOne, StartedAt = r.GetFieldValue<DateTimeOffset>(0), EndsAt = r.GetFieldValue<DateTimeOffset>(1), Every = r.GetFieldValue<TimeSpan>(2), StartedBy = r.GetString(3) },
        ct, clock.GetUtcNow())).FirstOrDefault();

    /// <summary>On from now, or a new end for one that is on; every shop is due at once.</summary>
    public async Task<Result> StartAsync(TimeSpan lasts, CancellationToken ct)
    {
        if (lasts <= TimeSpan.Zero || lasts > PromoMode.Longest) return ChannelErrors.PromoTooLong;
        var now = clock.GetUtcNow();
        await database.RunAsync(async tx =>
        {
            await tx.ExecuteAsync("""
                insert into channels_promo as p (id, started_at, ends_at, every, started_by) values (1, $1, $2, $3, $4)
                on conflict (id) do update set started_at = case when p.ends_at > $1 then p.started_at else excluded.started_at end, ends_at = excluded.ends_at, every = excluded.every, started_by = excluded.started_by
                """, ct, now, now + lasts, PromoMode.PullEvery, current.Actor.Name);
            await tx.ExecuteAsync("update channels_cursors set next_due_at = least(next_due_at, $1)", ct, now);
            await audit.WriteAsync(tx, current.Actor, "channels.promo_start", "", null, null, new { EndsAt = now + lasts }, ct);
        }, ct);
        return Result.Ok;
    }

    public async Task<Result> StopAsync(CancellationToken ct)
    {
        await database.RunAsync(async tx =>
        {
            if (await tx.ExecuteAsync("update channels_promo set ends_at = greatest(started_at, $1) where ends_at > $1", ct, clock.GetUtcNow()) > 0)
                await audit.WriteAsync(tx, current.Actor, "channels.promo_stop", "", null, null, null, ct);
        }, ct);
        return Result.Ok;
    }
}
