using System.Text.Json;
using OrderHub.Catalog.Contracts;
using OrderHub.Channels.Imports.Columns;
using OrderHub.Channels.Imports.Rows;
using OrderHub.Channels.Imports.Sheets;
using OrderHub.Platform.Data;

namespace OrderHub.Channels.Imports.Runs;

/// <summary>An import as lists and the progress bar need it.</summary>
internal sealed record ImportRow(long Id, int ShopId, string FileName, ImportState State, int RowsTotal, int OrdersTotal, int Position, int Added, int Changed, int Unchanged, int Stale, int Refused,
    int ToReview, int Short, int ErrorRows, int Remarks, bool CancelAsked, bool HasFile, string? Failure, string StartedBy, DateTimeOffset CreatedAt, DateTimeOffset? StartedAt, DateTimeOffset? FinishedAt)
{
    public bool IsRunning => State is ImportState.Checking or ImportState.Importing;
}

/// <summary>What the mapping step needs beside it.</summary>
internal sealed record ImportColumns(IReadOnlyList<string> Headers, ColumnMapping Mapping, IReadOnlyList<SampleRow> Sample);

internal sealed record FindingRow(int Row, string OrderNo, bool IsRemark, string Message, string[] Arguments);

internal sealed class ReadImportsHandler(HubDatabase database, ICatalog catalog, TimeProvider clock)
{
    public const int ListSize = 50, FindingsShown = 200;

    private const string Fields = """
        select i.id, i.shop_id, i.file_name, i.state, i.rows_total, i.orders_total, i.position, i.added, i.changed, i.unchanged, i.stale, i.refused, i.to_review, i.short,
               (select count(distinct f.row) from channels_import_findings f where f.import_id = i.id and not f.is_remark)::int,
               (select count(*) from channels_import_findings f where f.import_id = i.id and f.is_remark)::int,
               i.cancel_asked, i.content is not null, i.failure, i.started_by, i.created_at, i.started_at, i.finished_at from channels_imports i
        """;

    /// <summary>Newest first.</summary>
    public async Task<IReadOnlyList<ImportRow>> ListAsync(CancellationToken ct) => await database.QueryAsync(Fields + " order by i.id desc limit $1", Row, ct, ListSize);

    public async Task<ImportRow?> FindAsync(long id, CancellationToken ct) => (await database.QueryAsync(Fields + " where i.id = $1", Row, ct, id)).FirstOrDefault();

    public async Task<ImportColumns?> ColumnsAsync(long id, CancellationToken ct) => (await database.QueryAsync("select headers, mapping, sample from channels_imports where id = $1",
        r => new ImportColumns(r.GetFieldValue<string[]>(0), ColumnMapping.From(r.GetFieldValue<string[]>(1)), JsonSerializer.Deserialize<List<SampleRow>>(r.GetString(2))!), ct, id)).FirstOrDefault();

    /// <summary>The first rows as they would be read with this mapping; nothing is stored.</summary>
    public async Task<IReadOnlyList<ReadOrder>> PreviewAsync(int shopId, ImportColumns columns, ColumnMapping mapping, CancellationToken ct)
    {
        if ((await catalog.CurrentAsync(ct)).Shop(shopId) is not { } shop || !mapping.Has(ImportField.OrderNo)) return [];
        var rows = OrderRows.Gather(columns.Sample.Select(s => new SheetRow(s.Number, s.Cells)), mapping);
        var reader = new OrderReader(mapping, shop, clock.GetUtcNow());
        return [.. rows.From(0).Select(o => reader.Read(o.OrderNo, o.Rows)), .. rows.Orphans.Select(o => new ReadOrder(o.OrderNo, o.Row, null, default, [o]))];
    }

    /// <summary>By row; errors or remarks.</summary>
    public async Task<IReadOnlyList<FindingRow>> FindingsAsync(long id, bool remarks, int most, CancellationToken ct) => await database.QueryAsync("""
        select row, order_no, is_remark, message, arguments from channels_import_findings where import_id = $1 and is_remark = $2 order by row, id limit $3
        """, r => new FindingRow(r.GetInt32(0), r.GetString(1), r.GetBoolean(2), r.GetString(3), JsonSerializer.Deserialize<string[]>(r.GetString(4))!), ct, id, remarks, most);

    private static ImportRow Row(Npgsql.NpgsqlDataReader r) => new(r.GetInt64(0), r.GetInt32(1), r.GetString(2), (ImportState)r.GetInt16(3), r.GetInt32(4), r.GetInt32(5), r.GetInt32(6), r.GetInt32(7),
        r.GetInt32(8), r.GetInt32(9), r.GetInt32(10), r.GetInt32(11), r.GetInt32(12), r.GetInt32(13), r.GetInt32(14), r.GetInt32(15), r.GetBoolean(16), r.GetBoolean(17), r.Text(18), r.GetString(19),
        r.GetFieldValue<DateTimeOffset>(20), r.Nullable<DateTimeOffset>(21), r.Nullable<DateTimeOffset>(22));
}
