using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using OrderHub.AfterSales.Contracts;
using OrderHub.Catalog.Contracts;
using OrderHub.Channels.Adapters;
using OrderHub.Orders.Contracts;

namespace OrderHub.Channels.Kuaishou;

/// <summary>The Kuaishou shop (快手小店). Lists run by a cursor in order of time, so reading forward loses nothing.</summary>
internal sealed partial class KuaishouAdapter(KuaishouClient client, TimeProvider clock) : IPlatformAdapter
{
    private const int OrderPage = 50;
    private const int RefundPage = 100;
    private const int CallsAtOnce = 6;
    private const string NoMore = "nomore";
    private const int ByCreation = 1;
    private const int ByUpdate = 2;
    private const int Ascending = 2;

    public ShopKind Kind => ShopKind.Kuaishou;

    public PlatformAbilities Abilities => PlatformTable.Of(Kind);

    /// <summary>Who bears a discount costs a call per order, so what is here already in that version is left out.</summary>
    public IAsyncEnumerable<RawDocument> PullOrdersAsync(ShopConnection shop, DateTimeOffset from, DateTimeOffset until, KnownDocuments known, CancellationToken ct) =>
        OrdersAsync(shop, ByUpdate, from, until, ct)
            .Select(order => (Order: order, Listed: Document(order)))
            .Chunk(OrderPage)
            .SelectMany((page, stop) => NewsAsync(page, known, stop))
            .InParallelAsync(shop.AtOnce, (found, stop) => WithFeesAsync(shop, found.Order, found.Listed, stop), ct).Distinct();

    public IAsyncEnumerable<ListedOrder> ListCreatedAsync(ShopConnection shop, DateTimeOffset from, DateTimeOffset until, CancellationToken ct) =>
        OrdersAsync(shop, ByCreation, from, until, ct)
            .Select(order => PlatformHttp.Read(order, Listed))
            .Where(o => o.CreatedAt >= from && o.CreatedAt < until).Distinct();

    public async Task<RawDocument?> FetchOrderAsync(ShopConnection shop, string platformOrderNo, CancellationToken ct)
    {
        if (Number(platformOrderNo) is not { } oid) return null;
        try
        {
            var answer = await client.GetAsync(shop, "open.order.detail", new JsonObject { ["oid"] = oid }, ct);
            var order = PlatformHttp.Read(answer, a => a.NeedObject("data"));
            return await WithFeesAsync(shop, order, Document(order), ct);
        }
        catch (PlatformException e) when (KuaishouErrors.IsUnknown(e))
        {
            return null;
        }
    }

    public IAsyncEnumerable<RawDocument> PullRefundsAsync(ShopConnection shop, DateTimeOffset from, DateTimeOffset until, CancellationToken ct) =>
        PagesAsync(shop, "open.seller.order.refund.pcursor.list", "refundOrderInfoList", "pcursor", from, until, (begin, end, cursor) => new JsonObject
        {
            // 9 = all; without the option exchanges are left out
            ["type"] = 9,
            ["queryType"] = ByUpdate,
            ["sort"] = Ascending,
            ["pageSize"] = RefundPage,
            ["currentPage"] = 1,
            ["beginTime"] = begin,
            ["endTime"] = end,
            ["pcursor"] = cursor,
            ["option"] = new JsonObject { ["needExchange"] = true },
        }, ct).Select(Refund).Distinct();

    public async Task<RawDocument?> FetchRefundAsync(ShopConnection shop, string refundNo, CancellationToken ct)
    {
        try
        {
            return Refund(await RefundAsync(shop, refundNo, ct));
        }
        catch (PlatformException e) when (KuaishouErrors.IsUnknown(e))
        {
            return null;
        }
    }

    public IncomingOrder MapOrder(int shopId, RawDocument raw) => KuaishouOrders.Map(shopId, raw.Json);

    public IncomingRefund MapRefund(int shopId, RawDocument raw) => KuaishouRefunds.Map(shopId, raw.Json);

