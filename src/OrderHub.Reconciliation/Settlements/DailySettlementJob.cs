using OrderHub.Platform.Jobs;
using OrderHub.Platform.Units;
using OrderHub.Reconciliation.Contracts;

namespace OrderHub.Reconciliation.Settlements;

/// <summary>Settles yesterday and looks again at the six days before it: unsettled ones and those with late entries are written, the others stay.</summary>
internal sealed class DailySettlementJob(IDailySettlement settlement, TimeProvider clock) : IJob
{
    private const int Days = 7;

    public async Task<JobReport> RunAsync(CancellationToken ct)
    {
        var yesterday = ShopTime.BusinessDay(clock.GetUtcNow()).AddDays(-1);
        var (written, refused, note) = (0, 0, (string?)null);
        for (var back = Days - 1; back >= 0; back--)
        {
            var report = await settlement.SettleAsync(yesterday.AddDays(-back), ct);
            if (report.Status == SettlementStatus.Settled) written++;
            if (report.Status != SettlementStatus.Waiting) continue;
            refused++;
            note = report.Refusal?.Text;
        }
        return new JobReport(Days, written, refused, note);
    }
}
