using OrderHub.Platform.Data;
using OrderHub.Platform.Verification;

namespace OrderHub.Warehousing.Checks;

/// <summary>What is merged travels: its carrier is a living task of the same warehouse, not merged itself, and holds at least the goods of all its members.</summary>
internal sealed class MergedTasksFit(HubDatabase database) : IVerifyCheck
{
    public string Name => "仓库：合单的货都在主任务里";

    public Task<VerifyResult> RunAsync(CancellationToken ct) => database.CheckAsync("select count(*) from warehousing_pick_tasks where merged_into is not null", """
        select format('订单 %s 并入的任务 %s 不存在、也已并入别处或不在同一个仓', m.order_id, m.merged_into)
          from warehousing_pick_tasks m left join warehousing_pick_tasks c on c.id = m.merged_into and c.merged_into is null and c.warehouse_id = m.warehouse_id
         where m.merged_into is not null and c.id is null
        union all
        select format('订单 %s 的合单任务里 SKU %s 只有 %s 件，并入的要 %s 件', c.order_id, l.sku_id, coalesce(own.quantity, 0), l.quantity)
          from (select m.merged_into, l.sku_id, sum(l.quantity) as quantity
                  from warehousing_pick_tasks m join warehousing_pick_lines l on l.task_id = m.id where m.merged_into is not null group by 1, 2) l
          join warehousing_pick_tasks c on c.id = l.merged_into and c.state in (1, 2, 3, 4)
          left join warehousing_pick_lines own on own.task_id = c.id and own.sku_id = l.sku_id
         where coalesce(own.quantity, 0) < l.quantity
        union all
        select format('订单 %s：状态 %s 与并入标记不符', order_id, state) from warehousing_pick_tasks where (state = 6) <> (merged_into is not null)
        """, ct);
}
