namespace OrderHub.Inventory.Ledger;

/// <summary>One stock row while a posting is worked out. Not valid until all its moves are added.</summary>
internal sealed class Counters(int skuId, int warehouseId, int onHand, int reserved, int frozen, int defective, int purchase, int transfer, int returned, bool hasBatches)
{
    private readonly Dictionary<Bucket, int> _balances = new()
    {
        [Bucket.OnHand] = onHand, [Bucket.Frozen] = frozen, [Bucket.Defective] = defective,
        [Bucket.PurchaseInTransit] = purchase, [Bucket.TransferInTransit] = transfer, [Bucket.ReturnInTransit] = returned,
    };

    public int SkuId => skuId;
    public int WarehouseId => warehouseId;
    public bool HasBatches => hasBatches;
    public int Available => _balances[Bucket.OnHand] - reserved - _balances[Bucket.Frozen];
    public int this[Bucket bucket] => _balances[bucket];

    /// <summary>The counter that fell below zero; on hand is judged by what is available of it.</summary>
    public Bucket? ShortBucket => _balances.Where(b => b.Key != Bucket.OnHand && b.Value < 0).Select(b => (Bucket?)b.Key).FirstOrDefault();
    public bool IsShort => ShortBucket is not null || Available < 0;

    /// <returns>The balance after it.</returns>
    public int Add(Bucket bucket, int delta) => _balances[bucket] += delta;
}
