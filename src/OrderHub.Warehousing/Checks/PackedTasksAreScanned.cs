using OrderHub.Platform.Data;
using OrderHub.Platform.Verification;

namespace OrderHub.Warehousing.Checks;

/// <summary>Nothing leaves unchecked: every packed or handed-over task is scanned to the last piece and has a parcel, and counted scans add up.</summary>
internal sealed class PackedTasksAreScanned(HubDatabase database) : IVerifyCheck
{
    public string Name => "warehousing.packed_tasks_scanned";

    public Task<VerifyResult> RunAsync(CancellationToken ct) => database.CheckAsync(
        "select count(*) from warehousing_pick_tasks where state in (3, 4)",
        """
        select 'task of order ' || t.order_id || ': ' || l.scanned || ' of ' || l.quantity || ' of SKU ' || l.sku_id || ' scanned, yet packed'
          from warehousing_pick_tasks t join warehousing_pick_lines l on l.task_id = t.id
         where t.state in (3, 4) and l.scanned <> l.quantity
        union all
        select 'task of order ' || t.order_id || ' is packed without a parcel'
          from warehousing_pick_tasks t
         where t.state in (3, 4) and not exists (select from warehousing_parcels p where p.order_id = t.order_id and p.status <> 9)
        union all
        select 'parcel ' || p.waybill_no || ' of order ' || p.order_id || ' has no pick task'
          from warehousing_parcels p where not exists (select from warehousing_pick_tasks t where t.order_id = p.order_id)
        """, ct);
}
