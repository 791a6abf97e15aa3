using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace OrderHub.Reconciliation.MoneyLedger;

internal enum MoneyKind : short { Receivable = 1, Fee = 2, FeeReversal = 3, Refund = 4 }

/// <summary>One movement of money, never changed. Ids grow in the order of commits, because writers hold the ledger's lock.</summary>
internal sealed class MoneyEntry
{
    public long Id { get; init; }

    /// <summary>In Asia/Shanghai; always the day of <see cref="At"/>.</summary>
    public DateOnly BusinessDay { get; init; }
    public int ShopId { get; init; }
    public MoneyKind Kind { get; init; }
    public string PlatformOrderNo { get; init; } = "";

    /// <summary>Null where only the platform's number is known.</summary>
    public long? OrderId { get; init; }

    /// <summary>What the entry was made for, so that the same news cannot be booked twice: <c>order:123</c>, <c>fee:123</c>, <c>refund:5:RF1</c>, <c>fee-reversal:5:RF1</c>.</summary>
    public string Document { get; init; } = "";

    /// <summary>The kind says which way. Negative only for an order whose price the platform itself got wrong; such an order waits for a person.</summary>
    public long AmountFen { get; init; }

    /// <summary>For fees: the shop's rate at that time. 60 means 0.60 %.</summary>
    public int? FeeBasisPoints { get; init; }
    public DateTimeOffset At { get; init; }
}

internal sealed class MoneyEntryMapping : IEntityTypeConfiguration<MoneyEntry>
{
    public void Configure(EntityTypeBuilder<MoneyEntry> entry)
    {
        entry.ToTable("reconciliation_money_entries", t =>
        {
            t.HasCheckConstraint("reconciliation_money_entries_amount", "amount_fen >= 0 or kind in (1, 2)");
            t.HasCheckConstraint("reconciliation_money_entries_day", "business_day = (at at time zone 'UTC' + interval '8 hours')::date");
            t.HasCheckConstraint("reconciliation_money_entries_rate", "(kind = 2) = (fee_basis_points is not null)");
            t.HasCheckConstraint("reconciliation_money_entries_order", "kind in (3, 4) or order_id is not null");
        });
        entry.Property(x => x.Kind).HasConversion<short>();
        // an order is paid once and has one fee, a refund is booked once; every order makes two entries, so they are in no index they are not looked up by
        entry.HasIndex(x => new { x.OrderId, x.Kind }).IsUnique().HasFilter("kind in (1, 2)");
        entry.HasIndex(x => x.Document).IsUnique().HasFilter("kind in (3, 4)");
        entry.HasIndex(x => new { x.BusinessDay, x.ShopId, x.Kind });
        entry.HasIndex(x => new { x.ShopId, x.PlatformOrderNo }).HasFilter("kind <> 2");
    }
}
