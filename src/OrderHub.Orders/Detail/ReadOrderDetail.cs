using System.Text.Json;
using Npgsql;
using OrderHub.Allocation.Contracts;
using OrderHub.Catalog.Contracts;
using OrderHub.Inventory.Contracts;
using OrderHub.Orders.Contracts;
using OrderHub.Platform.Data;
using OrderHub.Platform.Units;

namespace OrderHub.Orders.Detail;

/// <summary>Everything that is known of one order, as the page and the API show it.</summary>
internal sealed record OrderDetail(OrderHead Head, Shop? Shop, IReadOnlyList<DetailLine> Lines, IReadOnlyList<Reservation> Held, AllocationDecision? Decision,
    IReadOnlyList<TimelineEntry> Timeline, CatalogSnapshot Catalog, FulfilmentNetwork Network)
{
    public IReadOnlyList<OrderRejection> Rejections { get; init; } = [];
    public bool IsVip { get; init; }
}

/// <summary>A warehouse that refused the order.</summary>
internal sealed record OrderRejection(int WarehouseId, string Reason, string Actor, DateTimeOffset At);

internal sealed record OrderHead(long Id, int ShopId, string PlatformOrderNo, OrderState State, DateTimeOffset StateSince, PlatformStatus PlatformStatus,
    DateTimeOffset CreatedAt, DateTimeOffset? PaidAt, DateTimeOffset? ShipBy, DateTimeOffset? ShippedAt, DateTimeOffset AcceptedAt, IncomingAmounts Amounts,
    string BuyerNick, IncomingReceiver Receiver, string? BuyerNote, string? SellerNote, int SellerFlag, IncomingInvoice? Invoice, string PromotionType,
    IReadOnlyList<IncomingCoupon> Coupons, string? NamedCourier, string? PlatformHold, string? Hold, IReadOnlyList<string> ReviewReasons,
    int? WarehouseId, int? CourierId, int WeightGrams, PlatformExtras Extras)
{
    public string No => OrderNo.From(Id);
}

/// <param name="PayFen">The line's share of what the buyer paid.</param>
internal sealed record DetailLine(int LineNo, string PlatformLineNo, string? PlatformSkuId, string? MerchantCode, Sku? Sku, string Title, string Spec, int Quantity,
    long UnitPriceFen, long PayFen, bool IsGift);

/// <param name="What">Chinese, a localizer key.</param>
internal sealed record TimelineEntry(DateTimeOffset At, string What, OrderState? To, string Actor, string? Note, string? TraceId);

internal sealed class ReadOrderDetail(HubDatabase database, ICatalog catalogs, IFulfilmentNetwork networks, IAllocator allocator, IStockReader stock)
{
    private const string HeadSql = """
        select id, shop_id, platform_order_no, state, state_since, platform_status, created_at, paid_at, ship_by, shipped_at, accepted_at,
               goods_fen, shop_discount_fen, platform_discount_fen, freight_fen, adjust_fen, pay_fen, buyer_nick,
               receiver_name, receiver_phone, province, city, district, town, address, receiver_token,
               buyer_note, seller_note, seller_flag, invoice, promotion_type, coupons, named_courier, platform_hold, hold, review_reasons, warehouse_id, courier_id, weight_grams, extras
          from orders_orders where id = $1
        """;

    /// <param name="no">A hub order number.</param>
    /// <returns>Null when the number is mistyped or unknown.</returns>
    public async Task<OrderDetail?> HandleAsync(string no, CancellationToken ct)
    {
        if (!OrderNo.TryParse(no, out var id)) return null;
        var head = (await database.QueryAsync(HeadSql, ReadHead, ct, id)).FirstOrDefault();
        if (head is null) return null;
        var catalog = await catalogs.CurrentAsync(ct);
        var lines = await database.QueryAsync("""
            select line_no, platform_line_no, platform_sku_id, merchant_code, sku_id, title, spec, quantity, unit_price_fen, pay_fen, is_gift
              from orders_lines where order_id = $1 order by line_no
            """, r => new DetailLine(r.GetInt16(0), r.GetString(1), r.Text(2), r.Text(3), r.IsDBNull(4) ? null : catalog.Sku(r.GetInt32(4)), r.GetString(5), r.GetString(6),
                r.GetInt32(7), r.GetInt64(8), r.GetInt64(9), r.GetBoolean(10)), ct, id);
        var timeline = await database.QueryAsync("select at, what, to_state, actor, note, trace_id from orders_timeline where order_id = $1 order by id",
            r => new TimelineEntry(r.GetFieldValue<DateTimeOffset>(0), r.GetString(1), (OrderState?)r.Nullable<short>(2), r.GetString(3), r.Text(4), r.Text(5)), ct, id);
        return new OrderDetail(head, catalog.Shop(head.ShopId), lines, await stock.HeldByAsync([id], ct), await allocator.LastDecisionAsync(id, ct), timeline, catalog,
            await networks.CurrentAsync(ct))
        {
            Rejections = await database.QueryAsync("select warehouse_id, reason, actor, at from orders_rejections where order_id = $1 order by at",
                r => new OrderRejection(r.GetInt32(0), r.GetString(1), r.GetString(2), r.GetFieldValue<DateTimeOffset>(3)), ct, id),
            IsVip = (await database.QueryAsync("select 1 from orders_orders o join orders_vip_buyers v on v.shop_id = o.shop_id and v.buyer_key = o.buyer_key where o.id = $1", r => true, ct, id)).Count > 0,
        };
    }

    private static OrderHead ReadHead(NpgsqlDataReader r) => new(r.GetInt64(0), r.GetInt32(1), r.GetString(2), (OrderState)r.GetInt16(3), r.GetFieldValue<DateTimeOffset>(4),
        (PlatformStatus)r.GetInt32(5), r.GetFieldValue<DateTimeOffset>(6), r.Nullable<DateTimeOffset>(7), r.Nullable<DateTimeOffset>(8), r.Nullable<DateTimeOffset>(9), r.GetFieldValue<DateTimeOffset>(10),
        new IncomingAmounts(r.GetInt64(11), r.GetInt64(12), r.GetInt64(13), r.GetInt64(14), r.GetInt64(15), r.GetInt64(16)), r.GetString(17),
        new IncomingReceiver(r.GetString(18), r.GetString(19), r.GetString(20), r.GetString(21), r.GetString(22), r.GetString(23), r.GetString(24), r.Text(25)),
        r.Text(26), r.Text(27), r.GetInt16(28), Json<IncomingInvoice>(r.Text(29)), r.GetString(30), Json<IncomingCoupon[]>(r.Text(31)) ?? [], r.Text(32), r.Text(33), r.Text(34),
        r.IsDBNull(35) ? [] : r.GetFieldValue<string[]>(35), r.Nullable<int>(36), r.Nullable<int>(37), r.GetInt32(38), Json<PlatformExtras>(r.Text(39)) ?? new());

    private static T? Json<T>(string? json) where T : class => json is null ? null : JsonSerializer.Deserialize<T>(json, JsonSerializerOptions.Web);
}
