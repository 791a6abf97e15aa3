using OrderHub.Platform.Data;
using OrderHub.Platform.Verification;

namespace OrderHub.Orders.Checks;

internal sealed class EveryOrderOnce(HubDatabase database) : IVerifyCheck
{
    public string Name => "订单：同一店铺同一平台单号只有一张";

    public Task<VerifyResult> RunAsync(CancellationToken ct) => database.CheckAsync("select count(*) from orders_orders",
        "select format('店铺 %s 单号 %s 有 %s 张', shop_id, platform_order_no, count(*)) from orders_orders group by shop_id, platform_order_no having count(*) > 1", ct);
}

internal sealed class LinesComplete(HubDatabase database) : IVerifyCheck
{
    public string Name => "订单：商品行数与订单头一致";

    public Task<VerifyResult> RunAsync(CancellationToken ct) => database.CheckAsync("select count(*) from orders_orders", """
        select format('订单 %s：头上 %s 行，实有 %s 行', o.id, o.line_count, coalesce(l.n, 0))
          from orders_orders o left join (select order_id, count(*) as n from orders_lines group by 1) l on l.order_id = o.id
         where o.line_count <> coalesce(l.n, 0)
        """, ct);
}

internal sealed class TimelineTellsState(HubDatabase database) : IVerifyCheck
{
    public string Name => "订单：时间线最后的状态就是当前状态";

    public Task<VerifyResult> RunAsync(CancellationToken ct) => database.CheckAsync("select count(*) from orders_orders", """
        select format('订单 %s：当前 %s，时间线 %s', o.id, o.state, t.to_state)
          from orders_orders o
          left join (select distinct on (order_id) order_id, to_state from orders_timeline where to_state is not null order by order_id, id desc) t on t.order_id = o.id
         where o.state is distinct from t.to_state
        """, ct);
}

internal sealed class ShortagesAreKept(HubDatabase database) : IVerifyCheck
{
    public string Name => "订单：等货清单里正是缺货的订单";

    /// <summary>The other way round, an order without its wants, is mended by the next retry.</summary>
    public Task<VerifyResult> RunAsync(CancellationToken ct) => database.CheckAsync("select count(*) from orders_shortages", """
        select format('订单 %s 不缺货，却在等 SKU %s', s.order_id, s.sku_id) from orders_shortages s left join orders_orders o on o.id = s.order_id and o.state = 28 where o.id is null
        """, ct);
}

internal sealed class PaidMeansPaid(HubDatabase database) : IVerifyCheck
{
    public string Name => "订单：付款之后的状态都有付款时间";

    public Task<VerifyResult> RunAsync(CancellationToken ct) => database.CheckAsync("select count(*) from orders_orders", """
        select format('订单 %s 状态 %s：付款时间 %s 应付 %s', id, state, paid_at, pay_fen) from orders_orders
         where (state between 20 and 70 or state = 90) and paid_at is null
        """, ct);
}
