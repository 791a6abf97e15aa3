using System.Globalization;
using Npgsql;
using OrderHub.Channels.Imports.Sheets;

namespace OrderHub.Channels.Bridge;

/// <param name="Key">Of the other system's row.</param>
/// <param name="Seen">What the row's version was when it was read; null where it cannot be told.</param>
internal sealed record LegacyRow(string OrderNo, string Key, string? Seen, SheetRow Row);

/// <summary>
/// The other system's table, over its own connection. Names come from configuration and are always quoted; values are always parameters.
/// Nothing is changed but the flag, and only on rows that are still as they were read.
/// </summary>
internal sealed class LegacyTable : IAsyncDisposable
{
    private static readonly TimeSpan Overlap = TimeSpan.FromMinutes(2);
    private readonly NpgsqlDataSource _source;
    private readonly BridgeSettings _settings;
    private readonly string _table, _key, _orderNo, _version;
    private string _keyType = "", _orderNoType = "", _flagType = "", _changedType = "";

    private LegacyTable(BridgeSettings settings, bool hasRowVersion)
    {
        _settings = settings;
        _source = NpgsqlDataSource.Create(settings.ConnectionString);
        _table = string.Join('.', settings.Table.Split('.').Select(Quoted));
        (_key, _orderNo) = (Quoted(settings.KeyColumn), Quoted(settings.OrderNoColumn));
        _version = settings.ChangedColumn is { } changed ? $"t.{Quoted(changed)}::text" : hasRowVersion ? "t.xmin::text" : "null::text";
    }

    /// <exception cref="BridgeSettingsException">The table or a column is not there, or the flag is neither boolean nor a number.</exception>
    public static async Task<LegacyTable> OpenAsync(BridgeSettings settings, CancellationToken ct)
    {
        var probe = new LegacyTable(settings, hasRowVersion: false);
        try
        {
            // rows of a table carry the version that PostgreSQL itself gives them, those of a view do not
            var isTable = await probe.QueryAsync("select relkind in ('r', 'p') from pg_class where oid = to_regclass($1)", r => r.GetBoolean(0), ct, probe._table);
            if (isTable.Count == 0) throw new BridgeSettingsException($"找不到表或视图 {settings.Table}。");
            await probe.DisposeAsync();
            var table = new LegacyTable(settings, isTable[0]);
            await table.LearnTypesAsync(ct);
            return table;
        }
        catch (PostgresException missing) when (missing.SqlState is PostgresErrorCodes.UndefinedColumn or PostgresErrorCodes.UndefinedTable)
        {
            throw new BridgeSettingsException($"{settings.Table}：{missing.MessageText}");
        }
    }

    public ValueTask DisposeAsync() => _source.DisposeAsync();

    /// <summary>Up to where the rows have changed now; null with a flag, or when the table is empty.</summary>
    public async Task<string?> NewestAsync(CancellationToken ct) => _settings.FlagColumn is not null ? null
        : (await QueryAsync($"select max(t.{Quoted(_settings.ChangedColumn!)})::text from {_table} t", r => r.IsDBNull(0) ? null : r.GetString(0), ct))[0];

    /// <summary>The next orders with a row that waits, by number.</summary>
    /// <param name="since">Without a flag: where the last complete run ended. Some minutes before it are looked at again, for what was committed late.</param>
    public Task<List<string>> WaitingAsync(string after, string? since, int take, CancellationToken ct)
    {
        var waits = _settings.FlagColumn is { } flag ? _flagType == "boolean" ? $"t.{Quoted(flag)} is not true" : $"coalesce(t.{Quoted(flag)}, 0) = 0"
            : since is null ? "true"
            : _changedType.StartsWith("timestamp", StringComparison.Ordinal) ? $"t.{Quoted(_settings.ChangedColumn!)} > $3::text::{_changedType} - interval '{(int)Overlap.TotalSeconds} seconds'"
            : $"t.{Quoted(_settings.ChangedColumn!)} > $3::text::{_changedType}";
        var values = waits.Contains("$3", StringComparison.Ordinal) ? new object[] { after, take, since! } : [after, take];
        return QueryAsync($"select distinct t.{_orderNo}::text collate \"C\" as no from {_table} t where {waits} and t.{_orderNo} is not null and t.{_orderNo}::text collate \"C\" > $1 order by no limit $2", r => r.GetString(0), ct, values);
    }

