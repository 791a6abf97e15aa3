using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OrderHub.Warehousing.Contracts;

namespace OrderHub.Warehousing.Parcels;

internal enum ParcelStatus { Packed = 1, HandedOver = 2, PickedUp = 3, Signed = 4, Returning = 5, Closed = 6, Voided = 9 }

/// <summary>A box with a waybill. A voided waybill is kept: its number was given out and may be billed.</summary>
internal sealed class Parcel
{
    public long Id { get; private set; }
    public long OrderId { get; private set; }

    /// <summary>Which part of a split order, from 1.</summary>
    public short Part { get; private set; } = 1;
    public int WarehouseId { get; private set; }
    public string CourierCode { get; private set; } = "";
    public string WaybillNo { get; private set; } = "";

    /// <summary>Three-segment code; formats differ per courier, so it is text and never computed.</summary>
    public string RouteCode { get; private set; } = "";

    /// <summary>集包地: where the courier bags it up, printed on the label.</summary>
    public string BagPlace { get; private set; } = "";
    public int WeightGrams { get; private set; }
    public ParcelStatus Status { get; private set; }
    public string PackedBy { get; private set; } = "";
    public DateTimeOffset PackedAt { get; private set; }
    public DateTimeOffset? HandedOverAt { get; private set; }
    public DateTimeOffset? PickedUpAt { get; private set; }
    public DateTimeOffset? SignedAt { get; private set; }
    public string? VoidReason { get; private set; }
    public DateTimeOffset? VoidedAt { get; private set; }

    /// <summary>The courier's last word reached us then.</summary>
    public DateTimeOffset? LastNewsAt { get; private set; }
    public DateTimeOffset? LastAskedAt { get; private set; }

    /// <summary>The courier's news could not move the order (it is held); tried again until it can.</summary>
    public bool OrderLagsBehind { get; private set; }

    /// <summary>A signed parcel's order is completed then.</summary>
    public DateTimeOffset? CompleteAfter { get; private set; }

    public bool HasLeft => Status is ParcelStatus.PickedUp or ParcelStatus.Signed or ParcelStatus.Returning or ParcelStatus.Closed;

    public static Parcel For(TaskKey task, int warehouseId, string courierCode, string waybillNo) =>
        new() { OrderId = task.OrderId, Part = task.Part, WarehouseId = warehouseId, CourierCode = courierCode, WaybillNo = waybillNo };

    /// <summary>The provider gives an order the same waybill again for a while: an opened parcel takes it up again.</summary>
    public void Pack(int warehouseId, string routeCode, string bagPlace, int weightGrams, string by, DateTimeOffset now)
    {
        (WarehouseId, RouteCode, BagPlace, WeightGrams, PackedBy, PackedAt, Status) = (warehouseId, routeCode, bagPlace, weightGrams, by, now, ParcelStatus.Packed);
        (VoidReason, VoidedAt) = (null, null);
    }

    public void Void(string reason, DateTimeOffset now) => (Status, VoidReason, VoidedAt) = (ParcelStatus.Voided, reason, now);

    public void HandOver(DateTimeOffset now) => (Status, HandedOverAt) = (ParcelStatus.HandedOver, now);

    /// <returns>False when this was known already.</returns>
    public bool PickUp(DateTimeOffset at)
    {
        if (Status is not (ParcelStatus.Packed or ParcelStatus.HandedOver)) return false;
        (Status, PickedUpAt) = (ParcelStatus.PickedUp, at);
        return true;
    }

    /// <param name="completeAfter">When the order counts as completed if nothing comes in between.</param>
    public bool Sign(DateTimeOffset at, DateTimeOffset completeAfter)
    {
        if (Status is not (ParcelStatus.Packed or ParcelStatus.HandedOver or ParcelStatus.PickedUp)) return false;
        (Status, PickedUpAt, SignedAt, CompleteAfter) = (ParcelStatus.Signed, PickedUpAt ?? at, at, completeAfter);
        return true;
    }

    public bool TurnBack()
    {
        if (Status is not (ParcelStatus.HandedOver or ParcelStatus.PickedUp)) return false;
        Status = ParcelStatus.Returning;
        return true;
    }

    public void Heard(DateTimeOffset now) => LastNewsAt = now;
    public void Asked(DateTimeOffset now) => LastAskedAt = now;
    public void OrderFollows(bool follows) => OrderLagsBehind = !follows;
    public void CompleteLater(DateTimeOffset at) => CompleteAfter = at;
    public void Close() => (Status, CompleteAfter) = (ParcelStatus.Closed, null);

    public PackedParcel View() => new(Id, CourierCode, WaybillNo, RouteCode, Status.Code());
}

internal static class ParcelStatuses
{
    /// <summary>Closed parcels are signed ones whose order is completed.</summary>
    public static string Code(this ParcelStatus status) => status switch
    {
        ParcelStatus.Packed => "PACKED",
        ParcelStatus.HandedOver => "HANDED_OVER",
        ParcelStatus.PickedUp => "PICKED_UP",
        ParcelStatus.Signed or ParcelStatus.Closed => "SIGNED",
        ParcelStatus.Returning => "RETURNING",
        ParcelStatus.Voided => "VOIDED",
        _ => throw new ArgumentOutOfRangeException(nameof(status)),
    };
}

internal sealed class ParcelMapping : IEntityTypeConfiguration<Parcel>
{
    public void Configure(EntityTypeBuilder<Parcel> parcel)
    {
        parcel.ToTable("warehousing_parcels");
        parcel.HasIndex(x => new { x.CourierCode, x.WaybillNo }).IsUnique(); // a number never sits on two parcels
        parcel.HasIndex(x => x.WaybillNo);
        parcel.HasIndex(x => x.OrderId);
        parcel.HasIndex(x => new { x.WarehouseId, x.CourierCode, x.Id }).HasFilter("status = 1");
        parcel.HasIndex(x => x.CompleteAfter).HasFilter("complete_after is not null");
        parcel.HasIndex(x => x.LastNewsAt).HasFilter("status in (2, 3)");
        parcel.HasIndex(x => x.OrderId, "ix_warehousing_parcels_lagging").HasFilter("order_lags_behind");
        parcel.Property(x => x.Part).HasDefaultValue((short)1).HasSentinel((short)1);
        parcel.Ignore(x => x.HasLeft);
    }
}
