using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace OrderHub.Inventory.Stock;

/// <summary>One row per SKU: its publish rule, and the lock that every change of its stock takes first.</summary>
internal sealed class PoolRow
{
    public int SkuId { get; init; }

    /// <summary>Pieces kept back from the channels.</summary>
    public int SafetyStock { get; set; }

    /// <summary>At or below this many available pieces the channels see 0.</summary>
    public int ZeroAtOrBelow { get; set; }
}

/// <summary>
/// Counters per SKU and warehouse: a cache of the ledgers that <c>verify</c> recomputes. Available = on hand − reserved − frozen.
/// Frozen and reserved pieces are part of on hand, never of each other; defective pieces and those in transit lie beside it, so that
/// they can never be sold. The checks are the last line against overselling.
/// </summary>
internal sealed class StockItem
{
    public int SkuId { get; init; }
    public int WarehouseId { get; init; }
    public int OnHand { get; set; }
    public int Reserved { get; set; }
    public int Frozen { get; set; }
    public int Defective { get; set; }
    public int PurchaseInTransit { get; set; }
    public int TransferInTransit { get; set; }
    public int ReturnInTransit { get; set; }

    /// <summary>A shop has a quota that has not ended: whoever locks the SKU must read the quotas too. Spares everyone else the statement.</summary>
    public bool HasQuota { get; set; }

    /// <summary>Part of on hand carries batch numbers: whoever takes pieces out must say from which batch.</summary>
    public bool HasBatches { get; set; }
}

internal sealed class StockMapping : IEntityTypeConfiguration<PoolRow>, IEntityTypeConfiguration<StockItem>
{
    public void Configure(EntityTypeBuilder<PoolRow> pool)
    {
        pool.ToTable("inventory_pool", t => t.HasCheckConstraint("inventory_pool_rule", "safety_stock >= 0 and zero_at_or_below >= 0"));
        pool.HasKey(x => x.SkuId);
        pool.Property(x => x.SkuId).ValueGeneratedNever();
        pool.Property(x => x.SafetyStock).HasDefaultValue(0);
        pool.Property(x => x.ZeroAtOrBelow).HasDefaultValue(0);
        pool.HasStorageParameter("fillfactor", 40); // locked thousands of times a minute: room for in-page updates
    }

    public void Configure(EntityTypeBuilder<StockItem> stock)
    {
        stock.ToTable("inventory_stock", t =>
        {
            t.HasCheckConstraint("inventory_stock_never_oversold", "reserved >= 0 and frozen >= 0 and reserved + frozen <= on_hand");
            t.HasCheckConstraint("inventory_stock_not_negative", "defective >= 0 and purchase_in_transit >= 0 and transfer_in_transit >= 0 and return_in_transit >= 0");
        });
        stock.HasKey(x => new { x.SkuId, x.WarehouseId });
        foreach (var counter in new[] { nameof(StockItem.OnHand), nameof(StockItem.Reserved), nameof(StockItem.Frozen), nameof(StockItem.Defective), nameof(StockItem.PurchaseInTransit), nameof(StockItem.TransferInTransit), nameof(StockItem.ReturnInTransit) })
            stock.Property(counter).HasDefaultValue(0);
        stock.Property(x => x.HasQuota).HasDefaultValue(false);
        stock.Property(x => x.HasBatches).HasDefaultValue(false);
        stock.HasStorageParameter("fillfactor", 40);
    }
}
