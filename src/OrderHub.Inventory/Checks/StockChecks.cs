using OrderHub.Platform.Data;
using OrderHub.Platform.Verification;

namespace OrderHub.Inventory.Checks;

internal sealed class NeverOversold(HubDatabase database) : IVerifyCheck
{
    public string Name => "库存：占用 + 冻结不超过在库，且没有负数";

    public Task<VerifyResult> RunAsync(CancellationToken ct) => database.CheckAsync("select count(*) from inventory_stock", """
        select format('SKU %s 仓 %s：在库 %s 占用 %s 冻结 %s', sku_id, warehouse_id, on_hand, reserved, frozen) from inventory_stock
         where least(reserved, frozen, on_hand, defective, purchase_in_transit, transfer_in_transit, return_in_transit) < 0 or reserved + frozen > on_hand
        """, ct);
}

internal sealed class CountersEqualMovements(HubDatabase database) : IVerifyCheck
{
    public string Name => "库存：在库、次品、冻结、在途 = 流水之和";

    public Task<VerifyResult> RunAsync(CancellationToken ct) => database.CheckAsync("select count(*) * 6 from inventory_stock", $"""
        select format('SKU %s 仓 %s：计数项 %s 为 %s，流水合计 %s', sku_id, warehouse_id, bucket, coalesce(c.counted, 0), coalesce(m.total, 0))
          from ({CounterRows.Sql}) c
          full join (select sku_id, warehouse_id, bucket, sum(delta) as total from inventory_movements group by 1, 2, 3) m using (sku_id, warehouse_id, bucket)
         where coalesce(c.counted, 0) <> coalesce(m.total, 0)
        """, ct);
}

internal sealed class ReservedEqualsReservations(HubDatabase database) : IVerifyCheck
{
    public string Name => "库存：占用 = 占用台账之和";

    public Task<VerifyResult> RunAsync(CancellationToken ct) => database.CheckAsync("select count(*) from inventory_stock", """
        select format('SKU %s 仓 %s：占用 %s，台账合计 %s', coalesce(s.sku_id, h.sku_id), coalesce(s.warehouse_id, h.warehouse_id), s.reserved, h.total)
          from inventory_stock s
          full join (select sku_id, warehouse_id, sum(quantity) as total from inventory_reservations where ended_at is null group by 1, 2) h using (sku_id, warehouse_id)
         where coalesce(s.reserved, 0) <> coalesce(h.total, 0)
        """, ct);
}

internal sealed class MovementBalancesRun(HubDatabase database) : IVerifyCheck
{
    public string Name => "库存：每条流水的结存等于前一条结存加变动";

    public Task<VerifyResult> RunAsync(CancellationToken ct) => database.CheckAsync("select count(*) from inventory_movements", """
        select format('流水 %s：结存 %s，应为 %s', id, balance_after, expected) from (
            select id, balance_after, sum(delta) over (partition by sku_id, warehouse_id, bucket order by id) as expected from inventory_movements) m
         where balance_after <> expected
        """, ct);
}

/// <summary>The counters that movements explain, one row each.</summary>
internal static class CounterRows
{
    public const string Sql = """
        select s.sku_id, s.warehouse_id, b.bucket, b.counted from inventory_stock s
         cross join lateral (values (1::smallint, s.on_hand), (2::smallint, s.defective), (3::smallint, s.frozen),
            (4::smallint, s.purchase_in_transit), (5::smallint, s.transfer_in_transit), (6::smallint, s.return_in_transit)) as b(bucket, counted)
        """;
}
