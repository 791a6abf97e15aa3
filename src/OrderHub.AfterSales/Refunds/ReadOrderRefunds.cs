using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using OrderHub.AfterSales.Contracts;
using OrderHub.Orders.Contracts;
using OrderHub.Platform.Data;

namespace OrderHub.AfterSales.Refunds;

internal sealed record OrderRefund(long Id, string RefundNo, RefundKind Kind, RefundStatus Status, long AppliedFen, long RefundedFen, string Reason, DateTimeOffset CreatedAt, DateTimeOffset? DoneAt);

/// <summary>As other programs get it: kind and status as codes (<c>REFUND_ONLY</c>, <c>APPLIED</c>…).</summary>
internal sealed record RefundJson(string RefundNo, string Kind, string Status, long AppliedFen, long RefundedFen, string Reason, DateTimeOffset CreatedAt, DateTimeOffset? DoneAt);

/// <summary>An order's refunds, newest first, for its page and its JSON.</summary>
internal sealed class ReadOrderRefunds(OrderHubDbContext db) : IOrderDetailSource
{
    public string Name => "refunds";

    public async Task<IReadOnlyList<OrderRefund>> HandleAsync(long orderId, CancellationToken ct) =>
        await db.Set<RefundRow>().AsNoTracking().Where(r => r.OrderId == orderId).OrderByDescending(r => r.CreatedAt).ThenByDescending(r => r.Id)
            .Select(r => new OrderRefund(r.Id, r.RefundNo, r.Kind, r.Status, r.AppliedFen, r.RefundedFen, r.Reason, r.CreatedAt, r.DoneAt)).ToListAsync(ct);

    public async Task<object?> ReadAsync(long orderId, CancellationToken ct)
    {
        var refunds = await HandleAsync(orderId, ct);
        return refunds.Count == 0 ? null : refunds.Select(r =>
            new RefundJson(r.RefundNo, Code(r.Kind), Code(r.Status), r.AppliedFen, r.RefundedFen, r.Reason, r.CreatedAt, r.DoneAt)).ToList();
    }

    private static string Code<T>(T value) where T : struct, Enum => JsonNamingPolicy.SnakeCaseUpper.ConvertName(value.ToString());
}
