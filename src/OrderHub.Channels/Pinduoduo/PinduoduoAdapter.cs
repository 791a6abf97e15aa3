using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using OrderHub.AfterSales.Contracts;
using OrderHub.Catalog.Contracts;
using OrderHub.Channels.Adapters;
using OrderHub.Orders.Contracts;

namespace OrderHub.Channels.Pinduoduo;

internal sealed partial class PinduoduoAdapter(PinduoduoClient client, TimeProvider clock) : IPlatformAdapter
{
    private const int PageSize = 100;
    private const int CallsAtOnce = 6;
    private const long ReturnAsked = 3;
    private static readonly TimeSpan ConfirmWindow = TimeSpan.FromHours(24);

    /// <summary>A group may take this long to complete after its first order was created.</summary>
    private static readonly TimeSpan GroupTime = TimeSpan.FromHours(24);

    public ShopKind Kind => ShopKind.Pinduoduo;

    /// <summary>
    /// The platform asks for windows that end 3 minutes ago, because records appear late in this list. Looking back 5 minutes on every
    /// pull finds those too, and orders are here 3 minutes sooner.
    /// </summary>
    public PlatformAbilities Abilities => PlatformTable.Of(Kind);

    public IAsyncEnumerable<RawDocument> PullOrdersAsync(ShopConnection shop, DateTimeOffset from, DateTimeOffset until, KnownDocuments known, CancellationToken ct) =>
        WindowedList.ReadAsync(from, until, PageSize, mostRecords: long.MaxValue, (request, stop) => ListAsync(shop, request, stop), ct)
            .Select(o => (Listed: Document(o), IsWhole: o.Find("item_list") is not null))
            .Distinct()
            .InParallelAsync(shop.AtOnce, async (order, stop) => order.IsWhole || order.Listed.ExternalId.Length == 0 ? order.Listed : await DetailAsync(shop, order.Listed, stop), ct);

    public async Task<RawDocument?> FetchOrderAsync(ShopConnection shop, string platformOrderNo, CancellationToken ct)
    {
        try
        {
            return Document(await OrderAsync(shop, platformOrderNo, ct));
        }
        catch (PlatformException e) when (e.Code == PinduoduoErrors.Business)
        {
            return null;
        }
    }

    public IAsyncEnumerable<RawDocument> PullRefundsAsync(ShopConnection shop, DateTimeOffset from, DateTimeOffset until, CancellationToken ct) =>
        WindowedList.ReadAsync(from, until, PageSize, mostRecords: long.MaxValue, async (request, stop) =>
        {
            var answer = await client.CallAsync(shop, "pdd.refund.list.increment.get", "refund_increment_get_response", new Dictionary<string, string>
            {
                // 1 = all, of both
                ["after_sales_status"] = "1",
                ["after_sales_type"] = "1",
                ["start_updated_at"] = Text(request.From.ToUnixTimeSeconds()),
                ["end_updated_at"] = Text(request.Until.ToUnixTimeSeconds()),
                ["page"] = Text(request.Number + 1),
                ["page_size"] = Text(PageSize),
            }, stop);
            return PlatformHttp.Read(answer, a => new ListPage(a.NeedInteger("total_count"), a.Items("refund_list")));
        }, ct).Select(r => RawDocuments.From(r, x => x.Id("id"), PinduoduoRefunds.Version)).Distinct();

    /// <summary>
    /// The full list knows only when a deal was confirmed, which is later than its creation, for a group by up to a day; so it is read on for
    /// a day, and what was created outside the window is left out.
    /// </summary>
    public IAsyncEnumerable<ListedOrder> ListCreatedAsync(ShopConnection shop, DateTimeOffset from, DateTimeOffset until, CancellationToken ct) =>
        ConfirmedAsync(shop, from, until, ct).Where(o => o.CreatedAt >= from && o.CreatedAt < until).Distinct();

    public IncomingOrder MapOrder(int shopId, RawDocument raw) => PinduoduoOrders.Map(shopId, raw.Json);

