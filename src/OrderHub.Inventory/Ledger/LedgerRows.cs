using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OrderHub.Inventory.Contracts;

namespace OrderHub.Inventory.Ledger;

internal enum MovementKind : short { Receipt = 1, Adjustment = 2, Shipment = 3 }

/// <summary>A change of on hand. Append-only: the database refuses update and delete.</summary>
internal sealed class Movement
{
    public long Id { get; init; }
    public DateTimeOffset At { get; init; }
    public int SkuId { get; init; }
    public int WarehouseId { get; init; }
    public MovementKind Kind { get; init; }
    public int Delta { get; init; }
    public int OnHandAfter { get; init; }

    /// <summary>Receipt number, adjustment key or hub order number.</summary>
    public string Document { get; init; } = "";
    public string Actor { get; init; } = "";
    public string? Reason { get; init; }
}

/// <summary>Who holds what since when, until when and why it ended. Held while <see cref="EndedAt"/> is null.</summary>
internal sealed class ReservationRow
{
    public long OrderId { get; init; }
    public int SkuId { get; init; }
    public int WarehouseId { get; init; }
    public DateTimeOffset Since { get; init; }
    public int Quantity { get; init; }
    public DateTimeOffset? EndedAt { get; set; }

    /// <summary>A <see cref="ReleaseReason"/>; 0 when it ended by shipping.</summary>
    public short? EndReason { get; set; }
}

internal sealed class LedgerMapping : IEntityTypeConfiguration<Movement>, IEntityTypeConfiguration<ReservationRow>
{
    public void Configure(EntityTypeBuilder<Movement> movement)
    {
        movement.ToTable("inventory_movements", t => t.HasCheckConstraint("inventory_movements_delta", "delta <> 0 and on_hand_after >= 0"));
        movement.HasIndex(x => new { x.SkuId, x.WarehouseId, x.Id });
    }

    public void Configure(EntityTypeBuilder<ReservationRow> reservation)
    {
        reservation.ToTable("inventory_reservations", t => t.HasCheckConstraint("inventory_reservations_quantity", "quantity > 0"));
        reservation.HasKey(x => new { x.OrderId, x.SkuId, x.WarehouseId, x.Since });
        reservation.HasIndex(x => new { x.SkuId, x.WarehouseId }).HasFilter("ended_at is null");
        reservation.HasIndex(x => new { x.SkuId, x.EndedAt }).HasFilter("ended_at is not null"); // a SKU's past holds, newest first
    }
}
