using OrderHub.Inventory.Documents;
using OrderHub.Inventory.Ledger;
using OrderHub.Platform.Data;

namespace OrderHub.Inventory.Transfers;

/// <summary>A transfer's pieces keep their batch: what left the source under a number arrives under it.</summary>
internal sealed class ShippedBatches
{
    public async Task<UnderWay> ReadAsync(HubTransaction tx, StockDocument transfer, CancellationToken ct) => new((await tx.QueryAsync("""
        select b.sku_id, b.batch_no, b.expires_on, (-sum(m.delta))::int
          from inventory_batch_movements m join inventory_batches b on b.id = m.batch_id
         where m.document = $1 group by 1, 2, 3 having sum(m.delta) < 0 order by b.expires_on nulls last, b.batch_no
        """, r => new Part(r.GetInt32(0), r.GetString(1), r.Nullable<DateOnly>(2), r.GetInt32(3)), ct, transfer.LedgerName)).ToLookup(p => p.SkuId));

    internal sealed class UnderWay(ILookup<int, Part> parts)
    {
        /// <summary>The pieces that arrive, batch by batch; what left without a number arrives without one.</summary>
        public IEnumerable<StockMove> Carry(int skuId, int warehouseId, int quantity)
        {
            foreach (var part in parts[skuId])
            {
                var carried = Math.Min(part.Left, quantity);
                if (carried == 0) continue;
                (part.Left, quantity) = (part.Left - carried, quantity - carried);
                yield return new StockMove(skuId, warehouseId, Bucket.OnHand, carried, part.BatchNo, part.ExpiresOn);
            }
            if (quantity > 0) yield return new StockMove(skuId, warehouseId, Bucket.OnHand, quantity);
        }
    }

    internal sealed class Part(int skuId, string batchNo, DateOnly? expiresOn, int left)
    {
        public int SkuId => skuId;
        public string BatchNo => batchNo;
        public DateOnly? ExpiresOn => expiresOn;
        public int Left { get; set; } = left;
    }
}