    public IncomingRefund MapRefund(int shopId, RawDocument raw) => PinduoduoRefunds.Map(shopId, raw.Json);

    private async IAsyncEnumerable<ListedOrder> ConfirmedAsync(ShopConnection shop, DateTimeOffset from, DateTimeOffset until, [EnumeratorCancellation] CancellationToken ct)
    {
        var (start, end) = WindowedList.WholeSeconds(from, Earlier(until + GroupTime, clock.GetUtcNow()));
        for (var at = start; at < end; at += ConfirmWindow)
        {
            await foreach (var order in WindowedList.ReadAsync(at, Earlier(at + ConfirmWindow, end), PageSize, mostRecords: long.MaxValue, (request, stop) => ConfirmedAsync(shop, request, stop), ct))
            {
                yield return PlatformHttp.Read(order, o => new ListedOrder(o.Id("order_sn"), o.ChinaTime("created_time") ?? o.NeedChinaTime("confirm_time"), o.YuanOrNull("pay_amount"))
                    .As(o, PinduoduoOrders.Version, PinduoduoOrders.Status));
            }
        }
    }

    private async Task<ListPage> ListAsync(ShopConnection shop, ListRequest request, CancellationToken ct)
    {
        var answer = await client.CallAsync(shop, "pdd.order.number.list.increment.get", "order_sn_increment_get_response", new Dictionary<string, string>
        {
            ["is_lucky_flag"] = "0",
            ["order_status"] = "5",
            ["refund_status"] = "5",
            ["start_updated_at"] = Text(request.From.ToUnixTimeSeconds()),
            ["end_updated_at"] = Text(request.Until.ToUnixTimeSeconds()),
            ["page"] = Text(request.Number + 1),
            ["page_size"] = Text(PageSize),
            ["use_has_next"] = request.WantsTotal ? "false" : "true",
        }, ct);
        return PlatformHttp.Read(answer, a => new ListPage(request.WantsTotal ? a.NeedInteger("total_count") : 0, a.Items("order_sn_list")));
    }

    private async Task<ListPage> ConfirmedAsync(ShopConnection shop, ListRequest request, CancellationToken ct)
    {
        var answer = await client.CallAsync(shop, "pdd.order.list.get", "order_list_get_response", new Dictionary<string, string>
        {
            ["order_status"] = "5",
            ["refund_status"] = "5",
            ["start_confirm_at"] = Text(request.From.ToUnixTimeSeconds()),
            ["end_confirm_at"] = Text(request.Until.ToUnixTimeSeconds()),
            ["page"] = Text(request.Number + 1),
            ["page_size"] = Text(PageSize),
            ["use_has_next"] = request.WantsTotal ? "false" : "true",
        }, ct);
        return PlatformHttp.Read(answer, a => new ListPage(request.WantsTotal ? a.NeedInteger("total_count") : 0, a.Items("order_list")));
    }

    private static DateTimeOffset Earlier(DateTimeOffset one, DateTimeOffset other) => one < other ? one : other;

    private async Task<RawDocument> DetailAsync(ShopConnection shop, RawDocument listed, CancellationToken ct)
    {
        try
        {
            return Document(await OrderAsync(shop, listed.ExternalId, ct));
        }
        catch (PlatformException e) when (e.Code == PinduoduoErrors.Business)
        {
            // one order the platform will not show must not stop the others; it goes to quarantine with this reason
            return listed with { Json = JsonSerializer.Serialize(new { order_sn = listed.ExternalId, error_response = new { error_code = e.Code } }) };
        }
    }

    private async Task<JsonReading> OrderAsync(ShopConnection shop, string orderNo, CancellationToken ct)
    {
        var answer = await client.CallAsync(shop, "pdd.order.information.get", "order_info_get_response", new Dictionary<string, string> { ["order_sn"] = orderNo }, ct);
        return PlatformHttp.Read(answer, a => a.NeedObject("order_info"));
    }

    private static RawDocument Document(JsonReading order) => RawDocuments.From(order, x => x.Id("order_sn"), PinduoduoOrders.Version);

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
