using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OrderHub.Platform.Data;
using OrderHub.Platform.Jobs;

namespace OrderHub.Channels.Webhooks;

/// <summary>A nonce an app used lately. In the database, because a replay may come to another host.</summary>
internal sealed class Nonce
{
    public string AppKey { get; init; } = "";
    public string Value { get; init; } = "";
    public DateTimeOffset SeenAt { get; init; }
}

internal sealed class NonceMapping : IEntityTypeConfiguration<Nonce>
{
    public void Configure(EntityTypeBuilder<Nonce> nonce)
    {
        nonce.ToTable("channels_nonces");
        nonce.HasKey(x => new { x.AppKey, x.Value });
        nonce.HasIndex(x => x.SeenAt);
    }
}

internal sealed class NonceMemory(HubDatabase database, TimeProvider clock)
{
    /// <summary>As long as a timestamp can stay valid: 300 s ahead and 300 s behind.</summary>
    public static readonly TimeSpan Remembered = TimeSpan.FromMinutes(10);

    /// <returns>False when the app used it within ten minutes.</returns>
    public async Task<bool> TakeAsync(string appKey, string nonce, CancellationToken ct) => (await TakeAsync([(appKey, nonce)], ct)).Count > 0;

    /// <summary>Does not wait for the disk: the push's own commit follows and carries it along, and a push that never committed may come again.</summary>
    /// <param name="nonces">Each once.</param>
    /// <returns>Those not used within ten minutes.</returns>
    public async Task<IReadOnlySet<(string AppKey, string Nonce)>> TakeAsync(IReadOnlyCollection<(string AppKey, string Nonce)> nonces, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        return (await database.QueryAsync("""
            insert into channels_nonces as n (app_key, value, seen_at)
            select app, value, $3 from unnest($1, $2) as k(app, value), (select set_config('synchronous_commit', 'off', true)) as later order by 1, 2
            on conflict (app_key, value) do update set seen_at = excluded.seen_at where n.seen_at < $4
            returning app_key, value
            """, r => (r.GetString(0), r.GetString(1)), ct, nonces.Select(n => n.AppKey).ToArray(), nonces.Select(n => n.Nonce).ToArray(), now, now - Remembered)).ToHashSet();
    }
}

internal sealed class PruneNoncesJob(HubDatabase database, TimeProvider clock) : IJob
{
    public async Task<JobReport> RunAsync(CancellationToken ct)
    {
        var removed = await database.RunAsync(tx => tx.ExecuteAsync("delete from channels_nonces where seen_at < $1", ct, clock.GetUtcNow() - NonceMemory.Remembered), ct);
        return new(removed, removed);
    }
}
