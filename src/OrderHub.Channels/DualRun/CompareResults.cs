using OrderHub.Allocation.Contracts;
using OrderHub.Catalog.Contracts;
using OrderHub.Channels.Imports;
using OrderHub.Channels.Imports.Columns;
using OrderHub.Channels.Imports.Sheets;
using OrderHub.Orders.Contracts;
using OrderHub.Platform.Actions;
using OrderHub.Platform.Audit;
using OrderHub.Platform.Data;
using OrderHub.Platform.Results;
using OrderHub.Platform.Units;

namespace OrderHub.Channels.DualRun;

/// <summary>Another system's results for the orders placed on one day (shop time).</summary>
internal sealed record CompareResults(string ShopCode, DateOnly Day, string FileName, byte[] Content, ColumnMapping Mapping);

/// <summary>A file as it was opened: what its columns are called, how they are probably meant, and what stands in them.</summary>
internal sealed record OpenedResults(IReadOnlyList<string> Headers, ColumnMapping Mapping, IReadOnlyList<SheetRow> Sample, int Rows);

internal sealed class CompareResultsHandler(HubDatabase database, ICatalog catalog, IFulfilmentNetwork networks, IOrderReports reports, CurrentActor current, AuditTrail audit, TimeProvider clock)
{
    private const string Purpose = "results";

    public async Task<Result<OpenedResults>> OpenAsync(string shopCode, byte[] content, CancellationToken ct)
    {
        if ((await catalog.CurrentAsync(ct)).ShopByCode(shopCode) is not { } shop) return ChannelErrors.ShopNotFound(shopCode);
        var opened = SheetTable.Open(content);
        if (opened.Error is { } unreadable) return unreadable;
        var measured = opened.Value.Measure();
        if (measured.Error is { } refusal) return refusal;
        var headers = opened.Value.Headers;
        var remembered = await database.QueryAsync("select mapping from channels_import_mappings where shop_id = $1 and header_hash = $2", r => r.GetFieldValue<string[]>(0), ct, shop.Id, ColumnMapping.HashOf(headers, Purpose));
        var mapping = remembered is [var one] && one.Length == headers.Count ? ColumnMapping.From(one) : ColumnMapping.Suggest(headers, ImportFields.OfResults);
        return new OpenedResults(headers, mapping, measured.Value.Sample, measured.Value.Rows);
    }

    /// <returns>The comparison's id.</returns>
    public async Task<Result<long>> HandleAsync(CompareResults command, CancellationToken ct)
    {
        if ((await catalog.CurrentAsync(ct)).ShopByCode(command.ShopCode) is not { } shop) return ChannelErrors.ShopNotFound(command.ShopCode);
        if (!command.Mapping.Has(ImportField.OrderNo)) return ImportErrors.FieldMissing(ImportField.OrderNo.Chinese());
        var table = SheetTable.Open(command.Content);
        if (table.Error is { } unreadable) return unreadable;
        var theirs = TheirResults.Read(table.Value.Rows, command.Mapping);
        var (from, until) = (ShopTime.StartOf(command.Day), ShopTime.StartOf(command.Day.AddDays(1)));
        var ours = await reports.ResultsAsync(shop.Id, from, until, [.. theirs.Orders.Select(o => o.OrderNo)], ct);
        var found = Differences.Between(theirs.Orders, ours, from, until, await networks.CurrentAsync(ct)).ToList();
        var differing = found.Select(d => d.OrderNo).ToHashSet(StringComparer.Ordinal);
        return await database.RunAsync(async tx =>
        {
            var id = (await tx.QueryAsync("""
                insert into channels_comparisons (shop_id, day, file_name, theirs, ours, same, unreadable, compared_by, at) values ($1, $2, left($3, 200), $4, $5, $6, $7, $8, $9) returning id
                """, r => r.GetInt64(0), ct, shop.Id, command.Day, command.FileName, theirs.Orders.Count, ours.Values.Count(o => o.CreatedAt >= from && o.CreatedAt < until),
                theirs.Orders.Count(o => !differing.Contains(o.OrderNo)), theirs.Unreadable, current.Actor.Name, clock.GetUtcNow()))[0];
            await tx.ExecuteAsync("""
                insert into channels_differences (comparison_id, kind, order_no, order_id, theirs, ours) select $1, n.kind, n.no, nullif(n.order_id, 0), left(n.theirs, 400), n.ours
                  from unnest($2, $3, $4, $5, $6) as n(kind, no, order_id, theirs, ours)
                """, ct, id, found.Select(d => (short)d.Kind).ToArray(), found.Select(d => d.OrderNo).ToArray(), found.Select(d => d.OrderId ?? 0).ToArray(), found.Select(d => d.Theirs).ToArray(), found.Select(d => d.Ours).ToArray());
            await tx.ExecuteAsync("""
                insert into channels_import_mappings (shop_id, header_hash, mapping, used_at) values ($1, $2, $3, $4) on conflict (shop_id, header_hash) do update set mapping = excluded.mapping, used_at = excluded.used_at
                """, ct, shop.Id, ColumnMapping.HashOf(table.Value.Headers, Purpose), command.Mapping.ToNames(), clock.GetUtcNow());
            await audit.WriteAsync(tx, current.Actor, "channels.results_compared", shop.Code, null, null, new { Comparison = id, command.Day, command.FileName, Differences = found.Count }, ct);
            return (Result<long>)id;
        }, ct);
    }
}
