using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace OrderHub.Orders.Routing;

/// <summary>A warehouse that could not send an order, and why. Allocation passes it over for this order from then on.</summary>
internal sealed class RejectionRow
{
    public long OrderId { get; init; }
    public int WarehouseId { get; init; }
    public string Reason { get; set; } = "";
    public string Actor { get; set; } = "";
    public DateTimeOffset At { get; set; }
}

internal sealed class RejectionMapping : IEntityTypeConfiguration<RejectionRow>
{
    public void Configure(EntityTypeBuilder<RejectionRow> rejection)
    {
        rejection.ToTable("orders_rejections");
        rejection.HasKey(x => new { x.OrderId, x.WarehouseId });
    }
}
