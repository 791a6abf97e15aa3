using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Text.Json;
using OrderHub.AfterSales.Contracts;
using OrderHub.Catalog.Contracts;
using OrderHub.Channels.Adapters;
using OrderHub.Orders.Contracts;

namespace OrderHub.PostgresTests.Channels;

/// <summary>A platform whose orders and moods the test decides. Its payloads are the few fields these tests need.</summary>
internal sealed class FakePlatform(ShopKind kind) : IPlatformAdapter
{
    private readonly List<(DateTimeOffset ModifiedAt, RawDocument Raw)> _orders = [];

    public ShopKind Kind => kind;
    public PlatformAbilities Abilities { get; set; } = new(TimeSpan.FromHours(6), TimeSpan.FromMinutes(5), TimeSpan.Zero, 100, SplitAbility.Whole, true)
    {
        Actions = PlatformActions.Memo | PlatformActions.AnswerRefund | PlatformActions.ReadStock, MemoBytes = 30,
    };

    /// <summary>Thrown, one per call, before anything is answered.</summary>
    public ConcurrentQueue<Exception> Troubles { get; } = [];
    /// <summary>Thrown by every pull of orders as long as it stands.</summary>
    public Exception? PullTrouble { get; set; }
    public ConcurrentQueue<(DateTimeOffset From, DateTimeOffset Until)> AskedFor { get; } = [];
    public ConcurrentQueue<(Listing Listing, int Quantity)> StockCalls { get; } = [];
    public ConcurrentQueue<ShipmentNotice> Shipments { get; } = [];
    public ConcurrentQueue<(string OrderNo, string Memo, int Flag)> Memos { get; } = [];
    public ConcurrentQueue<RefundAnswer> Answers { get; } = [];

    /// <summary>What buyers see, by platform SKU id; written by stock calls, and by tests that let an update get lost.</summary>
    public ConcurrentDictionary<string, int> Shown { get; } = [];

    /// <summary>Order numbers our mapping does not understand yet.</summary>
    public HashSet<string> Unmappable { get; } = [];

    /// <summary>Held back until released: a platform that is slow.</summary>
    public TaskCompletionSource? Stalled { get; set; }

    /// <summary>Order numbers the incremental list does not show; reading by number and by creation does.</summary>
    public HashSet<string> Hidden { get; } = [];

    public void Publish(RawDocument order, DateTimeOffset modifiedAt)
    {
        lock (_orders) _orders.Add((modifiedAt, order));
    }

    public static RawDocument Order(string no, string skuCode, int quantity = 1, long version = 1, string title = "测试商品", PlatformStatus status = PlatformStatus.Paid) => new(no, version, JsonSerializer.Serialize(
        new { order_no = no, version, sku_code = skuCode, quantity, title, status }));

    public async IAsyncEnumerable<RawDocument> PullOrdersAsync(ShopConnection shop, DateTimeOffset from, DateTimeOffset until, KnownDocuments known, [EnumeratorCancellation] CancellationToken ct)
    {
        AskedFor.Enqueue((from, until));
        if (Stalled is { } stalled) await stalled.Task.WaitAsync(ct);
        if (PullTrouble is { } refusal) throw refusal;
        if (Troubles.TryDequeue(out var trouble)) throw trouble;
        List<RawDocument> found;
        lock (_orders) found = [.. _orders.Where(o => o.ModifiedAt >= from && o.ModifiedAt < until && !Hidden.Contains(o.Raw.ExternalId)).Select(o => o.Raw)];
        foreach (var order in found) yield return order;
    }

    public async IAsyncEnumerable<ListedOrder> ListCreatedAsync(ShopConnection shop, DateTimeOffset from, DateTimeOffset until, [EnumeratorCancellation] CancellationToken ct)
    {
        await Task.CompletedTask;
        if (Troubles.TryDequeue(out var trouble)) throw trouble;
        List<(DateTimeOffset At, RawDocument Raw)> found;
        lock (_orders) found = [.. _orders.Where(o => o.ModifiedAt >= from && o.ModifiedAt < until)];
        foreach (var (at, raw) in found)
        {
            var json = JsonDocument.Parse(raw.Json).RootElement;
            yield return new(raw.ExternalId, at, json.TryGetProperty("quantity", out var quantity) ? 1000 * quantity.GetInt32() : null)
            {
                Version = raw.Version, Status = json.TryGetProperty("status", out var status) ? (PlatformStatus)status.GetInt32() : null, ModifiedAt = at,
            };
        }
    }

