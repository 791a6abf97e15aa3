using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OrderHub.Inventory.Contracts;

namespace OrderHub.Inventory.Ledger;

internal enum MovementKind : short { Receipt = 1, Adjustment = 2, Shipment = 3, Transfer = 4, Count = 5, Return = 6, Kit = 7, Freeze = 8 }

/// <summary>Which counter a movement changes. Reserved has a ledger of its own: the reservations.</summary>
internal enum Bucket : short { OnHand = 1, Defective = 2, Frozen = 3, PurchaseInTransit = 4, TransferInTransit = 5, ReturnInTransit = 6 }

/// <summary>A change of one counter. Append-only: the database refuses update and delete.</summary>
internal sealed class Movement
{
    public long Id { get; init; }
    public DateTimeOffset At { get; init; }
    public int SkuId { get; init; }
    public int WarehouseId { get; init; }
    public MovementKind Kind { get; init; }
    public Bucket Bucket { get; init; }
    public int Delta { get; init; }

    /// <summary>Of this bucket; before it was <c>BalanceAfter − Delta</c>.</summary>
    public int BalanceAfter { get; init; }

    /// <summary>What it is and its number: <c>order:17</c>, <c>receipt:RK000012</c>.</summary>
    public string Document { get; init; } = "";
    public string Actor { get; init; } = "";
    public string? Reason { get; init; }
}

/// <summary>
/// Who holds what, why, since when, until when and why it ended. Held while <see cref="EndedAt"/> is null; a row ends once and is otherwise
/// never changed or deleted, which the database sees to.
/// </summary>
internal sealed class ReservationRow
{
    public long OrderId { get; init; }
    public int SkuId { get; init; }
    public int WarehouseId { get; init; }

    /// <summary>For which parcel of a split order; 1 = the first or only one.</summary>
    public short Part { get; init; }
    public DateTimeOffset Since { get; init; }
    public int Quantity { get; init; }
    public DateTimeOffset? EndedAt { get; set; }

    /// <summary>A <see cref="ReleaseReason"/>; 0 when it ended by shipping.</summary>
    public short? EndReason { get; set; }
    public HoldReason Reason { get; init; }
}

internal sealed class LedgerMapping : IEntityTypeConfiguration<Movement>, IEntityTypeConfiguration<ReservationRow>
{
    public void Configure(EntityTypeBuilder<Movement> movement)
    {
        movement.ToTable("inventory_movements", t => t.HasCheckConstraint("inventory_movements_delta", "delta <> 0 and balance_after >= 0"));
        movement.Property(x => x.Bucket).HasDefaultValue(Bucket.OnHand).HasSentinel(Bucket.OnHand);
        movement.HasIndex(x => new { x.SkuId, x.WarehouseId, x.Id });
        movement.HasIndex(x => new { x.SkuId, x.WarehouseId, x.Bucket, x.Id }, "ix_inventory_movements_beside").HasFilter("bucket <> 1"); // the last balance of a quiet bucket lies behind many shipments
        movement.HasIndex(x => x.Document, "ix_inventory_movements_documents").HasFilter("kind <> 3"); // a document's postings; shipments are many and have their order
    }

    public void Configure(EntityTypeBuilder<ReservationRow> reservation)
    {
        reservation.ToTable("inventory_reservations", t => t.HasCheckConstraint("inventory_reservations_quantity", "quantity > 0"));
        reservation.HasKey(x => new { x.OrderId, x.SkuId, x.WarehouseId, x.Since, x.Part });
        reservation.Property(x => x.Part).HasDefaultValue((short)1);
        reservation.Property(x => x.Reason).HasDefaultValue(HoldReason.Paid).HasSentinel(HoldReason.Paid);
        reservation.HasIndex(x => new { x.SkuId, x.WarehouseId }).HasFilter("ended_at is null");
        reservation.HasIndex(x => new { x.SkuId, x.EndedAt }).HasFilter("ended_at is not null"); // a SKU's past holds, newest first
    }
}
