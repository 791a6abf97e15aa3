using System.Text.Json.Nodes;
using OrderHub.AfterSales.Contracts;
using OrderHub.Catalog.Contracts;
using OrderHub.Channels.Adapters;
using OrderHub.Orders.Contracts;

namespace OrderHub.Channels.Douyin;

internal sealed partial class DouyinAdapter(DouyinClient client, TimeProvider clock) : IPlatformAdapter
{
    private const int PageSize = 100;
    private const int DetailsAtOnce = 6;
    private const long MostOrders = 10_000;
    private const long MostRefunds = 50_000;

    public ShopKind Kind => ShopKind.Douyin;

    public PlatformAbilities Abilities => PlatformTable.Of(Kind);

    public IAsyncEnumerable<RawDocument> PullOrdersAsync(ShopConnection shop, DateTimeOffset from, DateTimeOffset until, KnownDocuments known, CancellationToken ct) =>
        SearchAsync(shop, "update_time", from, until, ct).Select(Document).Distinct();

    /// <summary>Updates do not bring back an order whose change the platform lost; its creation time does.</summary>
    public IAsyncEnumerable<ListedOrder> ListCreatedAsync(ShopConnection shop, DateTimeOffset from, DateTimeOffset until, CancellationToken ct) =>
        SearchAsync(shop, "create_time", from, until, ct)
            .Select(order => PlatformHttp.Read(order, o => new ListedOrder(o.Id("order_id"), o.NeedUnixTime("create_time"), o.FenOrNull("pay_amount") - o.Fen("promotion_pay_amount"))
                .As(o, DouyinOrders.Version, DouyinOrders.Status)))
            .Where(o => o.CreatedAt >= from && o.CreatedAt < until).Distinct();

    public async Task<RawDocument?> FetchOrderAsync(ShopConnection shop, string platformOrderNo, CancellationToken ct)
    {
        try
        {
            var answer = await client.CallAsync(shop, "order/orderDetail", new JsonObject { ["shop_order_id"] = platformOrderNo }, ct);
            return PlatformHttp.Read(answer, a => a.NeedObject("data").Find("shop_order_detail") is { IsObject: true } order ? Document(order) : null);
        }
        catch (PlatformException e) when (DouyinErrors.IsUnknown(e))
        {
            return null;
        }
    }

    public IAsyncEnumerable<RawDocument> PullRefundsAsync(ShopConnection shop, DateTimeOffset from, DateTimeOffset until, CancellationToken ct) =>
        WindowedList.ReadAsync(from, until, PageSize, MostRefunds, async (request, stop) =>
        {
            var answer = await client.CallAsync(shop, "afterSale/List", new JsonObject
            {
                ["update_start_time"] = request.From.ToUnixTimeSeconds(),
                ["update_end_time"] = request.Until.ToUnixTimeSeconds(),
                // without it the platform's polling loses rows
                ["order_by"] = new JsonArray("update_time asc"),
                ["page"] = request.Number,
                ["size"] = PageSize,
            }, stop);
            return PlatformHttp.Read(answer, a => Page(a.NeedObject("data"), "items"));
        }, ct).InParallelAsync(shop.AtOnce, (refund, stop) => WithPaidAmountAsync(shop, refund, stop), ct).Distinct();

    public async Task<RawDocument?> FetchRefundAsync(ShopConnection shop, string refundNo, CancellationToken ct)
    {
        try
        {
            return Refund(await RefundAsync(shop, refundNo, ct));
        }
        catch (PlatformException e) when (DouyinErrors.IsUnknown(e))
        {
            return null;
        }
    }

    public IncomingOrder MapOrder(int shopId, RawDocument raw) => DouyinOrders.Map(shopId, raw.Json);

    public IncomingRefund MapRefund(int shopId, RawDocument raw) => DouyinRefunds.Map(shopId, raw.Json);

    private IAsyncEnumerable<JsonReading> SearchAsync(ShopConnection shop, string by, DateTimeOffset from, DateTimeOffset until, CancellationToken ct) =>
        WindowedList.ReadAsync(from, until, PageSize, MostOrders, async (request, stop) =>
        {
            var answer = await client.CallAsync(shop, "order/searchList", new JsonObject
            {
                [$"{by}_start"] = request.From.ToUnixTimeSeconds(),
                [$"{by}_end"] = request.Until.ToUnixTimeSeconds(),
                ["order_by"] = by,
                ["order_asc"] = true,
                ["page"] = request.Number,
                ["size"] = PageSize,
            }, stop);
            return PlatformHttp.Read(answer, a => Page(a.NeedObject("data"), "shop_order_list"));
        }, ct);

    /// <summary>The list tells what was applied for; what went back stands in the detail alone.</summary>
    private async Task<RawDocument> WithPaidAmountAsync(ShopConnection shop, JsonReading listed, CancellationToken ct)
    {
        var document = Refund(listed);
        if (document.ExternalId.Length == 0 || !DouyinRefunds.IsPaidBack(listed)) return document;
        return await FetchRefundAsync(shop, document.ExternalId, ct) ?? document;
    }

    private async Task<JsonReading> RefundAsync(ShopConnection shop, string refundNo, CancellationToken ct)
    {
        var answer = await client.CallAsync(shop, "afterSale/Detail", new JsonObject { ["after_sale_id"] = refundNo }, ct);
        return PlatformHttp.Read(answer, a => a.NeedObject("data"));
    }

    private static RawDocument Refund(JsonReading item) => RawDocuments.From(item, DouyinRefunds.Id, DouyinRefunds.Version);

    private static ListPage Page(JsonReading data, string list) => new(data.NeedInteger("total"), data.Items(list));

    private static RawDocument Document(JsonReading order) => RawDocuments.From(order, x => x.Id("order_id"), DouyinOrders.Version);
}
