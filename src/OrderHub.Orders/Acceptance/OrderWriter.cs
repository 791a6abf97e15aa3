using System.Collections.Concurrent;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using Npgsql;
using NpgsqlTypes;
using OrderHub.Orders.Contracts;
using OrderHub.Orders.Reading;
using OrderHub.Platform.Accounts;
using OrderHub.Platform.Actions;
using OrderHub.Platform.Data;

namespace OrderHub.Orders.Acceptance;

/// <summary>The intake's SQL: whole batches in one statement per table, all of them in one round trip.</summary>
internal sealed class OrderWriter(OrderIds ids, TimeProvider clock)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    public Task<List<KnownOrder>> LockKnownAsync(HubTransaction tx, IReadOnlyCollection<IncomingOrder> orders, CancellationToken ct) => tx.QueryAsync($"""
        select o.id, o.shop_id, o.platform_order_no, o.version, o.state, o.pay_fen, o.paid_at, o.warehouse_id, o.courier_id, o.lines_digest, o.review_reasons, {ReceiverKey.Sql},
               o.province, o.city, o.district, o.parts::text
          from unnest($1, $2) as k(shop_id, platform_order_no)
          join orders_orders o on o.shop_id = k.shop_id and o.platform_order_no = k.platform_order_no
         order by o.id for no key update of o
        """, r => new KnownOrder(r.GetInt64(0), r.GetInt32(1), r.GetString(2), r.GetInt64(3), (OrderState)r.GetInt16(4), r.GetInt64(5), r.Nullable<DateTimeOffset>(6),
            r.Nullable<int>(7), r.Nullable<int>(8), r.GetInt32(9), r.IsDBNull(10) ? null : r.GetFieldValue<string[]>(10))
            {
                ReceiverKey = r.Text(11), Region = (r.GetString(12), r.GetString(13), r.GetString(14)), Parts = r.Text(15),
            }, ct,
        orders.Select(o => o.ShopId).ToArray(), orders.Select(o => o.PlatformOrderNo).ToArray());

    /// <summary>What they order, known before their fate is. It goes to the server when the stock is asked for.</summary>
    public static void WriteLines(HubTransaction tx, IReadOnlyList<OrderDraft> drafts)
    {
        var rewritten = drafts.Where(d => d.LinesChanged).ToList();
        if (rewritten.Count > 0) tx.Later("delete from orders_lines where order_id = any($1)", Of(rewritten, d => d.Id));
        InsertLines(tx, [.. drafts.Where(d => d.Known is null || d.LinesChanged)]);
    }

    /// <summary>What became of all of them: heads and timeline. It goes to the server with the reservations.</summary>
    public void Write(HubTransaction tx, IReadOnlyList<OrderDraft> drafts, Actor? actor)
    {
        var changed = drafts.Where(d => d.Known is not null).ToList();
        // in the order of their key: two who bring the same new orders wait for each other here, instead of deadlocking
        var added = drafts.Where(d => d.Known is null).OrderBy(d => d.Incoming.ShopId).ThenBy(d => d.Incoming.PlatformOrderNo, StringComparer.Ordinal).ToList();
        var now = clock.GetUtcNow();
        if (added.Count > 0) Insert(tx, added, now);
        if (changed.Count > 0) Update(tx, changed, now);
        Tell(tx, drafts, actor, now);
    }

    /// <summary>Gives every order its id, the new ones a fresh one.</summary>
    public async Task NumberAsync(HubTransaction tx, IReadOnlyList<OrderDraft> drafts, CancellationToken ct)
    {
        var added = drafts.Where(d => d.Known is null).ToList();
        foreach (var (draft, id) in added.Zip(await ids.TakeAsync(tx, added.Count, ct))) draft.Id = id;
        foreach (var draft in drafts) draft.Id = draft.Known?.Id ?? draft.Id;
    }

    private static void Insert(HubTransaction tx, IReadOnlyList<OrderDraft> drafts, DateTimeOffset now) =>
        tx.Later("""
            insert into orders_orders (id, shop_id, platform_order_no, version, state, state_since, platform_status, created_at, paid_at, ship_by, accepted_at,
                   goods_fen, shop_discount_fen, platform_discount_fen, freight_fen, adjust_fen, pay_fen, buyer_key, buyer_nick,
                   receiver_name, receiver_phone, province, city, district, town, address, receiver_token, buyer_note, seller_note, seller_flag,
                   invoice, promotion_type, coupons, extras, named_courier, platform_hold, review_reasons, warehouse_id, courier_id, parts, weight_grams, lines_digest, line_count)
            select id, shop_id, platform_order_no, version, state, $1, platform_status, created_at, paid_at, ship_by, $1,
                   goods, shop_discount, platform_discount, freight, adjust, pay, buyer_key, buyer_nick,
                   receiver_name, receiver_phone, province, city, district, town, address, receiver_token, buyer_note, seller_note, seller_flag,
                   invoice::jsonb, promotion_type, coupons::jsonb, extras::jsonb, named_courier, platform_hold, string_to_array(review, ','), warehouse_id, courier_id, parts::json, weight, digest, line_count
              from unnest($2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26, $27, $28, $29, $30,
                          $31, $32, $33, $34, $35, $36, $37, $38, $39, $40, $41, $42)
                as n(id, shop_id, platform_order_no, version, state, platform_status, created_at, paid_at, ship_by,
                     goods, shop_discount, platform_discount, freight, adjust, pay, buyer_key, buyer_nick,
                     receiver_name, receiver_phone, province, city, district, town, address, receiver_token, buyer_note, seller_note, seller_flag,
                     invoice, promotion_type, coupons, extras, named_courier, platform_hold, review, warehouse_id, courier_id, parts, weight, digest, line_count)
            """, [now,
            Of(drafts, d => d.Id), Of(drafts, d => d.Incoming.ShopId), Of(drafts, d => d.Incoming.PlatformOrderNo), Of(drafts, d => d.Incoming.Version), Of(drafts, d => (short)d.State),
            .. Common(drafts), Of(drafts, d => (short)d.Incoming.Lines.Count)]);

    /// <summary>A newer version: money only while unpaid, the receiver only before packing, the rest always.</summary>
    private static void Update(HubTransaction tx, IReadOnlyList<OrderDraft> drafts, DateTimeOffset now) =>
        tx.Later("""
            update orders_orders o set version = n.version, state = n.state, state_since = case when o.state = n.state then o.state_since else $1 end,
                   platform_status = n.platform_status, paid_at = n.paid_at, ship_by = n.ship_by,
                   goods_fen = case when n.amounts_open then n.goods else o.goods_fen end,
                   shop_discount_fen = case when n.amounts_open then n.shop_discount else o.shop_discount_fen end,
                   platform_discount_fen = case when n.amounts_open then n.platform_discount else o.platform_discount_fen end,
                   freight_fen = case when n.amounts_open then n.freight else o.freight_fen end,
                   adjust_fen = case when n.amounts_open then n.adjust else o.adjust_fen end,
                   pay_fen = case when n.amounts_open then n.pay else o.pay_fen end,
                   receiver_name = case when n.receiver_open then n.receiver_name else o.receiver_name end,
                   receiver_phone = case when n.receiver_open then n.receiver_phone else o.receiver_phone end,
                   province = case when n.receiver_open then n.province else o.province end, city = case when n.receiver_open then n.city else o.city end,
                   district = case when n.receiver_open then n.district else o.district end, town = case when n.receiver_open then n.town else o.town end,
                   address = case when n.receiver_open then n.address else o.address end,
                   receiver_token = case when n.receiver_open then n.receiver_token else o.receiver_token end,
                   buyer_note = n.buyer_note, seller_note = n.seller_note, seller_flag = n.seller_flag, invoice = n.invoice::jsonb, promotion_type = n.promotion_type,
                   coupons = n.coupons::jsonb, extras = n.extras::jsonb, named_courier = n.named_courier, platform_hold = n.platform_hold, review_reasons = string_to_array(n.review, ','),
                   warehouse_id = n.warehouse_id, courier_id = n.courier_id, parts = case when n.placed then n.parts::json else o.parts end,
                   lines_digest = case when n.lines_changed then n.digest else o.lines_digest end,
                   weight_grams = case when n.lines_changed then n.weight else o.weight_grams end,
                   line_count = case when n.lines_changed then n.line_count else o.line_count end
              from unnest($2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26, $27, $28, $29, $30,
                          $31, $32, $33, $34, $35, $36, $37, $38, $39, $40, $41, $42, $43, $44)
                as n(id, version, state, platform_status, created_at, paid_at, ship_by,
                     goods, shop_discount, platform_discount, freight, adjust, pay, buyer_key, buyer_nick,
                     receiver_name, receiver_phone, province, city, district, town, address, receiver_token, buyer_note, seller_note, seller_flag,
                     invoice, promotion_type, coupons, extras, named_courier, platform_hold, review, warehouse_id, courier_id, parts, weight, digest, line_count, amounts_open, receiver_open, lines_changed, placed)
             where o.id = n.id
            """, [now,
            Of(drafts, d => d.Id), Of(drafts, d => d.Incoming.Version), Of(drafts, d => (short)d.State),
            .. Common(drafts), Of(drafts, d => (short)d.Incoming.Lines.Count), Of(drafts, d => d.AmountsOpen), Of(drafts, d => d.ReceiverOpen), Of(drafts, d => d.LinesChanged), Of(drafts, d => d.Decision is not null || d.WarehouseId is null)]);

    private static void Tell(HubTransaction tx, IReadOnlyList<OrderDraft> drafts, Actor? actor, DateTimeOffset now)
    {
        var trace = HubTracing.CurrentTraceId;
        var entries = drafts.SelectMany(d => d.Trail.Select(entry => (d.Id, Actor: actor ?? d.Channel, Trace: d.Incoming.TraceId ?? trace, Entry: entry))).ToList();
        if (entries.Count == 0) return;
        tx.Later("""
            insert into orders_timeline (order_id, at, what, to_state, actor, note, trace_id)
            select order_id, $1, what, to_state, actor, note, trace from unnest($2, $3, $4, $5, $6, $7) with ordinality as n(order_id, trace, what, to_state, actor, note, place) order by place
            """, now, Of(entries, e => e.Id), Of(entries, e => e.Trace), Of(entries, e => e.Entry.What), Of(entries, e => (short?)e.Entry.To), Of(entries, e => e.Actor.Name), Texts(entries, e => e.Entry.Note));
    }

    private static void InsertLines(HubTransaction tx, IReadOnlyList<OrderDraft> drafts)
    {
        var lines = drafts.SelectMany(d => d.Incoming.Lines.Select((line, i) => (d.Id, No: (short)(i + 1), Line: line, d.Skus[i]?.Id))).ToList();
        if (lines.Count == 0) return;
        tx.Later("""
            insert into orders_lines (order_id, line_no, platform_line_no, platform_product_id, platform_sku_id, merchant_code, sku_id, title, spec, quantity, unit_price_fen, pay_fen, is_gift)
            select * from unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
            """, lines.Select(l => l.Item1).ToArray(), lines.Select(l => l.No).ToArray(), lines.Select(l => l.Line.PlatformLineNo).ToArray(),
            Texts(lines, l => l.Line.PlatformProductId), Texts(lines, l => l.Line.PlatformSkuId), Texts(lines, l => l.Line.MerchantCode), lines.Select(l => l.Item4).ToArray(),
            lines.Select(l => l.Line.Title).ToArray(), lines.Select(l => l.Line.Spec).ToArray(), lines.Select(l => l.Line.Quantity).ToArray(),
            lines.Select(l => l.Line.UnitPriceFen).ToArray(), lines.Select(l => l.Line.PayFen).ToArray(), lines.Select(l => l.Line.IsGift).ToArray());
    }

    /// <summary>The columns insert and update share, in the order both statements name them: platform_status … digest.</summary>
    private static object?[] Common(IReadOnlyList<OrderDraft> drafts) =>
    [
        Of(drafts, d => (int)d.Incoming.Status), Of(drafts, d => d.Incoming.CreatedAt), Of(drafts, d => d.PaidAt), Of(drafts, d => d.Incoming.ShipBy),
        Of(drafts, d => d.Incoming.Amounts.GoodsFen), Of(drafts, d => d.Incoming.Amounts.ShopDiscountFen), Of(drafts, d => d.Incoming.Amounts.PlatformDiscountFen),
        Of(drafts, d => d.Incoming.Amounts.FreightFen), Of(drafts, d => d.Incoming.Amounts.AdjustFen), Of(drafts, d => d.Incoming.Amounts.PayFen),
        Of(drafts, d => d.Incoming.BuyerKey), Of(drafts, d => d.Incoming.BuyerNick),
        Of(drafts, d => d.Incoming.Receiver.Name), Of(drafts, d => d.Incoming.Receiver.Phone), Of(drafts, d => d.Incoming.Receiver.Province), Of(drafts, d => d.Incoming.Receiver.City),
        Of(drafts, d => d.Incoming.Receiver.District), Of(drafts, d => d.Incoming.Receiver.Town), Of(drafts, d => d.Incoming.Receiver.Address), Texts(drafts, d => d.Incoming.Receiver.Token),
        Texts(drafts, d => d.Incoming.BuyerNote), Texts(drafts, d => d.Incoming.SellerNote), Of(drafts, d => (short)d.Incoming.SellerFlag),
        Texts(drafts, d => d.Incoming.Invoice is { } invoice ? JsonSerializer.Serialize(invoice, Json) : null), Of(drafts, d => d.Incoming.PromotionType),
        Texts(drafts, d => d.Incoming.Coupons.Count > 0 ? JsonSerializer.Serialize(d.Incoming.Coupons, Json) : null),
        Texts(drafts, d => d.Incoming.Extras?.OrNull() is { } extras ? JsonSerializer.Serialize(extras, Json) : null), Texts(drafts, d => d.Incoming.NamedCourier),
        Texts(drafts, d => d.PlatformHold), Texts(drafts, d => d.Review is { Count: > 0 } reasons ? string.Join(',', reasons) : null),
        Of(drafts, d => d.WarehouseId), Of(drafts, d => d.CourierId), Texts(drafts, d => OrderParts.Text(d.Decision)), Of(drafts, d => d.WeightGrams), Of(drafts, d => d.Digest),
    ];

    private static TValue[] Of<TItem, TValue>(IReadOnlyList<TItem> items, Func<TItem, TValue> value) => [.. items.Select(value)];

    private static NpgsqlParameter Texts<TItem>(IReadOnlyList<TItem> items, Func<TItem, string?> value) =>
        new() { Value = items.Select(value).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text };
}

/// <summary>Order ids in blocks, so that an order alone does not pay a statement for its number. Ids left over when a host stops are never used.</summary>
internal sealed class OrderIds
{
    private const int Block = 500;
    private readonly ConcurrentQueue<long> _ids = new();

    public async Task<IReadOnlyList<long>> TakeAsync(HubTransaction tx, int count, CancellationToken ct)
    {
        var taken = new List<long>(count);
        while (taken.Count < count)
        {
            if (_ids.TryDequeue(out var id)) taken.Add(id);
            else foreach (var fresh in (await tx.QueryAsync("select array_agg(nextval('orders_orders_id_seq')) from generate_series(1, $1)", r => r.GetFieldValue<long[]>(0), ct, Block))[0]) _ids.Enqueue(fresh);
        }
        return taken;
    }
}
