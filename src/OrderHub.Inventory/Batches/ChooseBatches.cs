using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OrderHub.Inventory.Contracts;
using OrderHub.Platform.Data;
using OrderHub.Platform.Units;

namespace OrderHub.Inventory.Batches;

/// <summary>What a parcel is to be packed from; there from the moment a packer takes its task until it has left or gives its goods back.</summary>
internal sealed class BatchPickRow
{
    public long OrderId { get; init; }
    public short Part { get; init; }
    public int SkuId { get; init; }

    /// <summary><see cref="NoNumber"/> = pieces that carry no batch number.</summary>
    public long BatchId { get; init; }
    public int WarehouseId { get; init; }
    public int Quantity { get; init; }

    public const long NoNumber = 0;
}

internal sealed class BatchPickMapping : IEntityTypeConfiguration<BatchPickRow>
{
    public void Configure(EntityTypeBuilder<BatchPickRow> pick)
    {
        pick.ToTable("inventory_batch_picks", t => t.HasCheckConstraint("inventory_batch_picks_quantity", "quantity > 0"));
        pick.HasKey(x => new { x.OrderId, x.Part, x.SkuId, x.BatchId });
        pick.HasIndex(x => new { x.SkuId, x.WarehouseId });
    }
}

internal sealed class ChooseBatches(HubDatabase database, IStockPool pool, TimeProvider clock) : IBatchPicks
{
    /// <summary>Takes what was chosen for the orders out of the list; null part = for all their parcels.</summary>
    /// <returns>Order, SKU, warehouse, batch number (null = pieces without one), pieces.</returns>
    public const string Take = """
        delete from inventory_batch_picks p where order_id = any($1) and ($2::smallint is null or part = $2)
        returning order_id, sku_id, warehouse_id, (select batch_no from inventory_batches b where b.id = p.batch_id), quantity
        """;

    private const string NotChosenYet = """
        select r.order_id, r.part, r.sku_id, r.warehouse_id, r.quantity
          from unnest($1, $2) as n(order_id, part) join inventory_reservations r using (order_id, part) join inventory_stock s using (sku_id, warehouse_id)
         where r.ended_at is null and s.has_batches and not exists (select 1 from inventory_batch_picks p where (p.order_id, p.part, p.sku_id) = (r.order_id, r.part, r.sku_id))
         order by r.order_id, r.part, r.sku_id
        """;

    public async Task ChooseAsync(HubTransaction tx, IReadOnlyCollection<(long OrderId, short Part)> parcels, CancellationToken ct)
    {
        var wanted = await tx.QueryAsync(NotChosenYet, r => (OrderId: r.GetInt64(0), Part: r.GetInt16(1), SkuId: r.GetInt32(2), WarehouseId: r.GetInt32(3), Quantity: r.GetInt32(4)), ct,
            parcels.Select(p => p.OrderId).ToArray(), parcels.Select(p => p.Part).ToArray());
        if (wanted.Count == 0) return;
        var skus = wanted.Select(w => w.SkuId).Distinct().ToArray();
        await pool.LockAsync(tx, skus, [], ct);
        var free = (await tx.QueryAsync("""
            select b.id, b.sku_id, b.warehouse_id, b.batch_no, b.expires_on, b.quantity - coalesce((select sum(p.quantity) from inventory_batch_picks p where p.batch_id = b.id and p.sku_id = b.sku_id), 0)::int
              from inventory_batches b where b.sku_id = any($1) and b.quantity > 0
            """, PickBatches.Read, ct, skus)).ToLookup(b => (b.SkuId, b.WarehouseId));
        var unmarked = (await tx.QueryAsync("""
            select sku_id, warehouse_id, (on_hand - coalesce((select sum(quantity) from inventory_batches b where (b.sku_id, b.warehouse_id) = (s.sku_id, s.warehouse_id)), 0)
                     - coalesce((select sum(quantity) from inventory_batch_picks p where (p.sku_id, p.warehouse_id) = (s.sku_id, s.warehouse_id) and p.batch_id = 0), 0))::int
              from inventory_stock s where sku_id = any($1)
            """, r => KeyValuePair.Create((r.GetInt32(0), r.GetInt32(1)), r.GetInt32(2)), ct, skus)).ToDictionary();

        var (today, chosen) = (ShopTime.BusinessDay(clock.GetUtcNow()), new List<BatchPickRow>());
        foreach (var want in wanted)
        {
            var (place, here) = ((want.SkuId, want.WarehouseId), free[(want.SkuId, want.WarehouseId)].ToList());
            var picked = FirstExpiredFirstOut.Pick(here.FindAll(b => b.Quantity > 0), unmarked.GetValueOrDefault(place), want.Quantity, today);
            foreach (var (id, quantity) in picked) here.Find(b => b.Id == id)!.Quantity -= quantity;
            var withoutNumber = want.Quantity - picked.Sum(p => p.Quantity);
            unmarked[place] = unmarked.GetValueOrDefault(place) - withoutNumber;
            chosen.AddRange(picked.Append((BatchPickRow.NoNumber, withoutNumber)).Where(p => p.Item2 > 0)
                .Select(p => new BatchPickRow { OrderId = want.OrderId, Part = want.Part, SkuId = want.SkuId, BatchId = p.Item1, WarehouseId = want.WarehouseId, Quantity = p.Item2 }));
        }
        await tx.ExecuteAsync("insert into inventory_batch_picks (order_id, part, sku_id, batch_id, warehouse_id, quantity) select * from unnest($1, $2, $3, $4, $5, $6)", ct,
            chosen.Select(c => c.OrderId).ToArray(), chosen.Select(c => c.Part).ToArray(), chosen.Select(c => c.SkuId).ToArray(), chosen.Select(c => c.BatchId).ToArray(),
            chosen.Select(c => c.WarehouseId).ToArray(), chosen.Select(c => c.Quantity).ToArray());
    }

    public async Task<IReadOnlyList<BatchPick>> ChosenAsync(IReadOnlyCollection<long> orderIds, CancellationToken ct)
    {
        var today = ShopTime.BusinessDay(clock.GetUtcNow());
        return await database.QueryAsync("""
            select p.order_id, p.part, p.sku_id, b.batch_no, b.expires_on, p.quantity from inventory_batch_picks p join inventory_batches b on b.id = p.batch_id
             where p.order_id = any($1) order by b.expires_on nulls last, b.id
            """, r => new BatchPick(r.GetInt64(0), r.GetInt16(1), r.GetInt32(2), r.GetString(3), r.Nullable<DateOnly>(4), r.GetInt32(5), r.Nullable<DateOnly>(4) < today), ct, orderIds.ToArray());
    }
}
