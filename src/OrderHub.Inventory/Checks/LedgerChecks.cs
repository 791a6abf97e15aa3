using OrderHub.Platform.Data;
using OrderHub.Platform.Verification;

namespace OrderHub.Inventory.Checks;

internal sealed class QuotasEqualDraws(HubDatabase database) : IVerifyCheck
{
    public string Name => "库存：专享已用 = 专享占用之和，且每个专享都被订单看到";

    public Task<VerifyResult> RunAsync(CancellationToken ct) => database.CheckAsync("select count(*) from inventory_quotas", """
        select format('专享 %s：已用 %s，占用合计 %s', q.id, q.used, coalesce(d.total, 0)) from inventory_quotas q
          left join (select quota_id, sum(quantity) as total from inventory_quota_draws where given_back_at is null group by 1) d on d.quota_id = q.id
         where q.used <> coalesce(d.total, 0)
        union all
        select format('专享 %s：SKU %s 没有专享标记', q.id, q.sku_id) from inventory_quotas q
         where q.ended_at is null and not exists (select 1 from inventory_stock s where s.sku_id = q.sku_id and s.has_quota)
        """, ct);
}

internal sealed class BatchesEqualMovements(HubDatabase database) : IVerifyCheck
{
    public string Name => "库存：批次数 = 批次流水之和，合计不超过在库";

    public Task<VerifyResult> RunAsync(CancellationToken ct) => database.CheckAsync("select count(*) from inventory_batches", """
        select format('批次 %s：数量 %s，流水合计 %s', b.batch_no, b.quantity, coalesce(m.total, 0)) from inventory_batches b
          left join (select batch_id, sum(delta) as total from inventory_batch_movements group by 1) m on m.batch_id = b.id
         where b.quantity <> coalesce(m.total, 0)
        union all
        select format('SKU %s 仓 %s：批次合计 %s，在库 %s', b.sku_id, b.warehouse_id, sum(b.quantity), coalesce(max(s.on_hand), 0)) from inventory_batches b
          left join inventory_stock s using (sku_id, warehouse_id)
         group by b.sku_id, b.warehouse_id having sum(b.quantity) > coalesce(max(s.on_hand), 0)
        """, ct);
}

internal sealed class BatchPicksAreHeld(HubDatabase database) : IVerifyCheck
{
    public string Name => "库存：指定了批次的货都还被订单占用";

    public Task<VerifyResult> RunAsync(CancellationToken ct) => database.CheckAsync("select count(*) from inventory_batch_picks", """
        select format('订单 %s 的第 %s 个包裹：SKU %s 指定批次 %s 件，占用 %s 件', p.order_id, p.part, p.sku_id, sum(p.quantity), coalesce(max(r.quantity), 0)) from inventory_batch_picks p
          left join inventory_reservations r on (r.order_id, r.part, r.sku_id, r.warehouse_id) = (p.order_id, p.part, p.sku_id, p.warehouse_id) and r.ended_at is null
         group by p.order_id, p.part, p.sku_id, p.warehouse_id having sum(p.quantity) > coalesce(max(r.quantity), 0)
        """, ct);
}

internal sealed class InTransitEqualsOpenDocuments(HubDatabase database) : IVerifyCheck
{
    public string Name => "库存：在途 = 未收完的单据之和";

    public Task<VerifyResult> RunAsync(CancellationToken ct) => database.CheckAsync("select count(*) from inventory_stock", """
        with open as (
            select l.sku_id, d.warehouse_id, d.kind, sum(greatest(0, l.quantity - l.done - l.defective)) as pieces
              from inventory_documents d join inventory_document_lines l on l.document_id = d.id
             where d.state = 3 and d.kind in (1, 2, 5) group by 1, 2, 3)
        select format('SKU %s 仓 %s：%s 在途 %s，单据合计 %s', sku_id, warehouse_id, kind, coalesce(s.pieces, 0), coalesce(o.pieces, 0))
          from (select sku_id, warehouse_id, b.kind, b.pieces from inventory_stock
                 cross join lateral (values (1::smallint, purchase_in_transit), (2::smallint, transfer_in_transit), (5::smallint, return_in_transit)) as b(kind, pieces)) s
          full join open o using (sku_id, warehouse_id, kind)
         where coalesce(s.pieces, 0) <> coalesce(o.pieces, 0)
        """, ct);
}