    private IAsyncEnumerable<JsonReading> OrdersAsync(ShopConnection shop, int by, DateTimeOffset from, DateTimeOffset until, CancellationToken ct) =>
        PagesAsync(shop, "open.order.cursor.list", "orderList", "cursor", from, until, (begin, end, cursor) => new JsonObject
        {
            ["orderViewStatus"] = 1,
            ["cpsType"] = 0,
            ["queryType"] = by,
            ["sort"] = Ascending,
            ["pageSize"] = OrderPage,
            ["beginTime"] = begin,
            ["endTime"] = end,
            ["cursor"] = cursor,
        }, ct);

    private async IAsyncEnumerable<JsonReading> PagesAsync(ShopConnection shop, string method, string list, string cursorName, DateTimeOffset from, DateTimeOffset until,
        Func<long, long, string, JsonObject> ask, [EnumeratorCancellation] CancellationToken ct)
    {
        var (begin, end) = (from.ToUnixTimeMilliseconds(), Math.Max(until.ToUnixTimeMilliseconds(), from.ToUnixTimeMilliseconds() + 1));
        for (var cursor = ""; ;)
        {
            var answer = await client.GetAsync(shop, method, ask(begin, end, cursor), ct);
            var data = PlatformHttp.Read(answer, a => a.NeedObject("data"));
            var (items, next) = PlatformHttp.Read(data, d => (d.Items(list), d.Text(cursorName)));
            foreach (var item in items) yield return item;
            if (next is "" or NoMore) yield break;
            if (next == cursor) throw PlatformHttp.Incomplete($"{cursorName} 不再前进");
            cursor = next;
        }
    }

    private static async ValueTask<IEnumerable<(JsonReading Order, RawDocument Listed)>> NewsAsync((JsonReading Order, RawDocument Listed)[] page, KnownDocuments known, CancellationToken ct)
    {
        var here = await known([.. page.Select(p => (p.Listed.ExternalId, p.Listed.Version))], ct);
        return page.Where(p => p.Listed.ExternalId.Length == 0 || !here.Contains(p.Listed.ExternalId));
    }

    private async Task<RawDocument> WithFeesAsync(ShopConnection shop, JsonReading order, RawDocument listed, CancellationToken ct)
    {
        if (Number(listed.ExternalId) is not { } oid || !HasDiscount(order)) return listed;
        try
        {
            var answer = await client.GetAsync(shop, "open.seller.order.fee.detail", new JsonObject { ["orderId"] = oid }, ct);
            var whole = JsonNode.Parse(listed.Json)!.AsObject();
            whole[KuaishouOrders.FeeDetail] = JsonNode.Parse(PlatformHttp.Read(answer, a => a.NeedObject("data")).Element.GetRawText());
            return listed with { Json = whole.ToJsonString() };
        }
        catch (PlatformException e) when (KuaishouErrors.IsUnknown(e))
        {
            return listed;
        }
    }

    /// <summary>What was paid is known without a further call only where there was no discount.</summary>
    private static ListedOrder Listed(JsonReading order)
    {
        var head = order.NeedObject("orderBaseInfo");
        var item = order.NeedObject("orderItemInfo");
        return new ListedOrder(head.Id("oid"), head.NeedUnixMillis("createTime"), HasDiscount(order) ? null : item.NeedFen("price") * item.Quantity("num") + head.Fen("expressFee"))
            .As(order, KuaishouOrders.Version, KuaishouOrders.Status);
    }

    private static bool HasDiscount(JsonReading order) => order.Find("orderBaseInfo") is { IsObject: true } head && head.Find("discountFee") is { } fee && fee.Element.ToString() is not ("0" or "");

    private async Task<JsonReading> RefundAsync(ShopConnection shop, string refundNo, CancellationToken ct)
    {
        var answer = await client.GetAsync(shop, "open.seller.order.refund.detail", new JsonObject { ["refundId"] = NeedNumber(refundNo) }, ct);
        return PlatformHttp.Read(answer, a => a.NeedObject("data"));
    }

    private static RawDocument Document(JsonReading order) => RawDocuments.From(order, KuaishouOrders.Id, KuaishouOrders.Version);

    private static RawDocument Refund(JsonReading refund) => RawDocuments.From(refund, KuaishouRefunds.Id, KuaishouRefunds.Version);

    private static long? Number(string id) => long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static long NeedNumber(string id) => Number(id) ?? throw new PlatformException("21", "单号不是数字", isTransient: false);
}
