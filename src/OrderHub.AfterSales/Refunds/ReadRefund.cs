using Npgsql;
using OrderHub.AfterSales.Contracts;
using OrderHub.Platform.Data;

namespace OrderHub.AfterSales.Refunds;

internal sealed class ReadRefund(HubDatabase database) : IRefundReader
{
    private const string Select = "select id, shop_id, refund_no, version, platform_order_no, order_id, kind, status, applied_fen, reason from aftersales_refunds where id = $1";

    public async Task<RefundView?> FindAsync(long refundId, CancellationToken ct) => (await database.QueryAsync(Select, Row, ct, refundId)).FirstOrDefault();

    public async Task<RefundView?> LockAsync(HubTransaction tx, long refundId, CancellationToken ct) => (await tx.QueryAsync(Select + " for no key update", Row, ct, refundId)).FirstOrDefault();

    private static RefundView Row(NpgsqlDataReader r) => new(r.GetInt64(0), r.GetInt32(1), r.GetString(2), r.GetInt64(3), r.GetString(4), r.Nullable<long>(5),
        (RefundKind)r.GetInt16(6), (RefundStatus)r.GetInt16(7), r.GetInt64(8), r.GetString(9));
}
