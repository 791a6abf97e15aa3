using System.Text.Json;
using Microsoft.Extensions.Configuration;
using OrderHub.Platform.Data;

namespace OrderHub.Channels.Bridge;

internal sealed record BridgeRow(string Name, long Accepted, DateTimeOffset? LastSuccessAt, string? LastError, IReadOnlyList<BridgeFaultRow> Faults);

internal sealed record BridgeFaultRow(string OrderNo, string Message, string[] Arguments, DateTimeOffset FirstSeenAt);

/// <summary>The configured bridges and what keeps waiting on the other side.</summary>
internal sealed class ReadBridgeStatesHandler(IConfiguration configuration, HubDatabase database)
{
    private const int FaultsShown = 50;

    public async Task<IReadOnlyList<BridgeRow>> ListAsync(CancellationToken ct)
    {
        var names = BridgeSettings.All(configuration).Select(b => b.Key).ToArray();
        if (names.Length == 0) return [];
        var states = (await database.QueryAsync("select name, accepted, last_success_at, last_error from channels_bridges where name = any($1)",
            r => (Name: r.GetString(0), Accepted: r.GetInt64(1), LastSuccessAt: r.Nullable<DateTimeOffset>(2), LastError: r.Text(3)), ct, (object)names)).ToDictionary(s => s.Name);
        var faults = (await database.QueryAsync("select bridge, order_no, message, arguments, first_seen_at from channels_bridge_faults where bridge = any($1) order by first_seen_at, order_no limit $2",
            r => (Bridge: r.GetString(0), Row: new BridgeFaultRow(r.GetString(1), r.GetString(2), JsonSerializer.Deserialize<string[]>(r.GetString(3))!, r.GetFieldValue<DateTimeOffset>(4))), ct, names, FaultsShown)).ToLookup(f => f.Bridge, f => f.Row);
        return [.. names.Select(name => states.TryGetValue(name, out var s) ? new BridgeRow(name, s.Accepted, s.LastSuccessAt, s.LastError, [.. faults[name]]) : new(name, 0, null, null, []))];
    }
}
