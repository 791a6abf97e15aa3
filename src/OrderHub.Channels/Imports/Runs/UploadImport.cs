using System.Text.Json;
using OrderHub.Catalog.Contracts;
using OrderHub.Channels.Imports.Columns;
using OrderHub.Channels.Imports.Sheets;
using OrderHub.Platform.Accounts;
using OrderHub.Platform.Actions;
using OrderHub.Platform.Audit;
using OrderHub.Platform.Data;
using OrderHub.Platform.Results;

namespace OrderHub.Channels.Imports.Runs;

/// <summary>A file of a shop's orders, as it was chosen. Nothing is imported yet.</summary>
/// <param name="Second">The report of the goods where the first file is that of the orders, or the other way round; null = one file has it all.</param>
internal sealed record UploadImport(string ShopCode, string FileName, byte[] Content, byte[]? Second = null);

internal sealed class UploadImportHandler(HubDatabase database, ICatalog catalog, CurrentActor current, AuditTrail audit, TimeProvider clock)
{
    /// <returns>The import's id; it waits for its columns to be confirmed.</returns>
    public async Task<Result<long>> HandleAsync(UploadImport command, CancellationToken ct)
    {
        if ((await catalog.CurrentAsync(ct)).ShopByCode(command.ShopCode) is not { } shop) return ChannelErrors.ShopNotFound(command.ShopCode);
        if (command.Second is { } second)
        {
            var joined = JoinSheets.Of([command.Content, second]);
            if (joined.Error is { } notJoined) return notJoined;
            command = command with { Content = joined.Value, Second = null };
        }
        var opened = SheetTable.Open(command.Content);
        if (opened.Error is { } unreadable) return unreadable;
        var measured = opened.Value.Measure();
        if (measured.Error is { } refusal) return refusal;
        var (table, (sample, rows)) = (opened.Value, measured.Value);
        return await database.RunAsync(async tx =>
        {
            var mapping = await RememberedAsync(tx, shop.Id, table.Headers, ct) ?? ColumnMapping.Suggest(table.Headers, ImportFields.OfOrders);
            var id = (await tx.QueryAsync("""
                insert into channels_imports (shop_id, file_name, file_bytes, content, headers, sample, mapping, state, rows_total, orders_total, position, added, changed, unchanged, stale, refused,
                    to_review, short, cancel_asked, started_by, created_at)
                values ($1, left($2, 200), $3, $4, $5, $6::text::jsonb, $7, 1, $8, 0, 0, 0, 0, 0, 0, 0, 0, 0, false, $9, $10) returning id
                """, r => r.GetInt64(0), ct, shop.Id, command.FileName, command.Content.Length, command.Content, table.Headers.ToArray(), Text(sample), mapping.ToNames(), rows, current.Actor.Name, clock.GetUtcNow()))[0];
            await audit.WriteAsync(tx, current.Actor, "channels.import_uploaded", shop.Code, null, null, new { Import = id, command.FileName, Rows = rows }, ct);
            return (Result<long>)id;
        }, ct);
    }

    /// <summary>How files with these columns were read last time in this shop, as long as every column still fits.</summary>
    private static async Task<ColumnMapping?> RememberedAsync(HubTransaction tx, int shopId, IReadOnlyList<string> headers, CancellationToken ct)
    {
        var names = await tx.QueryAsync("select mapping from channels_import_mappings where shop_id = $1 and header_hash = $2", r => r.GetFieldValue<string[]>(0), ct, shopId, ColumnMapping.HashOf(headers));
        return names is [var one] && one.Length == headers.Count ? ColumnMapping.From(one) : null;
    }

    private static string Text(IReadOnlyList<SheetRow> sample) =>
        JsonSerializer.Serialize(sample.Select(r => new SampleRow(r.Number, [.. r.Cells.Take(SheetTable.MostColumns).Select(c => c.Replace("\0", "", StringComparison.Ordinal))])));
}

internal sealed record SampleRow(int Number, string[] Cells);
