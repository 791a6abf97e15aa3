using System.Globalization;
using OrderHub.Inventory.Checks;
using OrderHub.Inventory.Contracts;
using OrderHub.Platform.Data;
using OrderHub.Platform.Incidents;
using OrderHub.Platform.Jobs;
using OrderHub.Platform.Verification;

namespace OrderHub.Inventory.Health;

/// <summary>
/// The cheap half of <c>verify</c>: every counter against the last balance in its ledger (one step into an index each) and reserved
/// against what orders hold now. Its cost grows with the SKUs, not with the orders. Opens an incident when something is wrong.
/// </summary>
internal sealed class CheckHealthJob(HubDatabase database, IIncidents incidents, TimeProvider clock) : IJob
{
    private static readonly IncidentKey Key = new("inventory.breach", "stock");

    private const string Breaches = $"""
        select format('SKU %s 仓 %s：计数项 %s 为 %s，台账结存 %s', c.sku_id, c.warehouse_id, c.bucket, c.counted, coalesce(m.balance_after, 0))
          from ({CounterRows.Sql}) c
          left join lateral (select balance_after from inventory_movements
                              where sku_id = c.sku_id and warehouse_id = c.warehouse_id and bucket = 1 and c.bucket = 1 order by id desc limit 1) o on true
          left join lateral (select balance_after from inventory_movements
                              where sku_id = c.sku_id and warehouse_id = c.warehouse_id and bucket = c.bucket and bucket <> 1 order by bucket desc, id desc limit 1) b on true
         cross join lateral (select coalesce(o.balance_after, b.balance_after) as balance_after) m
         where c.counted <> coalesce(m.balance_after, 0)
        union all
        select format('SKU %s 仓 %s：占用 %s，台账合计 %s', s.sku_id, s.warehouse_id, s.reserved, coalesce(h.total, 0)) from inventory_stock s
          left join (select sku_id, warehouse_id, sum(quantity) as total from inventory_reservations where ended_at is null group by 1, 2) h using (sku_id, warehouse_id)
         where s.reserved <> coalesce(h.total, 0)
        union all
        select format('SKU %s 仓 %s：占用 %s + 冻结 %s 超过在库 %s', sku_id, warehouse_id, reserved, frozen, on_hand) from inventory_stock where reserved + frozen > on_hand or reserved < 0 or frozen < 0
        """;

    public async Task<JobReport> RunAsync(CancellationToken ct)
    {
        var found = await database.CheckAsync("select count(*) from inventory_stock", Breaches, ct, aside: true);
        await database.RunAsync(async tx =>
        {
            var now = clock.GetUtcNow();
            await tx.ExecuteAsync("""
                insert into inventory_health as h (id, checked_at, checked, breaches, clean_since, last_breach_at, examples) values (1, $1, $2, $3, $1, case when $3 > 0 then $1 end, $4)
                on conflict (id) do update set checked_at = $1, checked = $2, breaches = $3, examples = $4,
                    last_breach_at = case when $3 > 0 then $1 else h.last_breach_at end,
                    clean_since = case when $3 > 0 or h.breaches > 0 then $1 else h.clean_since end
                """, ct, now, found.Checked, found.Breaches, found.Examples.ToArray());
            if (found.Breaches == 0) await incidents.CloseAsync(tx, Key, ct);
            else
                await incidents.OpenAsync(tx, Key, new IncidentNews(new("库存计数与台账不符：{0} 处", found.Breaches.ToString(CultureInfo.InvariantCulture)),
                    [new("例子", new(found.Examples[0]))], "/stock/health", [], IsCritical: true, Evidence: now.ToString("O", CultureInfo.InvariantCulture)), ct);
        }, ct);
        return new JobReport((int)found.Checked, 0, (int)found.Breaches);
    }
}

internal sealed class ReadHealth(HubDatabase database) : IStockHealth
{
    public async Task<StockHealth?> ReadAsync(CancellationToken ct) =>
        (await database.QueryAsync("select checked_at, checked, breaches, clean_since, last_breach_at, examples from inventory_health",
            r => new StockHealth(r.GetFieldValue<DateTimeOffset>(0), r.GetInt64(1), r.GetInt64(2), r.GetFieldValue<DateTimeOffset>(3), r.Nullable<DateTimeOffset>(4), r.GetFieldValue<string[]>(5)), ct)).FirstOrDefault();
}
