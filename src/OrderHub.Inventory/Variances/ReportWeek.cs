using System.Globalization;
using OrderHub.Platform.Data;
using OrderHub.Platform.Jobs;
using OrderHub.Platform.Notifications;
using OrderHub.Platform.Units;

namespace OrderHub.Inventory.Variances;

/// <summary>Every Monday: last week's summary is kept and people are told. A week is reported once; running again changes nothing.</summary>
internal sealed class ReportWeekJob(HubDatabase database, CompareWeek compare, INotifications notifications, TimeProvider clock) : IJob
{
    public Task<JobReport> RunAsync(CancellationToken ct) => RunAsync(WeekReport.MondayOf(ShopTime.BusinessDay(clock.GetUtcNow())).AddDays(-7), ct);

    public async Task<JobReport> RunAsync(DateOnly monday, CancellationToken ct)
    {
        var report = await compare.ReadAsync(monday, ct);
        return await database.RunAsync(async tx =>
        {
            var now = clock.GetUtcNow();
            var isNew = await tx.ExecuteAsync("""
                insert into inventory_variance_weeks (monday, made_at, compared, differing, pieces_over, pieces_short, net_fen) values ($1, $2, $3, $4, $5, $6, $7) on conflict do nothing
                """, ct, monday, now, report.Compared, report.Lines.Count, report.PiecesOver, report.PiecesShort, report.NetFen) == 1;
            if (isNew && report.Compared > 0)
                await notifications.NotifyAsync(tx, new Message(MessageTone.Information, new("上周账实差异：{0} 个 SKU 不符", Text(report.Lines.Count)),
                [
                    new("核对 SKU", new(Text(report.Compared))), new("盘盈件数", new(Text(report.PiecesOver))), new("盘亏件数", new(Text(report.PiecesShort))), new("差异金额", new(Money.Format(report.NetFen))),
                ], $"/stock/variances?week={monday.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}", IsCritical: false, now), [], null, null, ct);
            return new JobReport(report.Compared, isNew ? 1 : 0, report.Lines.Count);
        }, ct);
    }

    private static string Text(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
