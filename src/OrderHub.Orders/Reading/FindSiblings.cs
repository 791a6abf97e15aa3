using OrderHub.Orders.Contracts;
using OrderHub.Platform.Data;

namespace OrderHub.Orders.Reading;

/// <summary>Who an order's parcel goes to, as one text; equal texts of one shop mean one receiver.</summary>
internal static class ReceiverKey
{
    /// <summary>The same as <see cref="Of"/>; null where nobody can tell.</summary>
    public const string Sql = """
        case when receiver_token <> '' then receiver_token
             when buyer_key <> '' and receiver_phone <> '' and strpos(receiver_phone || receiver_name || address, '*') = 0
             then concat_ws('|', buyer_key, receiver_name, receiver_phone, province, city, district, town, address) end
        """;

    public static string? Of(string buyerKey, IncomingReceiver to) => to.Token is { Length: > 0 } token ? token
        : buyerKey.Length == 0 || to.Phone.Length == 0 || (to.Phone + to.Name + to.Address).Contains('*') ? null
        : string.Join('|', buyerKey, to.Name, to.Phone, to.Province, to.City, to.District, to.Town, to.Address);
}

internal sealed class FindSiblings(HubDatabase database) : IOrderSiblings
{
    private const int Most = 500;

    public async Task<IReadOnlyList<SiblingGroup>> FindAsync(IReadOnlyCollection<int>? shopIds, CancellationToken ct) => await database.QueryAsync($"""
        select shop_id, warehouse_id, courier_id, min(receiver_name), min(receiver_phone), min(province), min(city), min(district), min(town), min(address), min(buyer_nick),
               array_agg(id order by coalesce(ship_by, paid_at, created_at), id), max(coalesce(paid_at, created_at))
          from (select *, {ReceiverKey.Sql} as receiver_key from orders_orders
                 where state = 30 and hold is null and platform_hold is null and parts is null and ($1::int[] is null or shop_id = any($1))) o
         where receiver_key is not null
         group by shop_id, warehouse_id, courier_id, receiver_key having count(*) > 1
         order by min(coalesce(ship_by, paid_at, created_at)) limit {Most}
        """, r => new SiblingGroup(r.GetInt32(0), r.GetInt32(1), r.Nullable<int>(2),
            new(r.GetString(3), r.GetString(4), r.GetString(5), r.GetString(6), r.GetString(7), r.GetString(8), r.GetString(9), null), r.GetString(10),
            r.GetFieldValue<long[]>(11), r.GetFieldValue<DateTimeOffset>(12)), ct, [shopIds?.ToArray()]);
}
