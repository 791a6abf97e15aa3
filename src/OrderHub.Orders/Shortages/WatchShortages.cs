using System.Globalization;
using OrderHub.Catalog.Contracts;
using OrderHub.Platform.Data;
using OrderHub.Platform.Incidents;
using OrderHub.Platform.Jobs;
using OrderHub.Platform.Texts;

namespace OrderHub.Orders.Shortages;

/// <summary>Tells purchasing of every SKU that orders wait for: once when it begins, once when it is supplied.</summary>
internal sealed class WatchShortages(HubDatabase database, ICatalog catalogs, CountShortages counts, IIncidents incidents) : IJob
{
    public const string Kind = "orders.shortage";

    public async Task<JobReport> RunAsync(CancellationToken ct)
    {
        var catalog = await catalogs.CurrentAsync(ct);
        var missing = (await counts.BySkuAsync(ct)).Where(s => s.Missing > 0 && catalog.Sku(s.SkuId) is not null).ToDictionary(s => new IncidentKey(Kind, catalog.Sku(s.SkuId)!.Code));
        return await database.RunAsync(async tx =>
        {
            var open = (await incidents.ListOpenAsync(tx, Kind, ct)).ToHashSet();
            foreach (var (key, shortage) in missing) await incidents.OpenAsync(tx, key, News(catalog.Sku(shortage.SkuId)!, shortage), ct);
            var over = open.Except(missing.Keys).ToList();
            foreach (var key in over) await incidents.CloseAsync(tx, key, ct);
            var changed = over.Count + missing.Keys.Count(k => !open.Contains(k));
            return new JobReport(changed == 0 ? 0 : missing.Count, changed); // a quiet round leaves no line in the job log
        }, ct);
    }

    private static IncidentNews News(Sku sku, SkuShortage shortage) => new(new Words("缺货：{0} {1}", sku.Code, sku.Name),
        [new("缺", new Words("{0} 件", Number(shortage.Missing))), new("等货的订单", new Words("{0} 单", Number(shortage.Orders)))],
        "/orders/shortage?sku=" + Uri.EscapeDataString(sku.Code), [], Evidence: $"{shortage.Orders}/{shortage.Missing}");

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