    /// <summary>Refresh tokens that came, in order.</summary>
    public ConcurrentQueue<string> Renewals { get; } = [];

    public async Task<FreshToken> RefreshTokenAsync(ShopConnection shop, string refreshToken, CancellationToken ct)
    {
        if (Troubles.TryDequeue(out var trouble)) throw trouble;
        Renewals.Enqueue(refreshToken);
        if (Stalled is { } stalled) await stalled.Task.WaitAsync(ct);
        return new FreshToken($"access-{Renewals.Count}", $"refresh-{Renewals.Count}", TimeProvider.System.GetUtcNow().AddDays(30));
    }

    public Task<RawDocument?> FetchOrderAsync(ShopConnection shop, string platformOrderNo, CancellationToken ct)
    {
        lock (_orders) return Task.FromResult(_orders.Where(o => o.Raw.ExternalId == platformOrderNo).Select(o => o.Raw).LastOrDefault());
    }

    public async IAsyncEnumerable<RawDocument> PullRefundsAsync(ShopConnection shop, DateTimeOffset from, DateTimeOffset until, [EnumeratorCancellation] CancellationToken ct)
    {
        await Task.CompletedTask;
        yield break;
    }

    public IncomingOrder MapOrder(int shopId, RawDocument raw)
    {
        if (Unmappable.Contains(raw.ExternalId)) throw new UnreadablePayloadException("未知的促销结构");
        var json = JsonDocument.Parse(raw.Json).RootElement;
        if (json.ValueKind != JsonValueKind.Object || !json.TryGetProperty("sku_code", out var sku)) throw new UnreadablePayloadException("缺少 sku_code");
        var quantity = json.GetProperty("quantity").GetInt32();
        var at = new DateTimeOffset(2026, 11, 11, 0, 0, 0, TimeSpan.Zero);
        var status = json.TryGetProperty("status", out var stated) ? (PlatformStatus)stated.GetInt32() : PlatformStatus.Paid;
        return new()
        {
            ShopId = shopId, PlatformOrderNo = json.GetProperty("order_no").GetString()!, Version = json.GetProperty("version").GetInt64(), Status = status, CreatedAt = at, PaidAt = status == PlatformStatus.Unpaid ? null : at,
            Receiver = new("张三", "13800000000", "江苏省", "苏州市", "工业园区", "", "星湖街 1 号", null),
            Amounts = new(1000 * quantity, 0, 0, 0, 0, 1000 * quantity),
            Lines = [new() { PlatformLineNo = "1", MerchantCode = sku.GetString(), Title = json.GetProperty("title").GetString()!, Quantity = quantity, UnitPriceFen = 1000, PayFen = 1000 * quantity }],
        };
    }

    public IncomingRefund MapRefund(int shopId, RawDocument raw) => throw new UnreadablePayloadException("no refunds here");

    public Task ConfirmShipmentAsync(ShopConnection shop, ShipmentNotice shipment, CancellationToken ct) => AnswerAsync(() => Shipments.Enqueue(shipment), ct);

    public Task SetStockAsync(ShopConnection shop, Listing listing, int quantity, CancellationToken ct) => AnswerAsync(() =>
    {
        StockCalls.Enqueue((listing, quantity));
        Shown[listing.PlatformSkuId] = quantity;
    }, ct);

    public Task SetMemoAsync(ShopConnection shop, string platformOrderNo, string memo, int flag, CancellationToken ct) => AnswerAsync(() => Memos.Enqueue((platformOrderNo, memo, flag)), ct);

    public Task AnswerRefundAsync(ShopConnection shop, RefundAnswer answer, CancellationToken ct) => AnswerAsync(() => Answers.Enqueue(answer), ct);

    public async Task<IReadOnlyList<int?>> ReadStockAsync(ShopConnection shop, IReadOnlyList<Listing> listings, CancellationToken ct)
    {
        await AnswerAsync(() => { }, ct);
        return [.. listings.Select(l => Shown.TryGetValue(l.PlatformSkuId, out var shown) ? shown : (int?)null)];
    }

    private async Task AnswerAsync(Action act, CancellationToken ct)
    {
        if (Stalled is { } stalled) await stalled.Task.WaitAsync(ct);
        if (Troubles.TryDequeue(out var trouble)) throw trouble;
        act();
    }
}
