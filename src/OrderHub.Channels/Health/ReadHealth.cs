using OrderHub.Catalog.Contracts;
using OrderHub.Channels.Adapters;
using OrderHub.Channels.Connections;
using OrderHub.Channels.Contracts;
using OrderHub.Orders.Contracts;
using OrderHub.Platform.Data;
using OrderHub.Platform.Units;

namespace OrderHub.Channels.Health;

/// <summary>Counts from the channels' own tables, one small statement per question.</summary>
internal sealed class ReadHealthHandler(HubDatabase database, ICatalog catalog, PlatformAdapters adapters, IOrderCounts orders, TimeProvider clock) : IChannelReader
{
    private sealed record Streams(TimeSpan PullEvery, DateTimeOffset? TokenExpiresAt, DateTimeOffset? Position, DateTimeOffset? LastPullAt, DateTimeOffset? LastSuccessAt, string? LastError, bool HasRefreshToken);

    public async Task<IReadOnlyList<ChannelHealth>> HealthAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var streams = (await database.QueryAsync("""
            select n.shop_id, n.pull_every, n.token_expires_at, min(c.position) filter (where c.stream < 3), max(c.last_pull_at) filter (where c.stream < 3),
                   min(c.last_success_at) filter (where c.stream < 3), max(c.last_error), bool_or(n.refresh_token_cipher is not null)
              from channels_connections n left join channels_cursors c using (shop_id) group by n.shop_id
            """, r => (ShopId: r.GetInt32(0), Streams: new Streams(r.GetFieldValue<TimeSpan>(1), r.Nullable<DateTimeOffset>(2), r.Nullable<DateTimeOffset>(3), r.Nullable<DateTimeOffset>(4),
                r.Nullable<DateTimeOffset>(5), r.Text(6), r.GetBoolean(7))), ct)).ToDictionary(r => r.ShopId, r => r.Streams);
        var failures = await CountsAsync("select shop_id, count(*)::int from channels_pulls where started_at >= $1 and error is not null group by 1", ct, now - TimeSpan.FromDays(1));
        var today = await CountsAsync("select shop_id, count(distinct external_id)::int from channels_inbox where received_at >= $1 and kind = 1 group by 1", ct, ShopTime.StartOf(ShopTime.BusinessDay(now)));
        var quarantined = await CountsAsync("select shop_id, count(*)::int from channels_inbox where state = 5 group by 1", ct);
        var waiting = await CountsAsync("select shop_id, count(*)::int from channels_deliveries where state = 1 group by 1", ct);
        var failed = await CountsAsync("select shop_id, count(*)::int from channels_deliveries where state in (3, 4) group by 1", ct);
        var proofs = (await database.QueryAsync("""
            select shop_id, sum(platform_count) filter (where hour >= $1)::int, sum(our_count) filter (where hour >= $1)::int, count(*) filter (where state = 2)::int,
                   coalesce(sum(wanting_count) filter (where state = 2), 0)::int, coalesce(min(hour) filter (where state <> 1), max(until))
              from channels_completeness where hour >= $2 group by 1
            """, r => (Shop: r.GetInt32(0), Platform: r.Nullable<int>(1), Ours: r.Nullable<int>(2) ?? 0, Hours: r.GetInt32(3), Orders: r.GetInt32(4), To: r.Nullable<DateTimeOffset>(5)), ct,
            ShopTime.StartOf(ShopTime.BusinessDay(now)), now - TimeSpan.FromDays(7))).ToDictionary(p => p.Shop);
        var calls = (await database.QueryAsync("""
            select shop_id, sum(done + refused + outages)::int, sum(done)::int, coalesce(sum(done + refused + outages) filter (where minute = $2), 0)::int
              from channels_call_minutes where minute >= $1 group by 1
            """, r => (Shop: r.GetInt32(0), All: r.GetInt32(1), Done: r.GetInt32(2), Minute: r.GetInt32(3)), ct, now - TimeSpan.FromHours(1), LastFullMinute(now))).ToDictionary(c => c.Shop);
        var toShip = await orders.ToShipByShopAsync(ct);
        return [.. (await catalog.CurrentAsync(ct)).Shops.Where(s => s.Active || streams.ContainsKey(s.Id)).OrderBy(s => s.Id).Select(shop =>
        {
            var stream = streams.GetValueOrDefault(shop.Id);
            return new ChannelHealth(shop.Id, shop.Code, shop.Name, shop.Kind, stream?.PullEvery, stream?.TokenExpiresAt, stream?.Position, stream?.LastPullAt, stream?.LastSuccessAt, stream?.LastError,
                failures.GetValueOrDefault(shop.Id), today.GetValueOrDefault(shop.Id), quarantined.GetValueOrDefault(shop.Id), waiting.GetValueOrDefault(shop.Id), failed.GetValueOrDefault(shop.Id))
            {
                PlatformToday = Proves(shop) && proofs.ContainsKey(shop.Id) ? proofs[shop.Id].Platform ?? 0 : null, ProvenToday = proofs.GetValueOrDefault(shop.Id).Ours,
                ProvenTo = Proves(shop) ? proofs.GetValueOrDefault(shop.Id).To : null, HoursMissing = proofs.GetValueOrDefault(shop.Id).Hours, OrdersMissing = proofs.GetValueOrDefault(shop.Id).Orders,
                TokenIsEnding = stream?.TokenExpiresAt is { } ends && TokenEnd.IsNear(adapters.For(shop.Kind).Abilities, stream.HasRefreshToken, ends, now),
                ToShip = toShip.GetValueOrDefault(shop.Id),
                Calls = calls.GetValueOrDefault(shop.Id).All, CallsDone = calls.GetValueOrDefault(shop.Id).Done, CallsLastMinute = calls.GetValueOrDefault(shop.Id).Minute,
                CallsPerSecondAllowed = adapters.For(shop.Kind).Abilities.CallsPerSecond,
            };
        })];
    }

    public async Task<ChannelCounts> CountsAsync(CancellationToken ct) => (await database.QueryAsync("""
        select (select count(*)::int from channels_inbox where state = 5), (select count(*)::int from channels_deliveries where state = 1),
               (select count(*)::int from channels_deliveries where state in (3, 4)), (select count(*)::int from channels_hints where state = 1)
        """, r => new ChannelCounts(r.GetInt32(0), r.GetInt32(1), r.GetInt32(2), r.GetInt32(3)), ct))[0];

    private bool Proves(Shop shop) => adapters.For(shop.Kind).Abilities.Can(PlatformActions.ListCreated);

    private static DateTimeOffset LastFullMinute(DateTimeOffset now) => new DateTimeOffset(now.Ticks - now.Ticks % TimeSpan.TicksPerMinute, TimeSpan.Zero).AddMinutes(-1);

    private async Task<Dictionary<int, int>> CountsAsync(string sql, CancellationToken ct, params object?[] values) =>
        (await database.QueryAsync(sql, r => (Shop: r.GetInt32(0), Count: r.GetInt32(1)), ct, values)).ToDictionary(r => r.Shop, r => r.Count);
}
