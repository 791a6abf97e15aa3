using Microsoft.EntityFrameworkCore;
using OrderHub.AfterSales.Contracts;
using OrderHub.Catalog.Contracts;
using OrderHub.Platform.Data;

namespace OrderHub.AfterSales.Refunds;

/// <param name="Text">A refund number or platform order number, in full.</param>
/// <param name="Before">Keyset: only refunds with a smaller id.</param>
internal sealed record RefundFilter(string? ShopCode, RefundStatus? Status, string? Text, long? Before);

internal sealed record RefundListRow(long Id, int ShopId, string RefundNo, string PlatformOrderNo, long? OrderId, RefundKind Kind, RefundStatus Status,
    long AppliedFen, long RefundedFen, string Reason, DateTimeOffset CreatedAt, DateTimeOffset ModifiedAt);

/// <param name="Next">The cursor of the next page; null on the last.</param>
internal sealed record RefundPage(IReadOnlyList<RefundListRow> Rows, long? Next, CatalogSnapshot Catalog);

/// <summary>Newest first.</summary>
internal sealed class ListRefunds(OrderHubDbContext db, ICatalog catalog)
{
    public const int PageSize = 50;

    public async Task<RefundPage> PageAsync(RefundFilter filter, CancellationToken ct)
    {
        var refunds = db.Set<RefundRow>().AsNoTracking();
        var master = await catalog.CurrentAsync(ct);
        if (master.ShopByCode(filter.ShopCode)?.Id is { } shop) refunds = refunds.Where(r => r.ShopId == shop);
        if (filter.Status is { } status) refunds = refunds.Where(r => r.Status == status);
        if (filter.Text is { Length: > 0 } text) refunds = refunds.Where(r => r.RefundNo == text || r.PlatformOrderNo == text);
        if (filter.Before is { } before) refunds = refunds.Where(r => r.Id < before);
        var rows = await refunds.OrderByDescending(r => r.Id).Take(PageSize + 1)
            .Select(r => new RefundListRow(r.Id, r.ShopId, r.RefundNo, r.PlatformOrderNo, r.OrderId, r.Kind, r.Status, r.AppliedFen, r.RefundedFen, r.Reason, r.CreatedAt, r.ModifiedAt))
            .ToListAsync(ct);
        var more = rows.Count > PageSize;
        if (more) rows.RemoveAt(PageSize);
        return new RefundPage(rows, more ? rows[^1].Id : null, master);
    }
}
