namespace OrderHub.AfterSales.Contracts;

/// <summary>Reads over many refunds at once, for reconciliation.</summary>
public interface IRefundReports
{
    /// <summary>A page of the refunds that paid money back, ascending by id, starting after <paramref name="afterId"/>.</summary>
    Task<IReadOnlyList<PaidBackRefund>> PaidBackAsync(long afterId, int take, CancellationToken ct);

    /// <summary>Which of these refunds paid money back; others are absent.</summary>
    Task<IReadOnlyList<PaidBackRefund>> PaidBackAsync(IReadOnlyCollection<(int ShopId, string RefundNo)> refunds, CancellationToken ct);
}

/// <param name="RefundedFen">Always positive.</param>
public sealed record PaidBackRefund(long Id, int ShopId, string RefundNo, string PlatformOrderNo, long RefundedFen);
