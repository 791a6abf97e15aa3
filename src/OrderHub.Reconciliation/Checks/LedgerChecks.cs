using OrderHub.Platform.Data;
using OrderHub.Platform.Verification;

namespace OrderHub.Reconciliation.Checks;

/// <summary>Each paid order's commission is its share of the payment, and what came back is the share of what was refunded, never more than the fee.</summary>
internal sealed class FeesCheck(HubDatabase database) : IVerifyCheck
{
    public string Name => "财务：每单平台费和返还都按费率";

    public Task<VerifyResult> RunAsync(CancellationToken ct) => database.CheckAsync("select count(*) from reconciliation_money_entries where kind = 1", """
        select format('%s：应收 %s 退款 %s，平台费 %s 返还 %s（分）', p.document, p.amount_fen, coalesce(o.refunded, 0), coalesce(f.amount_fen, 0), coalesce(o.reversed, 0))
          from reconciliation_money_entries p
          left join reconciliation_money_entries f on f.order_id = p.order_id and f.kind = 2
          left join (select shop_id, platform_order_no, sum(amount_fen) filter (where kind = 4) as refunded, sum(amount_fen) filter (where kind = 3) as reversed
                       from reconciliation_money_entries where kind in (3, 4) group by shop_id, platform_order_no) o
                 on o.shop_id = p.shop_id and o.platform_order_no = p.platform_order_no
         where p.kind = 1
           and (f.id is null or f.business_day <> p.business_day
                or f.amount_fen <> round(p.amount_fen * f.fee_basis_points / 10000.0)
                or coalesce(o.reversed, 0) <> round(greatest(0, least(coalesce(o.refunded, 0), p.amount_fen)) * f.fee_basis_points / 10000.0))
        union all
        select format('%s：有平台费，没有应收', f.document) from reconciliation_money_entries f
         where f.kind = 2 and not exists (select 1 from reconciliation_money_entries p where p.order_id = f.order_id and p.kind = 1)
        """, ct);
}

/// <summary>The unique indexes forbid it; this reads the rows themselves, so that a lost or broken index is noticed.</summary>
internal sealed class DocumentsCheck(HubDatabase database) : IVerifyCheck
{
    public string Name => "财务：同一单据只记一次账";

    public Task<VerifyResult> RunAsync(CancellationToken ct) => database.CheckAsync("select count(*) from reconciliation_money_entries", """
        select format('%s：记了 %s 次', min(document), count(*)) from reconciliation_money_entries group by document || '' having count(*) > 1
        """, ct);
}

/// <summary>Every figure of every revision is the sum of the ledger entries which that revision has seen.</summary>
internal sealed class SettlementsCheck(HubDatabase database) : IVerifyCheck
{
    public string Name => "财务：日结每个数字都是账本之和";

    public Task<VerifyResult> RunAsync(CancellationToken ct) => database.CheckAsync("select count(*) from reconciliation_settlement_lines", """
        with ledger as (
            select s.id as settlement_id, e.shop_id, count(*) filter (where kind = 1) as orders,
                   coalesce(sum(amount_fen) filter (where kind = 1), 0) as receivable, coalesce(sum(amount_fen) filter (where kind = 2), 0) as fee,
                   coalesce(sum(amount_fen) filter (where kind = 3), 0) as reversal, coalesce(sum(amount_fen) filter (where kind = 4), 0) as refund
              from reconciliation_settlements s join reconciliation_money_entries e on e.business_day = s.day and e.id <= s.last_entry_id
             group by s.id, e.shop_id),
        unsigned as (select settlement_id, shop_id, count(*) as orders from reconciliation_unsigned_shipments group by settlement_id, shop_id)
        select format('%s 第 %s 版 店铺 %s：日结应收 %s 退款 %s，账本应收 %s 退款 %s（分）', s.day, s.revision, coalesce(l.shop_id, g.shop_id),
                      coalesce(l.receivable_fen, 0), coalesce(l.refund_fen, 0), coalesce(g.receivable, 0), coalesce(g.refund, 0))
          from reconciliation_settlement_lines l
          full join ledger g on g.settlement_id = l.settlement_id and g.shop_id = l.shop_id
          left join unsigned u on u.settlement_id = l.settlement_id and u.shop_id = l.shop_id
          join reconciliation_settlements s on s.id = coalesce(l.settlement_id, g.settlement_id)
         where (coalesce(l.orders, 0), coalesce(l.receivable_fen, 0), coalesce(l.fee_fen, 0), coalesce(l.fee_reversal_fen, 0), coalesce(l.refund_fen, 0))
               <> (coalesce(g.orders, 0), coalesce(g.receivable, 0), coalesce(g.fee, 0), coalesce(g.reversal, 0), coalesce(g.refund, 0))
            or coalesce(l.shipped_not_signed, 0) <> coalesce(u.orders, 0)
        """, ct);
}
