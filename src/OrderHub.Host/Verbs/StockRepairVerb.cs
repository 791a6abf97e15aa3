using System.CommandLine;
using OrderHub.Catalog.Contracts;
using OrderHub.Inventory.Contracts;
using OrderHub.Platform.Accounts;

namespace OrderHub.Host.Verbs;

internal static class StockRepairVerb
{
    public static Command Create()
    {
        var apply = new Option<bool>("--apply") { Description = "Put the counters back to what their ledgers say. Without it nothing is changed." };
        var verb = new Command("repair-stock", "Show where stock counters drifted from their ledgers, and put them back. Exit code 1 while drift remains.") { apply };
        verb.SetAction((parsed, ct) => parsed.InHubAsync(async (hub, token) =>
        {
            await using var scope = hub.Services.CreateAsyncScope();
            var repair = scope.ServiceProvider.GetRequiredService<IStockRepair>();
            var catalog = await scope.ServiceProvider.GetRequiredService<ICatalog>().CurrentAsync(token);
            var isApplied = parsed.GetValue(apply);
            var drifts = isApplied ? await repair.ApplyAsync(Actor.System, token) : await repair.FindAsync(token);
            foreach (var drift in drifts)
                await Console.Out.WriteLineAsync($"{(!drift.Fixable ? "STUCK " : isApplied ? "fixed " : "drift ")} {catalog.Sku(drift.SkuId)?.Code ?? $"SKU {drift.SkuId}",-24} warehouse {drift.WarehouseId,4}  {drift.Counter,-20} counted {drift.Counted,8}  ledger {drift.ByLedger,8}");
            await Console.Out.WriteLineAsync($"{drifts.Count} counters differ, {(isApplied ? drifts.Count(d => d.Fixable) : 0)} repaired");
            return drifts.All(d => isApplied && d.Fixable) ? VerbRun.Done : VerbRun.Refused;
        }, ct));
        return verb;
    }
}
