using System.Text.Json;
using OrderHub.Channels.Imports.Rows;
using OrderHub.Platform.Data;

namespace OrderHub.Channels.Imports.Runs;

internal static class ImportFindings
{
    public static Task ClearAsync(HubTransaction tx, long importId, CancellationToken ct) => tx.ExecuteAsync("delete from channels_import_findings where import_id = $1", ct, importId);

    public static async Task AddAsync(HubTransaction tx, long importId, IReadOnlyCollection<RowFinding> findings, CancellationToken ct)
    {
        if (findings.Count == 0) return;
        await tx.ExecuteAsync("""
            insert into channels_import_findings (import_id, row, order_no, is_remark, message, arguments)
            select $1, n.row, left(n.no, 200), n.remark, n.message, n.arguments::jsonb from unnest($2, $3, $4, $5, $6) as n(row, no, remark, message, arguments)
            """, ct, importId, findings.Select(f => f.Row).ToArray(), findings.Select(f => f.OrderNo).ToArray(), findings.Select(f => f.Error.IsRemark()).ToArray(),
            findings.Select(f => f.Error.Message).ToArray(), findings.Select(f => JsonSerializer.Serialize(f.Error.Arguments.Select(a => a.ToString()))).ToArray());
    }
}
