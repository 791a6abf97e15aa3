using OrderHub.Orders.Contracts;
using OrderHub.Orders.Figures;
using OrderHub.Platform.Data;
using OrderHub.Platform.Outbox;
using OrderHub.Platform.Verification;

namespace OrderHub.Orders.Checks;

/// <summary>The dashboard's sums are what counting gives, less what the outbox has still to tell; all read in one snapshot.</summary>
internal sealed class FiguresAgree(HubDatabase database, OutboxBacklog backlog) : IVerifyCheck
{
    public string Name => "订单：看板的状态数 = 逐单清点";

    public async Task<VerifyResult> RunAsync(CancellationToken ct)
    {
        await using var tx = await database.BeginAsync(ct);
        await tx.ExecuteAsync("set transaction isolation level repeatable read", ct);
        var counted = (await tx.QueryAsync("select shop_id, state, count(*)::int from orders_orders group by shop_id, state", Read, ct)).ToDictionary(c => c.Key, c => c.Orders);
        var shown = (await tx.QueryAsync("select shop_id, state, orders from orders_state_figures where orders <> 0", Read, ct)).ToDictionary(c => c.Key, c => c.Orders);
        foreach (var (shop, state, orders) in KeepFigures.StateChanges(await backlog.PendingAsync<OrderMoved>(tx, KeepFigures.Moves, ct)))
            shown[(shop, state)] = shown.GetValueOrDefault((shop, state)) + orders;
        var differing = counted.Keys.Union(shown.Keys).Where(k => counted.GetValueOrDefault(k) != shown.GetValueOrDefault(k)).Order()
            .Select(k => $"店铺 {k.Shop} {k.State.Chinese()}：看板 {shown.GetValueOrDefault(k)}，清点 {counted.GetValueOrDefault(k)}").ToList();
        return new VerifyResult(counted.Count, differing.Count, [.. differing.Take(10)]);

        static ((int Shop, OrderState State) Key, int Orders) Read(Npgsql.NpgsqlDataReader r) => ((r.GetInt32(0), (OrderState)r.GetInt16(1)), r.GetInt32(2));
    }
}
