using OrderHub.Platform.Data;
using OrderHub.Platform.Verification;

namespace OrderHub.Inventory.Checks;

internal sealed class NeverOversold(HubDatabase database) : IVerifyCheck
{
    public string Name => "库存：占用 + 冻结不超过在库，且没有负数";

    public Task<VerifyResult> RunAsync(CancellationToken ct) => database.CheckAsync("select count(*) from inventory_stock", """
        select format('SKU %s 仓 %s：在库 %s 占用 %s 冻结 %s', sku_id, warehouse_id, on_hand, reserved, frozen) from inventory_stock
         where reserved < 0 or frozen < 0 or on_hand < 0 or reserved + frozen > on_hand
        """, ct);
}

internal sealed class OnHandEqualsMovements(HubDatabase database) : IVerifyCheck
{
    public string Name => "库存：在库 = 出入库流水之和";

    public Task<VerifyResult> RunAsync(CancellationToken ct) => database.CheckAsync("select count(*) from inventory_stock", """
        select format('SKU %s 仓 %s：在库 %s，流水合计 %s', coalesce(s.sku_id, m.sku_id), coalesce(s.warehouse_id, m.warehouse_id), s.on_hand, m.total)
          from inventory_stock s
          full join (select sku_id, warehouse_id, sum(delta) as total from inventory_movements group by 1, 2) m using (sku_id, warehouse_id)
         where coalesce(s.on_hand, 0) <> coalesce(m.total, 0)
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
        select format('流水 %s：结存 %s，应为 %s', id, on_hand_after, expected) from (
            select id, on_hand_after, sum(delta) over (partition by sku_id, warehouse_id order by id) as expected from inventory_movements) m
         where on_hand_after <> expected
        """, ct);
}
