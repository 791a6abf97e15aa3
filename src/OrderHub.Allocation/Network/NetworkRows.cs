using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OrderHub.Allocation.Contracts;

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
}

internal sealed class CourierRow
{
    public int Id { get; init; }
    public string Code { get; set; } = "";
    public string Name { get; set; } = "";
    public bool Active { get; set; }
}

/// <summary>First weight and additional started kilograms. Null warehouse or province = all others.</summary>
internal sealed class RateRow
{
    public int Id { get; init; }
    public int CourierId { get; init; }
    public int? FromWarehouseId { get; init; }
    public string? ToProvince { get; init; }
    public int FirstGrams { get; set; }
    public long FirstFen { get; set; }
    public long AdditionalFen { get; set; }
}

internal sealed class RuleRow
{
    public int Id { get; init; }
    public RuleKind Kind { get; set; }
    public string Name { get; set; } = "";

    /// <summary>Provinces (short names) or categories.</summary>
    public string[] Matches { get; set; } = [];
    public int[] WarehouseIds { get; set; } = [];
    public int Priority { get; set; }
}

/// <summary>One row; its number is the rules' version that decisions name.</summary>
internal sealed class NetworkVersionRow
{
    public int Id { get; init; }
    public long Version { get; set; }
}

internal sealed class NetworkMapping : IEntityTypeConfiguration<WarehouseRow>, IEntityTypeConfiguration<CourierRow>, IEntityTypeConfiguration<RateRow>,
    IEntityTypeConfiguration<RuleRow>, IEntityTypeConfiguration<NetworkVersionRow>
{
    public void Configure(EntityTypeBuilder<WarehouseRow> warehouse)
    {
        warehouse.ToTable("allocation_warehouses");
        warehouse.HasIndex(x => x.Code).IsUnique();
        warehouse.Property(x => x.Active).HasDefaultValue(true);
    }

    public void Configure(EntityTypeBuilder<CourierRow> courier)
    {
        courier.ToTable("allocation_couriers");
        courier.HasIndex(x => x.Code).IsUnique();
        courier.Property(x => x.Active).HasDefaultValue(true);
    }

    public void Configure(EntityTypeBuilder<RateRow> rate)
    {
        rate.ToTable("allocation_rates", t => t.HasCheckConstraint("allocation_rates_positive", "first_grams > 0 and first_fen >= 0 and additional_fen >= 0"));
        rate.HasIndex(x => new { x.CourierId, x.FromWarehouseId, x.ToProvince }).IsUnique().AreNullsDistinct(false);
    }

    public void Configure(EntityTypeBuilder<RuleRow> rule)
    {
        rule.ToTable("allocation_rules");
        rule.HasIndex(x => x.Name).IsUnique();
    }

    public void Configure(EntityTypeBuilder<NetworkVersionRow> version)
    {
        version.ToTable("allocation_version");
        version.Property(x => x.Id).ValueGeneratedNever();
        version.HasData(new NetworkVersionRow { Id = 1, Version = 1 });
    }
}
