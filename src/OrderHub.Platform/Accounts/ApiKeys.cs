using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OrderHub.Platform.Data;
using OrderHub.Platform.Results;

namespace OrderHub.Platform.Accounts;

/// <summary>A program's key. Only its SHA-256 is kept: 32 random bytes need no salt and no slow hash.</summary>
internal sealed class ApiKey
{
    public long Id { get; init; }

    /// <summary>Names the client; several keys may share it while one replaces the other.</summary>
    public string Name { get; init; } = "";
    public string Role { get; init; } = "";
    public byte[] Hash { get; init; } = [];
    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? RevokedAt { get; init; }
}

internal sealed class ApiKeyMapping : IEntityTypeConfiguration<ApiKey>
{
    public void Configure(EntityTypeBuilder<ApiKey> key)
    {
        key.ToTable("platform_api_keys");
        key.HasIndex(x => x.Hash).IsUnique();
    }
}

public sealed record ApiKeyOwner(string Name, string Role);

public sealed class ApiKeys(HubDatabase database, TimeProvider clock)
{
    private const string Prefix = "ohk_";

    /// <returns>The key itself; it can never be shown again.</returns>
    public async Task<Result<string>> CreateAsync(string name, string role, CancellationToken ct)
    {
        if (string.IsNullOrWhiteSpace(name)) return AccountErrors.NameMissing;
        if (!Roles.All.Contains(role)) return AccountErrors.UnknownRole(role);
        var key = Prefix + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
        await database.RunAsync(tx => tx.ExecuteAsync(
            "insert into platform_api_keys (name, role, hash, created_at) values ($1, $2, $3, $4)", ct, name.Trim(), role, Hash(key), clock.GetUtcNow()), ct);
        return key;
    }

    /// <returns>How many keys of that name stopped working.</returns>
    public Task<int> RevokeAsync(string name, CancellationToken ct) => database.RunAsync(tx => tx.ExecuteAsync(
        "update platform_api_keys set revoked_at = $2 where name = $1 and revoked_at is null", ct, name, clock.GetUtcNow()), ct);

    public async Task<ApiKeyOwner?> FindAsync(string key, CancellationToken ct) => (await database.QueryAsync(
        "select name, role from platform_api_keys where hash = $1 and revoked_at is null",
        r => new ApiKeyOwner(r.GetString(0), r.GetString(1)), ct, Hash(key))).FirstOrDefault();

    private static byte[] Hash(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));
}
