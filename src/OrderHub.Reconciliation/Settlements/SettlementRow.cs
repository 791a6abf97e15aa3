using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace OrderHub.Reconciliation.Settlements;

/// <summary>One revision of a day's settlement. Its figures never change; late entries make the next revision.</summary>
internal sealed class SettlementRow
{
    public long Id { get; init; }
    public DateOnly Day { get; init; }
    public int Revision { get; init; }
    public DateTimeOffset SettledAt { get; init; }
    public string SettledBy { get; init; } = "";

    /// <summary>When a run last found these figures to hold; before the day's end the settlement is provisional.</summary>
    public DateTimeOffset ConfirmedAt { get; init; }

    /// <summary>The last ledger entry this revision has seen: its documents are the day's entries up to here.</summary>
    public long LastEntryId { get; init; }
}

internal sealed class SettlementLineRow
{
    public long SettlementId { get; init; }
    public int ShopId { get; init; }
    public long Orders { get; init; }
    public long ReceivableFen { get; init; }
    public long FeeFen { get; init; }
    public long FeeReversalFen { get; init; }
    public long RefundFen { get; init; }
    public long NetFen { get; init; }
    public long ShippedNotSigned { get; init; }
}

/// <summary>An order on its way at the day's end, as it was known when the revision was written.</summary>
internal sealed class UnsignedShipmentRow
{
    public long SettlementId { get; init; }
    public long OrderId { get; init; }
    public int ShopId { get; init; }
    public string PlatformOrderNo { get; init; } = "";
    public DateTimeOffset ShippedAt { get; init; }
    public long PaidFen { get; init; }
}

internal sealed class SettlementMapping : IEntityTypeConfiguration<SettlementRow>, IEntityTypeConfiguration<SettlementLineRow>, IEntityTypeConfiguration<UnsignedShipmentRow>
{
    public void Configure(EntityTypeBuilder<SettlementRow> settlement)
    {
        settlement.ToTable("reconciliation_settlements", t => t.HasCheckConstraint("reconciliation_settlements_revision", "revision > 0"));
        settlement.HasIndex(x => new { x.Day, x.Revision }).IsUnique();
    }

    public void Configure(EntityTypeBuilder<SettlementLineRow> line)
    {
        line.ToTable("reconciliation_settlement_lines", t =>
            t.HasCheckConstraint("reconciliation_settlement_lines_net", "net_fen = receivable_fen - fee_fen + fee_reversal_fen - refund_fen"));
        line.HasKey(x => new { x.SettlementId, x.ShopId });
        line.HasOne<SettlementRow>().WithMany().HasForeignKey(x => x.SettlementId);
    }

    public void Configure(EntityTypeBuilder<UnsignedShipmentRow> shipment)
    {
        shipment.ToTable("reconciliation_unsigned_shipments");
        shipment.HasKey(x => new { x.SettlementId, x.OrderId });
        shipment.HasOne<SettlementRow>().WithMany().HasForeignKey(x => x.SettlementId);
    }
}
