using OrderHub.Orders.Contracts;
using OrderHub.Platform.Accounts;
using OrderHub.Platform.Data;

namespace OrderHub.Orders.Flow;

internal sealed class SellerNotes(HubDatabase database, IOrderFlow flow) : ISellerNotes
{
    public async Task<SellerNote?> FindAsync(long orderId, CancellationToken ct) => (await database.QueryAsync(
        "select id, shop_id, platform_order_no, coalesce(seller_note, ''), seller_flag from orders_orders where id = $1",
        r => new SellerNote(r.GetInt64(0), r.GetInt32(1), r.GetString(2), r.GetString(3), r.GetInt16(4)), ct, orderId)).FirstOrDefault();

    public async Task<bool> SetAsync(HubTransaction tx, long orderId, string text, int flag, Actor actor, CancellationToken ct)
    {
        var note = text.Trim() is { Length: > 0 } words ? words : null;
        var changed = await tx.ExecuteAsync("""
            update orders_orders set seller_note = $2::text, seller_flag = $3 where id = $1 and (seller_note is distinct from $2::text or seller_flag <> $3)
            """, ct, orderId, note, (short)flag);
        if (changed > 0) await flow.NoteAsync(tx, orderId, "改卖家备注", actor, note, ct);
        return changed > 0;
    }
}
