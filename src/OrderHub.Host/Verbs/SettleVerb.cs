using System.CommandLine;
using OrderHub.Platform.Units;
using OrderHub.Reconciliation.Contracts;

namespace OrderHub.Host.Verbs;

internal static class SettleVerb
{
    public static Command Create()
    {
        var date = new Option<DateOnly>("--date") { Description = "Business day in Asia/Shanghai, for example 2026-11-21.", Required = true };
        var verb = new Command("settle", "Write a day's settlement. Running it again changes no figure; late entries give a new revision.") { date };
        verb.SetAction((parsed, ct) => parsed.InHubAsync(async (hub, token) =>
        {
            await using var scope = hub.Services.CreateAsyncScope();
            var report = await scope.ServiceProvider.GetRequiredService<IDailySettlement>().SettleAsync(parsed.GetRequiredValue(date), token);
            await Console.Out.WriteLineAsync($"{report.Day:yyyy-MM-dd} {report.Status}, revision {report.Revision}{(report.Provisional ? ", provisional" : "")}");
            if (report.Refusal is { } refusal) await Console.Error.WriteLineAsync(refusal.Text);
            var total = report.Total;
            await Console.Out.WriteLineAsync($"orders {total.Orders}  receivable {Money.Format(total.ReceivableFen)}  fee {Money.Format(total.FeeFen)}  fee reversal {Money.Format(total.FeeReversalFen)}  " +
                $"refunds {Money.Format(total.RefundFen)}  net {Money.Format(total.NetFen)}  shipped, not signed {total.ShippedNotSigned}");
            return report.Status is SettlementStatus.Settled or SettlementStatus.Unchanged ? VerbRun.Done : VerbRun.Refused;
        }, ct));
        return verb;
    }
}
