using Npgsql;
using OrderHub.Allocation.Network;
using OrderHub.Allocation.Rules;
using OrderHub.Platform.Data;
using OrderHub.Platform.Results;

namespace OrderHub.Allocation.Weighing;

/// <param name="Version">Grows with every change.</param>
internal sealed record WeightsView(CostWeights Weights, int Version)
{
    public const string Sql = "select freight_percent, pack_percent, late_day, preference_step, balance, unnamed, version from allocation_weights where id = 1";

    public static WeightsView Read(NpgsqlDataReader r) => new(new(r.GetInt32(0), r.GetInt32(1), r.GetInt64(2), r.GetInt64(3), r.GetInt64(4), r.GetInt64(5)), r.GetInt32(6));
}

internal sealed class ReadWeights(HubDatabase database)
{
    public async Task<WeightsView> ReadAsync(CancellationToken ct) => (await database.QueryAsync(WeightsView.Sql, WeightsView.Read, ct))[0];
}

internal sealed class ChangeWeightsHandler(ChangeNetwork changes)
{
    private const int MostPercent = 1_000;
    private const long MostFen = 10_000_000;

    /// <param name="version">As it was seen; what somebody changed since is not written over.</param>
    public async Task<Result> ChangeAsync(CostWeights wanted, int version, CancellationToken ct)
    {
        if (wanted.FreightPercent is < 0 or > MostPercent || wanted.PackPercent is < 0 or > MostPercent
            || new[] { wanted.LateDay, wanted.PreferenceStep, wanted.Balance, wanted.Unnamed }.Any(fen => fen is < 0 or > MostFen)) return AllocationErrors.WeightsRange;
        return await changes.RunAsync(async tx =>
        {
            var (before, known) = (await tx.QueryAsync(WeightsView.Sql, WeightsView.Read, ct))[0];
            if (before == wanted) return NetworkChange.None;
            if (known != version) return AllocationErrors.WeightsChangedMeanwhile;
            await tx.ExecuteAsync("""
                update allocation_weights set freight_percent = $1, pack_percent = $2, late_day = $3, preference_step = $4, balance = $5, unnamed = $6, version = version + 1 where id = 1
                """, ct, wanted.FreightPercent, wanted.PackPercent, wanted.LateDay, wanted.PreferenceStep, wanted.Balance, wanted.Unnamed);
            return new NetworkChange("allocation.weights_changed", "weights", before, wanted);
        }, ct);
    }
}
