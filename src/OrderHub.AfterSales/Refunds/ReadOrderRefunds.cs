using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using OrderHub.AfterSales.Contracts;
using OrderHub.Inventory.Contracts;
using OrderHub.Orders.Contracts;
using OrderHub.Platform.Data;

namespace OrderHub.AfterSales.Refunds;

internal sealed record OrderRefund(long Id, string RefundNo, RefundKind Kind, RefundStatus Status, long AppliedFen, long RefundedFen, string Reason, DateTimeOffset CreatedAt, DateTimeOffset? DoneAt, string? ReturnNo)
{
    /// <summary>Of the goods that come back; null = none were announced.</summary>
    public ReturnProgress? Return { get; init; }
}

/// <summary>As other programs get it: kind and status as codes (<c>REFUND_ONLY</c>, <c>APPLIED</c>…).</summary>
internal sealed record RefundJson(string RefundNo, string Kind, string Status, long AppliedFen, long RefundedFen, string Reason, DateTimeOffset CreatedAt, DateTimeOffset? DoneAt, string? ReturnNo);

/// <summary>An order's refunds, newest first, for its page and its JSON.</summary>
internal sealed class ReadOrderRefunds(OrderHubDbContext db, ICustomerReturns returns) : IOrderDetailSource
{
    public string Name => "refunds";

    public async Task<IReadOnlyList<OrderRefund>> HandleAsync(long orderId, CancellationToken ct)
    {
        var refunds = await ListAsync(orderId, ct);
        if (refunds.TrueForAll(r => r.ReturnNo is null)) return refunds;
        var progress = await returns.ProgressAsync([.. refunds.Select(r => r.ReturnNo).OfType<string>()], ct);
        return [.. refunds.Select(r => r.ReturnNo is null ? r : r with { Return = progress.GetValueOrDefault(r.ReturnNo) })];
    }

    private Task<List<OrderRefund>> ListAsync(long orderId, CancellationToken ct) =>
        db.Set<RefundRow>().AsNoTracking().Where(r => r.OrderId == orderId).OrderByDescending(r => r.CreatedAt).ThenByDescending(r => r.Id)
            .Select(r => new OrderRefund(r.Id, r.RefundNo, r.Kind, r.Status, r.AppliedFen, r.RefundedFen, r.Reason, r.CreatedAt, r.DoneAt, r.ReturnNo)).ToListAsync(ct);

    public async Task<object?> ReadAsync(long orderId, CancellationToken ct)
    {
        var refunds = await ListAsync(orderId, ct);
        return refunds.Count == 0 ? null : refunds.Select(r =>
            new RefundJson(r.RefundNo, Code(r.Kind), Code(r.Status), r.AppliedFen, r.RefundedFen, r.Reason, r.CreatedAt, r.DoneAt, r.ReturnNo)).ToList();
    }

    private static string Code<T>(T value) where T : struct, Enum => JsonNamingPolicy.SnakeCaseUpper.ConvertName(value.ToString());
}
