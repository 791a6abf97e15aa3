using OrderHub.Platform.Data;
using OrderHub.Platform.Verification;

namespace OrderHub.Warehousing.Checks;

/// <summary>Nothing leaves unchecked: every packed or handed-over task is scanned to the last piece and has a parcel; every task has its lines, every line its task.</summary>
internal sealed class PackedTasksAreScanned(HubDatabase database) : IVerifyCheck
{
    public string Name => "仓库：已打包的任务都扫齐且有包裹";

    public Task<VerifyResult> RunAsync(CancellationToken ct) => database.CheckAsync(
        "select count(*) from warehousing_pick_tasks where state in (3, 4)",
        """
        select format('订单 %s：SKU %s 只扫了 %s / %s 件却已打包', t.order_id, l.sku_id, l.scanned, l.quantity)
          from warehousing_pick_tasks t join warehousing_pick_lines l on l.task_id = t.id
         where t.state in (3, 4) and l.scanned <> l.quantity
        union all
        select format('订单 %s：任务记 %s 件，各行共 %s 件', t.order_id, t.piece_count, coalesce(l.pieces, 0))
          from warehousing_pick_tasks t full join (select task_id, sum(quantity) as pieces from warehousing_pick_lines group by 1) l on l.task_id = t.id
         where t.piece_count is distinct from l.pieces
        union all
        select format('订单 %s：已打包却没有包裹', t.order_id)
          from warehousing_pick_tasks t
         where t.state in (3, 4) and not exists (select from warehousing_parcels p where p.order_id = t.order_id and p.part = t.part and p.status <> 9)
        union all
        select format('包裹 %s：订单 %s 没有拣货任务', p.waybill_no, p.order_id)
          from warehousing_parcels p where not exists (select from warehousing_pick_tasks t where t.order_id = p.order_id and t.part = p.part)
        """, ct);
}
