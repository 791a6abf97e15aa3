using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OrderHub.Allocation.Contracts;
using OrderHub.Allocation.Rules;

namespace OrderHub.Allocation.Network;

internal sealed class WarehouseRow
{
    public int Id { get; init; }
    public string Code { get; set; } = "";
    public string Name { get; set; } = "";
    public string Province { get; set; } = "";
    public string City { get; set; } = "";
    public string Address { get; set; } = "";
    public string ContactName { get; set; } = "";
    public string ContactPhone { get; set; } = "";
    public int Priority { get; set; }
    public bool Active { get; set; }

    /// <summary>Local time of the last pickup; null = whenever.</summary>
    public TimeOnly? CutOff { get; set; }

    /// <summary>Orders a business day; null = any number.</summary>
    public int? DailyCapacity { get; set; }

    /// <summary>What packing one parcel costs.</summary>
    public long PackFen { get; set; }

    /// <summary>What platforms call it besides its code and name.</summary>
    public string[] Aliases { get; set; } = [];
}

internal sealed class CourierRow
{
    public int Id { get; init; }
    public string Code { get; set; } = "";
    public string Name { get; set; } = "";
    public bool Active { get; set; }

    /// <summary>Cubic centimetres billed as a kilogram; null = by weight only.</summary>
    public int? VolumeDivisor { get; set; }
}

/// <summary>First weight and additional started steps. Null warehouse or province = all others.</summary>
internal sealed class RateRow
{
    public int Id { get; init; }
    public int CourierId { get; init; }
    public int? FromWarehouseId { get; init; }
    public string? ToProvince { get; init; }
    public int FirstGrams { get; set; }
    public long FirstFen { get; set; }
    public int StepGrams { get; set; }
    public long AdditionalFen { get; set; }
}

/// <summary>A business rule; <see cref="AllocationRule"/> tells what the columns mean.</summary>
internal sealed class RuleRow
{
    public int Id { get; init; }
    public string Name { get; set; } = "";

    /// <summary>Lower is asked first.</summary>
    public int Priority { get; set; }
    public bool Active { get; set; }
    public string[] Regions { get; set; } = [];
    public string[] Categories { get; set; } = [];
    public int[] SkuIds { get; set; } = [];
    public int[] ShopIds { get; set; } = [];
    public int? MinGrams { get; set; }
    public int? MaxGrams { get; set; }
    public long? MinFen { get; set; }
    public long? MaxFen { get; set; }
    public RuleEffect OnWarehouses { get; set; }
    public int[] WarehouseIds { get; set; } = [];
    public RuleEffect OnCouriers { get; set; }
    public int[] CourierIds { get; set; } = [];

    /// <summary>Counts what people changed in it; who saves over an edit not seen is refused.</summary>
    public int Version { get; set; }
}

/// <summary>Somewhere a courier, or nobody, goes for now.</summary>
internal sealed class SuspensionRow
{
    public int Id { get; init; }
    public int? CourierId { get; set; }
    public int? WarehouseId { get; set; }

    /// <summary>广东, 广东/深圳市, 广东/深圳市/南山区; null = everywhere.</summary>
    public string? Region { get; set; }
    public DateTimeOffset FromAt { get; set; }
    public DateTimeOffset? UntilAt { get; set; }
    public string Reason { get; set; } = "";
}

/// <summary>One row; <see cref="CostWeights"/>.</summary>
internal sealed class WeightsRow
{
    public int Id { get; init; }
    public int FreightPercent { get; set; }
    public int PackPercent { get; set; }
    public long LateDay { get; set; }
    public long PreferenceStep { get; set; }
    public long Balance { get; set; }
    public long Unnamed { get; set; }

    /// <summary>As a rule's.</summary>
    public int Version { get; set; }
}

/// <summary>One row; <see cref="Splitting.SplitRules"/>.</summary>
internal sealed class SplitRulesRow
{
    public int Id { get; init; }
    public long? FromFen { get; set; }
    public int MostParcels { get; set; }
    public long ParcelFen { get; set; }
    public int? MaxGrams { get; set; }
    public int? MaxCm3 { get; set; }
    public string[] Apart { get; set; } = [];
}

/// <summary>One row; provinces or cities that couriers ask more for, as <see cref="SuspensionRow.Region"/>.</summary>
internal sealed class RemoteAreasRow
{
    public int Id { get; init; }
    public string[] Regions { get; set; } = [];
}

/// <summary>Orders a warehouse with a daily capacity was given on a business day and still has, those before it had one too.</summary>
internal sealed class LoadRow
{
    public DateOnly Day { get; init; }
    public int WarehouseId { get; init; }
    public int Orders { get; set; }
}

/// <summary>One row; its number is the rules' version that decisions name.</summary>
internal sealed class NetworkVersionRow
{
    public int Id { get; init; }
    public long Version { get; set; }
}

