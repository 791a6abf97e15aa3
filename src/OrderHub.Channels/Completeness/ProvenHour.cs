using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace OrderHub.Channels.Completeness;

internal enum ProofState : short { Unchecked = 0, Complete = 1, Missing = 2 }

/// <summary>
/// One shop's orders of one hour (by their creation on the platform): what the platform lists against what is here. The platform is asked
/// by another way than the incremental pull, so that an order or a change this pull never showed is found.
/// </summary>
internal sealed class ProvenHour
{
    public int ShopId { get; init; }
    public DateTimeOffset Hour { get; init; }

    /// <summary>Within the hour it was looked up to here; the hour's end, once it is over and pulled.</summary>
    public DateTimeOffset? Until { get; init; }
    public ProofState State { get; init; }
    public int PlatformCount { get; init; }
    public int OurCount { get; init; }

    /// <summary>Sums over the orders whose amount the platform's list tells; null where it tells none.</summary>
    public long? PlatformFen { get; init; }
    public long? OurFen { get; init; }

    /// <summary>Part of the difference that stands in documents we have: the platform lowers its figure when it refunds, an order keeps what was paid.</summary>
    public long ExplainedFen { get; init; }

    /// <summary>
    /// The platform's numbers of what is not here, of orders that went on there without us, and of orders whose amount differs without
    /// explanation; at most 100, with the reason after a blank.
    /// </summary>
    public string[] Wanting { get; init; } = [];
    public int WantingCount { get; init; }

    /// <summary>Of these: orders that are here, but in an older state than the platform's.</summary>
    public int BehindCount { get; init; }

    /// <summary>Orders this proof found missing and fetched, over all checks.</summary>
    public int Recovered { get; init; }

    /// <summary>Changes the incremental pull had not shown, found and taken in by this proof, over all checks.</summary>
    public int CaughtUp { get; init; }
    public int Checks { get; init; }
    public DateTimeOffset? CheckedAt { get; init; }

    /// <summary>Null: proven for good.</summary>
    public DateTimeOffset? NextCheckAt { get; init; }
}

internal sealed class ProvenHourMapping : IEntityTypeConfiguration<ProvenHour>
{
    public void Configure(EntityTypeBuilder<ProvenHour> hour)
    {
        hour.ToTable("channels_completeness", t => t.HasCheckConstraint("ck_channels_completeness_state", "(state = 1) <= (wanting_count = 0) and our_count <= platform_count and behind_count <= wanting_count"));
        hour.HasKey(x => new { x.ShopId, x.Hour });
        hour.HasIndex(x => new { x.ShopId, x.NextCheckAt }).HasFilter("next_check_at is not null");
        hour.HasIndex(x => new { x.State, x.ShopId }).HasFilter("state = 2").HasDatabaseName("ix_channels_completeness_missing");
    }
}
