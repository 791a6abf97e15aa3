using OrderHub.AfterSales.Contracts;
using OrderHub.Platform.Data;
using OrderHub.Platform.Outbox;
using OrderHub.Platform.Units;
using OrderHub.Platform.Verification;
using OrderHub.Reconciliation.MoneyLedger;

namespace OrderHub.Reconciliation.Checks;

/// <summary>Every refund that paid money back has one ledger entry of its amount, and every refund entry its refund.</summary>
internal sealed class RefundsCheck(HubDatabase database, IRefundReports refunds, OutboxBacklog backlog) : IVerifyCheck
{
    private const int PageSize = 5000;

    public string Name => "财务：退款与账本逐笔一致";

    public async Task<VerifyResult> RunAsync(CancellationToken ct)
    {
        var breaches = new BreachList();
        await RefundsHaveEntriesAsync(breaches, ct);
        await EntriesHaveRefundsAsync(breaches, ct);
        return breaches.ToResult();
    }

    /// <summary>Refunds, then outbox, then ledger: see <see cref="ReceivablesCheck"/>.</summary>
    private async Task RefundsHaveEntriesAsync(BreachList breaches, CancellationToken ct)
    {
        for (var after = 0L; await refunds.PaidBackAsync(after, PageSize, ct) is { Count: > 0 } page; after = page[^1].Id)
        {
            var onTheWay = (await backlog.PendingAsync<RefundDone>(BookRefunds.Consumer, ct)).Select(r => BookRefunds.Document(r.ShopId, r.RefundNo)).ToHashSet();
            var booked = (await database.QueryAsync("select document, amount_fen from reconciliation_money_entries where document = any($1) and kind = 4",
                r => (Document: r.GetString(0), Fen: r.GetInt64(1)), ct, (object)page.Select(DocumentOf).ToArray())).ToDictionary(b => b.Document, b => b.Fen);
            breaches.Saw(page.Count);
            foreach (var refund in page)
                if (!booked.TryGetValue(DocumentOf(refund), out var fen) ? !onTheWay.Contains(DocumentOf(refund)) : fen != refund.RefundedFen)
                    breaches.Add($"{DocumentOf(refund)}：已退 {Money.ToYuan(refund.RefundedFen)}，账本 {Money.ToYuan(fen)}");
        }
    }

    private async Task EntriesHaveRefundsAsync(BreachList breaches, CancellationToken ct)
    {
        for (var after = 0L; ;)
        {
            var entries = await database.QueryAsync("select id, shop_id, document from reconciliation_money_entries where kind = 4 and id > $1 order by id limit $2",
                r => (Id: r.GetInt64(0), ShopId: r.GetInt32(1), Document: r.GetString(2)), ct, after, PageSize);
            if (entries.Count == 0) return;
            var known = (await refunds.PaidBackAsync([.. entries.Select(e => (e.ShopId, e.Document[BookRefunds.Document(e.ShopId, "").Length..]))], ct)).Select(DocumentOf).ToHashSet();
            foreach (var entry in entries)
                if (!known.Contains(entry.Document)) breaches.Add($"{entry.Document}：账本有退款，售后没有");
            after = entries[^1].Id;
        }
    }

    private static string DocumentOf(PaidBackRefund refund) => BookRefunds.Document(refund.ShopId, refund.RefundNo);
}
