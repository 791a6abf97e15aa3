using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace OrderHub.Channels.Imports.Runs;

/// <summary>Draft → checking → checked → importing → done. Checking and importing go on in the background until they end or someone stops them.</summary>
internal enum ImportState : short { Draft = 1, Checking = 2, Checked = 3, Importing = 4, Done = 5, Cancelled = 6, Failed = 7 }

/// <summary>One uploaded file on its way into the orders.</summary>
internal sealed class ImportRun
{
    public long Id { get; init; }
    public int ShopId { get; init; }
    public string FileName { get; init; } = "";
    public int FileBytes { get; init; }

    /// <summary>The file itself, until its import is done; null afterwards.</summary>
    public byte[]? Content { get; init; }
    public string[] Headers { get; init; } = [];

    /// <summary>The first rows as they are, jsonb array of arrays with the row number in front: the preview needs no second look at the file.</summary>
    public string Sample { get; init; } = "[]";

    /// <summary>Names of <see cref="Columns.ImportField"/> per column; empty = not used.</summary>
    public string[] Mapping { get; init; } = [];
    public ImportState State { get; init; }
    public int RowsTotal { get; init; }
    public int OrdersTotal { get; init; }

    /// <summary>Orders dealt with; moves in the transaction that accepts them, so that a restart neither skips nor repeats.</summary>
    public int Position { get; init; }
    public int Added { get; init; }
    public int Changed { get; init; }
    public int Unchanged { get; init; }

    /// <summary>The hub knows a newer version.</summary>
    public int Stale { get; init; }
    public int Refused { get; init; }
    public int ToReview { get; init; }
    public int Short { get; init; }
    public bool CancelAsked { get; init; }
    public string? Failure { get; init; }
    public string StartedBy { get; init; } = "";
    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? StartedAt { get; init; }
    public DateTimeOffset? FinishedAt { get; init; }
}

internal sealed class ImportRunMapping : IEntityTypeConfiguration<ImportRun>
{
    public void Configure(EntityTypeBuilder<ImportRun> run)
    {
        run.ToTable("channels_imports", t => t.HasCheckConstraint("ck_channels_imports_position", "position between 0 and orders_total"));
        run.Property(x => x.Sample).HasColumnType("jsonb");
        run.HasIndex(x => x.Id, "ix_channels_imports_running").HasFilter("state in (2, 4)");
        run.HasIndex(x => x.CreatedAt);
    }
}

/// <summary>Why a row was refused, or what to know about it; as a localizer key with its values.</summary>
internal sealed class ImportFinding
{
    public long Id { get; init; }
    public long ImportId { get; init; }
    public int Row { get; init; }
    public string OrderNo { get; init; } = "";
    public bool IsRemark { get; init; }
    public string Message { get; init; } = "";

    /// <summary>jsonb array of texts.</summary>
    public string Arguments { get; init; } = "[]";
}

internal sealed class ImportFindingMapping : IEntityTypeConfiguration<ImportFinding>
{
    public void Configure(EntityTypeBuilder<ImportFinding> finding)
    {
        finding.ToTable("channels_import_findings");
        finding.Property(x => x.Arguments).HasColumnType("jsonb");
        finding.HasIndex(x => new { x.ImportId, x.IsRemark, x.Row });
        finding.HasOne<ImportRun>().WithMany().HasForeignKey(x => x.ImportId).OnDelete(DeleteBehavior.Cascade);
    }
}

/// <summary>How a shop's files with these columns were read last time.</summary>
internal sealed class RememberedMapping
{
    public int ShopId { get; init; }
    public byte[] HeaderHash { get; init; } = [];
    public string[] Mapping { get; init; } = [];
    public DateTimeOffset UsedAt { get; init; }
}

internal sealed class RememberedMappingMapping : IEntityTypeConfiguration<RememberedMapping>
{
    public void Configure(EntityTypeBuilder<RememberedMapping> mapping)
    {
        mapping.ToTable("channels_import_mappings");
        mapping.HasKey(x => new { x.ShopId, x.HeaderHash });
    }
}