internal sealed class NetworkMapping : IEntityTypeConfiguration<WarehouseRow>, IEntityTypeConfiguration<CourierRow>, IEntityTypeConfiguration<RateRow>,
    IEntityTypeConfiguration<RuleRow>, IEntityTypeConfiguration<SuspensionRow>, IEntityTypeConfiguration<WeightsRow>, IEntityTypeConfiguration<SplitRulesRow>, IEntityTypeConfiguration<RemoteAreasRow>, IEntityTypeConfiguration<LoadRow>, IEntityTypeConfiguration<NetworkVersionRow>
{
    public void Configure(EntityTypeBuilder<WarehouseRow> warehouse)
    {
        warehouse.ToTable("allocation_warehouses", t => t.HasCheckConstraint("allocation_warehouses_limits", "daily_capacity > 0 and pack_fen >= 0"));
        warehouse.HasIndex(x => x.Code).IsUnique();
        warehouse.Property(x => x.Active).HasDefaultValue(true);
        warehouse.Property(x => x.PackFen).HasDefaultValue(0L);
        warehouse.Property(x => x.Aliases).HasDefaultValueSql("'{}'");
    }

    public void Configure(EntityTypeBuilder<CourierRow> courier)
    {
        courier.ToTable("allocation_couriers", t => t.HasCheckConstraint("allocation_couriers_volume_divisor", "volume_divisor > 0"));
        courier.HasIndex(x => x.Code).IsUnique();
        courier.Property(x => x.Active).HasDefaultValue(true);
    }

    public void Configure(EntityTypeBuilder<RateRow> rate)
    {
        rate.ToTable("allocation_rates", t => t.HasCheckConstraint("allocation_rates_positive", "first_grams > 0 and first_fen >= 0 and step_grams > 0 and additional_fen >= 0"));
        rate.Property(x => x.StepGrams).HasDefaultValue(1000);
        rate.HasIndex(x => new { x.CourierId, x.FromWarehouseId, x.ToProvince }).IsUnique().AreNullsDistinct(false);
    }

    public void Configure(EntityTypeBuilder<RuleRow> rule)
    {
        rule.ToTable("allocation_rules");
        rule.HasIndex(x => x.Name).IsUnique();
        rule.Property(x => x.Active).HasDefaultValue(true);
        rule.Property(x => x.Version).HasDefaultValue(1);
        foreach (var list in new[] { nameof(RuleRow.Regions), nameof(RuleRow.Categories) }) rule.Property<string[]>(list).HasDefaultValueSql("'{}'");
        foreach (var list in new[] { nameof(RuleRow.SkuIds), nameof(RuleRow.ShopIds), nameof(RuleRow.WarehouseIds), nameof(RuleRow.CourierIds) }) rule.Property<int[]>(list).HasDefaultValueSql("'{}'");
        foreach (var effect in new[] { nameof(RuleRow.OnWarehouses), nameof(RuleRow.OnCouriers) }) rule.Property<RuleEffect>(effect).HasDefaultValueSql("0");
    }

    public void Configure(EntityTypeBuilder<SuspensionRow> suspension) => suspension.ToTable("allocation_suspensions", t => t.HasCheckConstraint("allocation_suspensions_time", "until_at > from_at"));

    public void Configure(EntityTypeBuilder<WeightsRow> weights)
    {
        weights.ToTable("allocation_weights", t => t.HasCheckConstraint("allocation_weights_not_negative",
            "least(freight_percent, pack_percent, late_day, preference_step, balance, unnamed) >= 0"));
        weights.Property(x => x.Id).ValueGeneratedNever();
        weights.Property(x => x.Version).HasDefaultValue(1);
        var usual = new CostWeights();
        weights.HasData(new WeightsRow
        {
            Id = 1, FreightPercent = usual.FreightPercent, PackPercent = usual.PackPercent, LateDay = usual.LateDay, PreferenceStep = usual.PreferenceStep, Balance = usual.Balance, Unnamed = usual.Unnamed, Version = 1,
        });
    }

    public void Configure(EntityTypeBuilder<SplitRulesRow> split)
    {
        split.ToTable("allocation_split_rules", t => t.HasCheckConstraint("allocation_split_rules_bounds",
            "from_fen >= 0 and most_parcels between 2 and 10 and parcel_fen >= 0 and max_grams > 0 and max_cm3 > 0"));
        split.Property(x => x.Id).ValueGeneratedNever();
        split.Property(x => x.Apart).HasDefaultValueSql("'{}'");
        var usual = new Splitting.SplitRules();
        split.HasData(new SplitRulesRow { Id = 1, FromFen = usual.FromFen, MostParcels = usual.MostParcels, ParcelFen = usual.ParcelFen });
    }

    public void Configure(EntityTypeBuilder<RemoteAreasRow> areas)
    {
        areas.ToTable("allocation_remote_areas");
        areas.Property(x => x.Id).ValueGeneratedNever();
        areas.HasData(new RemoteAreasRow { Id = 1, Regions = [.. FulfilmentNetwork.UsualRemoteAreas] });
    }

    public void Configure(EntityTypeBuilder<LoadRow> load)
    {
        load.ToTable("allocation_loads");
        load.HasKey(x => new { x.Day, x.WarehouseId });
    }

    public void Configure(EntityTypeBuilder<NetworkVersionRow> version)
    {
        version.ToTable("allocation_version");
        version.Property(x => x.Id).ValueGeneratedNever();
        version.HasData(new NetworkVersionRow { Id = 1, Version = 1 });
    }
}