    /// <summary>Every row of these orders, whether it waits or not: an order is read whole.</summary>
    public Task<List<LegacyRow>> RowsAsync(IReadOnlyCollection<string> orderNos, CancellationToken ct)
    {
        var columns = string.Join(", ", _settings.Columns.Select(c => "t." + Quoted(c.Column)));
        var number = 0;
        return QueryAsync($"select t.{_orderNo}::text, t.{_key}::text, {_version}, {columns} from {_table} t where t.{_orderNo} = any($1::text[]::{_orderNoType}[]) order by 1, t.{_key}",
            r => new LegacyRow(r.GetString(0), r.GetString(1), r.IsDBNull(2) ? null : r.GetString(2), new(++number, [.. Enumerable.Range(3, _settings.Columns.Count).Select(c => Text(r.IsDBNull(c) ? null : r.GetValue(c)))])),
            ct, (object)orderNos.ToArray());
    }

    /// <summary>Says that these rows were read. A row that was changed meanwhile keeps waiting.</summary>
    public async Task MarkAsync(IReadOnlyCollection<LegacyRow> rows, CancellationToken ct)
    {
        if (_settings.FlagColumn is not { } flag || rows.Count == 0) return;
        await using var command = _source.CreateCommand($"""
            update {_table} t set {Quoted(flag)} = {(_flagType == "boolean" ? "true" : "1")} from unnest($1, $2::text[]) as n(key, seen)
             where t.{_key} = n.key::{_keyType} and (n.seen is null or {_version} = n.seen)
            """);
        command.Parameters.Add(new() { Value = rows.Select(r => r.Key).ToArray() });
        command.Parameters.Add(new() { Value = rows.Select(r => r.Seen).ToArray(), NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Array | NpgsqlTypes.NpgsqlDbType.Text });
        await command.ExecuteNonQueryAsync(ct);
    }

    private async Task LearnTypesAsync(CancellationToken ct)
    {
        var flag = _settings.FlagColumn is { } f ? "t." + Quoted(f) : "null::boolean";
        var changed = _settings.ChangedColumn is { } c ? "t." + Quoted(c) : "null::timestamptz";
        await using var command = _source.CreateCommand($"select t.{_key}, t.{_orderNo}, {flag}, {changed}, {string.Join(", ", _settings.Columns.Select(x => "t." + Quoted(x.Column)))} from {_table} t limit 0");
        await using var reader = await command.ExecuteReaderAsync(ct);
        (_keyType, _orderNoType, _flagType, _changedType) = (Type(0), Type(1), Type(2), Type(3));
        if (_flagType is not ("boolean" or "smallint" or "integer" or "bigint")) throw new BridgeSettingsException($"{_settings.FlagColumn} 的类型是 {_flagType}，标记列只能是布尔或整数。");

        string Type(int ordinal) => reader.GetDataTypeName(ordinal).Split('(')[0];
    }

    private async Task<List<T>> QueryAsync<T>(string sql, Func<NpgsqlDataReader, T> project, CancellationToken ct, params object[] values)
    {
        await using var command = _source.CreateCommand(sql);
        foreach (var value in values) command.Parameters.Add(new() { Value = value });
        await using var reader = await command.ExecuteReaderAsync(ct);
        var rows = new List<T>();
        while (await reader.ReadAsync(ct)) rows.Add(project(reader));
        return rows;
    }

    private static string Quoted(string name) => "\"" + name.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"";

    /// <summary>As a cell would hold it: what has a zone keeps it, what has none is shop time.</summary>
    private static string Text(object? value) => value switch
    {
        null => "",
        DateTime { Kind: DateTimeKind.Utc } instant => instant.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture),
        DateTime local => local.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture),
        DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };
}
