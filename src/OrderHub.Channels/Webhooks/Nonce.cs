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
    public async Task<bool> TakeAsync(string appKey, string nonce, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        return await database.RunAsync(tx => tx.ExecuteAsync("""
            insert into channels_nonces as n (app_key, value, seen_at) values ($1, $2, $3)
            on conflict (app_key, value) do update set seen_at = excluded.seen_at where n.seen_at < $4
            """, ct, appKey, nonce, now, now - Remembered), ct) > 0;
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
