using Microsoft.Extensions.Options;
using OrderHub.Platform.Data;
using OrderHub.Warehousing.Contracts;

namespace OrderHub.Warehousing.Floor;

internal sealed class CountFloor(HubDatabase database, IOptions<WarehousingOptions> options, TimeProvider clock) : IWarehouseFloor
{
    public async Task<IReadOnlyList<FloorCount>> CountAsync(CancellationToken ct) => await database.QueryAsync("""
        select warehouse_id,
               count(*) filter (where state = 1 and (claimed_by is null or claimed_at <= $2))::int,
               count(*) filter (where state = 2 or (state = 1 and claimed_at > $2))::int,
               count(*) filter (where state = 3)::int,
               count(*) filter (where state in (1, 2) and deadline < $1)::int
          from warehousing_pick_tasks where state in (1, 2, 3) group by warehouse_id order by warehouse_id
        """, r => new FloorCount(r.GetInt32(0), r.GetInt32(1), r.GetInt32(2), r.GetInt32(3), r.GetInt32(4)), ct,
        clock.GetUtcNow(), clock.GetUtcNow() - options.Value.ClaimExpires);
}
