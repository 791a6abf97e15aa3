using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OrderHub.Platform.Texts;

namespace OrderHub.Platform.Incidents;

/// <summary>What is wrong, named so that the same trouble always has the same name: <c>channels.pull:tb-demo:orders</c>.</summary>
/// <param name="Kind">Who watches and for what, <c>module.what</c>.</param>
/// <param name="Subject">What it is wrong with.</param>
public sealed record IncidentKey(string Kind, string Subject)
{
    public override string ToString() => $"{Kind}:{Subject}";
}

/// <summary>What to say about it now.</summary>
/// <param name="Facts">The latest words; they replace those from before.</param>
/// <param name="Link">Where to look, from the root of the site.</param>
/// <param name="Owners">Notification targets that are told; empty = all that are enabled.</param>
/// <param name="Evidence">What was seen (a time, a row's id): the same evidence again is not another occurrence. Null = every call counts.</param>
public sealed record IncidentNews(Words Title, IReadOnlyList<Fact> Facts, string? Link, IReadOnlyCollection<long> Owners, bool IsCritical = false, string? Evidence = null);

/// <summary>Trouble from its first sign to its end. Open once per key, which the database guarantees.</summary>
internal sealed class Incident
{
    public long Id { get; init; }

    /// <summary>An <see cref="IncidentKey"/> as text.</summary>
    public string Key { get; init; } = "";
    public string Title { get; init; } = "";
    public string Facts { get; init; } = "";
    public string? Link { get; init; }
    public bool Critical { get; init; }
    public string? Evidence { get; init; }
    public DateTimeOffset OpenedAt { get; init; }
    public DateTimeOffset LastSeenAt { get; init; }
    public int Occurrences { get; init; }
    public DateTimeOffset? ClosedAt { get; init; }

    /// <summary>How often it seemed over and came back within the quiet time.</summary>
    public int Relapses { get; init; }
}

internal sealed class IncidentMapping : IEntityTypeConfiguration<Incident>
{
    public void Configure(EntityTypeBuilder<Incident> incident)
    {
        incident.ToTable("platform_incidents", t => t.HasCheckConstraint("ck_platform_incidents_occurrences", "occurrences > 0"));
        incident.Property(x => x.Title).HasColumnType("jsonb");
        incident.Property(x => x.Facts).HasColumnType("jsonb");
        incident.HasIndex(x => x.Key, "ix_platform_incidents_open").IsUnique().HasFilter("closed_at is null");
        incident.HasIndex(x => new { x.Key, x.ClosedAt });
        incident.HasIndex(x => x.OpenedAt);
    }
}
