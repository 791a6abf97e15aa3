using Npgsql;
using OrderHub.AfterSales.Contracts;
using OrderHub.Platform.Data;

namespace OrderHub.AfterSales.Refunds;

internal sealed class ReportRefunds(HubDatabase database) : IRefundReports
{
    private const string Columns = "r.id, r.shop_id, r.refund_no, r.platform_order_no, r.refunded_fen";

    public async Task<IReadOnlyList<PaidBackRefund>> PaidBackAsync(long afterId, int take, CancellationToken ct) => await database.QueryAsync(
        $"select {Columns} from aftersales_refunds r where r.id > $1 and r.status = 7 and r.refunded_fen > 0 order by r.id limit $2", Read, ct, afterId, take);

    public async Task<IReadOnlyList<PaidBackRefund>> PaidBackAsync(IReadOnlyCollection<(int ShopId, string RefundNo)> refunds, CancellationToken ct) => await database.QueryAsync(
        $"""
        select {Columns} from unnest($1::int[], $2::text[]) as n(shop_id, refund_no)
          join aftersales_refunds r using (shop_id, refund_no) where r.status = 7 and r.refunded_fen > 0
        """, Read, ct, refunds.Select(r => r.ShopId).ToArray(), refunds.Select(r => r.RefundNo).ToArray());

    private static PaidBackRefund Read(NpgsqlDataReader r) => new(r.GetInt64(0), r.GetInt32(1), r.GetString(2), r.GetString(3), r.GetInt64(4));
}
