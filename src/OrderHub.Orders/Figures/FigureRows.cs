using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OrderHub.Orders.Contracts;

namespace OrderHub.Orders.Figures;

/// <summary>How many orders of a shop are in a state. Fed by <see cref="KeepFigures"/>, so that nobody counts millions of rows for a dashboard.</summary>
internal sealed class StateFigure
{
    public int ShopId { get; init; }
    public OrderState State { get; init; }
    public int Orders { get; set; }
}

/// <summary>What happened to the orders of one hour. Created by the platform's creation time, the rest by the time of payment.</summary>
internal sealed class HourFigure
{
    public DateTimeOffset Hour { get; init; }
    public int ShopId { get; init; }
    public int Created { get; set; }
    public int Paid { get; set; }
    public long PaidFen { get; set; }

    /// <summary>Cancelled after payment.</summary>
    public int Cancelled { get; set; }

    /// <summary>Left the warehouse within 24 hours of payment.</summary>
    public int ShippedInTime { get; set; }
}

/// <summary>Orders created in one minute, kept for the chart of the last hour.</summary>
internal sealed class MinuteFigure
{
    public DateTimeOffset Minute { get; init; }
    public int Created { get; set; }
}

internal sealed class FigureMapping : IEntityTypeConfiguration<StateFigure>, IEntityTypeConfiguration<HourFigure>, IEntityTypeConfiguration<MinuteFigure>
{
    public void Configure(EntityTypeBuilder<MinuteFigure> figure)
    {
        figure.ToTable("orders_minute_figures");
        figure.HasKey(x => x.Minute);
        figure.HasStorageParameter("fillfactor", 40);
    }

    public void Configure(EntityTypeBuilder<StateFigure> figure)
    {
        figure.ToTable("orders_state_figures");
        figure.HasKey(x => new { x.ShopId, x.State });
        figure.HasStorageParameter("fillfactor", 40);
    }

    public void Configure(EntityTypeBuilder<HourFigure> figure)
    {
        figure.ToTable("orders_hour_figures");
        figure.HasKey(x => new { x.Hour, x.ShopId });
        figure.HasStorageParameter("fillfactor", 70);
    }
}
