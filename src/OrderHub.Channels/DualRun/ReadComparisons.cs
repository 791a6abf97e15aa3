using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using OrderHub.Platform.Accounts;
using OrderHub.Platform.Data;
using OrderHub.Platform.Exports;
using OrderHub.Platform.Texts;

namespace OrderHub.Channels.DualRun;

/// <param name="Counts">Differences by kind; a kind without any is absent.</param>
internal sealed record ComparisonRow(long Id, int ShopId, DateOnly Day, string FileName, int Theirs, int Ours, int Same, int Unreadable, string ComparedBy, DateTimeOffset At, IReadOnlyDictionary<DifferenceKind, int> Counts);

internal sealed record DifferenceRow(DifferenceKind Kind, string OrderNo, long? OrderId, string Theirs, string Ours);

internal sealed class ReadComparisonsHandler(HubDatabase database)
{
    public const int ListSize = 30, DifferencesShown = 200;

    private const string Fields = """
        select c.id, c.shop_id, c.day, c.file_name, c.theirs, c.ours, c.same, c.unreadable, c.compared_by, c.at,
               (select array_agg(k.kind order by k.kind) from (select kind from channels_differences d where d.comparison_id = c.id group by kind) k),
               (select array_agg(k.n order by k.kind) from (select kind, count(*)::int as n from channels_differences d where d.comparison_id = c.id group by kind) k)
          from channels_comparisons c
        """;

    /// <summary>Newest first.</summary>
    public async Task<IReadOnlyList<ComparisonRow>> ListAsync(CancellationToken ct) => await database.QueryAsync(Fields + " order by c.id desc limit $1", Row, ct, ListSize);

    public async Task<ComparisonRow?> FindAsync(long id, CancellationToken ct) => (await database.QueryAsync(Fields + " where c.id = $1", Row, ct, id)).FirstOrDefault();

    public async Task<IReadOnlyList<DifferenceRow>> DifferencesAsync(long id, DifferenceKind? kind, int most, CancellationToken ct) => await database.QueryAsync(
        "select kind, order_no, order_id, theirs, ours from channels_differences where comparison_id = $1 and ($2::smallint is null or kind = $2) order by kind, id limit $3",
        r => new DifferenceRow((DifferenceKind)r.GetInt16(0), r.GetString(1), r.Nullable<long>(2), r.GetString(3), r.GetString(4)), ct, id, (short?)kind, most);

    private static ComparisonRow Row(Npgsql.NpgsqlDataReader r) => new(r.GetInt64(0), r.GetInt32(1), r.GetFieldValue<DateOnly>(2), r.GetString(3), r.GetInt32(4), r.GetInt32(5), r.GetInt32(6), r.GetInt32(7), r.GetString(8),
        r.GetFieldValue<DateTimeOffset>(9), r.IsDBNull(10) ? new Dictionary<DifferenceKind, int>() : r.GetFieldValue<short[]>(10).Zip(r.GetFieldValue<int[]>(11)).ToDictionary(k => (DifferenceKind)k.First, k => k.Second));
}

internal static class DifferencesFile
{
    public static void MapComparisonDownloads(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapGet("/dual-run/{id:long}/differences.xlsx", WriteAsync).RequireAuthorization(Policies.Channels).ExcludeFromDescription();

    private static async Task<IResult> WriteAsync(long id, short? kind, ReadComparisonsHandler comparisons, HubLocalizer L, CancellationToken ct)
    {
        var rows = await comparisons.DifferencesAsync(id, (DifferenceKind?)kind, int.MaxValue, ct);
        var file = new MemoryStream();
        SpreadsheetWriter.WriteXlsx(file, new SpreadsheetWriter.Sheet(L["差异"], [L["差异"], L["订单号"], L["对方"], L["我方"]],
            rows.Select(d => (IReadOnlyList<Cell>)[L[d.Kind.Chinese()], d.OrderNo, d.Theirs, L[d.Ours]])));
        file.Position = 0;
        return Results.File(file, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", string.Create(CultureInfo.InvariantCulture, $"dual-run-{id}.xlsx"));
    }
}

internal static class DifferenceWords
{
    /// <summary>A localizer key.</summary>
    public static string Chinese(this DifferenceKind kind) => kind switch
    {
        DifferenceKind.MissingHere => "我方没有",
        DifferenceKind.MissingThere => "对方没有",
        DifferenceKind.Warehouse => "仓库不同",
        DifferenceKind.Status => "状态不同",
        DifferenceKind.Amount => "金额不同",
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };
}
