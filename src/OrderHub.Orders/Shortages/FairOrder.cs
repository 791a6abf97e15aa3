namespace OrderHub.Orders.Shortages;

/// <summary>
/// Who gets the next pieces: whom a person put first; then the earlier deadline, by day, because goods that leave on the same day are equally
/// in time; on the same day a VIP; then who paid first. SQL over <c>orders_orders o</c>.
/// </summary>
internal static class FairOrder
{
    public const string Joins = "left join orders_priorities p on p.order_id = o.id left join orders_vip_buyers v on v.shop_id = o.shop_id and v.buyer_key = o.buyer_key";

    public const string Columns = "coalesce(p.weight, 0) desc, (o.ship_by at time zone 'Asia/Shanghai')::date nulls last, (v.buyer_key is not null) desc, o.paid_at, o.id";
}
