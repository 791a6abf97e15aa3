using OrderHub.Allocation.Network;
using OrderHub.Allocation.Rules;
using OrderHub.Platform.Data;
using OrderHub.Platform.Results;

namespace OrderHub.Allocation.Weighing;

internal sealed class ReadWeights(NetworkCache network)
{
    public async Task<CostWeights> ReadAsync(CancellationToken ct) => (await network.BookAsync(ct)).Weights;
}

internal sealed class ChangeWeightsHandler(ChangeNetwork changes)
{
    private const int MostPercent = 1_000;
    private const long MostFen = 10_000_000;

    public async Task<Result> ChangeAsync(CostWeights wanted, CancellationToken ct)
    {
        if (wanted.FreightPercent is < 0 or > MostPercent || wanted.PackPercent is < 0 or > MostPercent
            || new[] { wanted.LateDay, wanted.PreferenceStep, wanted.Balance, wanted.Unnamed }.Any(fen => fen is < 0 or > MostFen)) return AllocationErrors.WeightsRange;
        return await changes.RunAsync(async tx =>
        {
            var before = (await tx.QueryAsync("select freight_percent, pack_percent, late_day, preference_step, balance, unnamed from allocation_weights where id = 1",
                r => new CostWeights(r.GetInt32(0), r.GetInt32(1), r.GetInt64(2), r.GetInt64(3), r.GetInt64(4), r.GetInt64(5)), ct)).FirstOrDefault() ?? new();
            if (before == wanted) return NetworkChange.None;
            await tx.ExecuteAsync("""
                insert into allocation_weights (id, freight_percent, pack_percent, late_day, preference_step, balance, unnamed) values (1, $1, $2, $3, $4, $5, $6)
                on conflict (id) do update set freight_percent = excluded.freight_percent, pack_percent = excluded.pack_percent, late_day = excluded.late_day,
                       preference_step = excluded.preference_step, balance = excluded.balance, unnamed = excluded.unnamed
                """, ct, wanted.FreightPercent, wanted.PackPercent, wanted.LateDay, wanted.PreferenceStep, wanted.Balance, wanted.Unnamed);
            return new NetworkChange("allocation.weights_changed", "weights", before, wanted);
        }, ct);
    }
}
