using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace OrderHub.Channels.ReadBacks;

/// <summary>One comparison of a shop's listings with what the platform shows.</summary>
internal sealed class ReadBack
{
    public long Id { get; init; }
    public int ShopId { get; init; }

    /// <summary>In shop time; once a day, unless people ask for more.</summary>
    public DateOnly Day { get; init; }
    public DateTimeOffset StartedAt { get; init; }
    public int TookMs { get; init; }
    public int Seen { get; init; }

    /// <summary>The platform showed another quantity and a repair is owed.</summary>
    public int Repaired { get; init; }

    /// <summary>The platform does not know the listing.</summary>
    public int Unknown { get; init; }

    /// <summary>Why it broke off; what was compared before counts.</summary>
    public string? Error { get; init; }
}

/// <summary>A listing whose platform showed something else than we published.</summary>
internal sealed class StockDifference
{
    public long Id { get; init; }
    public int ShopId { get; init; }
    public long ListingId { get; init; }
    public string MerchantCode { get; init; } = "";
    public DateTimeOffset At { get; init; }
    public int Published { get; init; }

    /// <summary>Null = the platform does not know the listing.</summary>
    public int? Shown { get; init; }
}

/// <summary>The one row of what people set about the read back.</summary>
internal sealed class ReadBackSetting
{
    public const int DefaultHour = 3;

    public int Id { get; init; }

    /// <summary>From this hour on in shop time, 0–23.</summary>
    public int Hour { get; init; }
}

internal sealed class ReadBackMapping : IEntityTypeConfiguration<ReadBack>, IEntityTypeConfiguration<StockDifference>, IEntityTypeConfiguration<ReadBackSetting>
{
    public void Configure(EntityTypeBuilder<ReadBack> readBack)
    {
        readBack.ToTable("channels_read_backs");
        readBack.HasIndex(x => new { x.ShopId, x.Day });
    }

    public void Configure(EntityTypeBuilder<StockDifference> difference)
    {
        difference.ToTable("channels_stock_differences");
        difference.HasIndex(x => x.At);
    }

    public void Configure(EntityTypeBuilder<ReadBackSetting> setting)
    {
        setting.ToTable("channels_read_back_settings", t => t.HasCheckConstraint("channels_read_back_settings_one", "id = 1 and hour between 0 and 23"));
        setting.Property(x => x.Id).ValueGeneratedNever();
    }
}
