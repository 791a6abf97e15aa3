using System.Globalization;
using OrderHub.Channels.Adapters;

namespace OrderHub.Channels.Jd;

/// <summary>The paged lists: orders by change or by creation, cancellations, after-sale refunds.</summary>
internal sealed class JdLists(JdClient client)
{
    private const int PageSize = 100;
    private const int RefundPageSize = 50;

    /// <summary>Sources differ on how deep pages go; 100 pages work everywhere, and 100 is also the documented end for refunds.</summary>
    private const int DeepestPage = 100;

    public IAsyncEnumerable<JsonReading> ModifiedOrdersAsync(ShopConnection shop, DateTimeOffset from, DateTimeOffset until, CancellationToken ct) =>
        OrdersAsync(shop, JdOrders.Fields, dateType: 0, from, until, ct);

    /// <summary>The unpaid first: an order paid in between is then in both lists instead of in none.</summary>
    public IAsyncEnumerable<JsonReading> CreatedOrdersAsync(ShopConnection shop, DateTimeOffset from, DateTimeOffset until, CancellationToken ct) =>
        JdUnpaidOrders.ReadAsync(client, shop, from, until, ct).Concat(OrdersAsync(shop, JdOrders.ListedFields, dateType: 1, from, until, ct));

    /// <summary>A paper applied for in the window, or decided in it.</summary>
    public IAsyncEnumerable<JsonReading> RefundsAsync(ShopConnection shop, DateTimeOffset from, DateTimeOffset until, CancellationToken ct) =>
        CancellationsAsync(shop, "applyTimeStart", "applyTimeEnd", from, until, ct)
            .Concat(CancellationsAsync(shop, "checkTimeStart", "checkTimeEnd", from, until, ct))
            .Concat(AfterSalesAsync(shop, "applyTimeBegin", "applyTimeEnd", from, until, ct))
            .Concat(AfterSalesAsync(shop, "approveTimeBegin", "approveTimeEnd", from, until, ct));

    private IAsyncEnumerable<JsonReading> OrdersAsync(ShopConnection shop, string fields, int dateType, DateTimeOffset from, DateTimeOffset until, CancellationToken ct) =>
        WindowedList.ReadAsync(from, until, PageSize, PageSize * DeepestPage, async (request, stop) =>
        {
            var answer = await client.CallAsync(shop, "jingdong.pop.order.search", new Dictionary<string, object>
            {
                ["start_date"] = JdClient.Time(request.From),
                ["end_date"] = JdClient.Time(request.Until),
                ["order_state"] = JdOrders.States,
                ["optional_fields"] = fields,
                ["page"] = Text(request.Number + 1),
                ["page_size"] = Text(PageSize),
                ["sortType"] = 0,
                ["dateType"] = dateType,
                ["source_id"] = "JOS",
            }, stop);
            return PlatformHttp.Read(answer, a =>
            {
                var result = a.NeedObject("searchorderinfo_result");
                if (result.Find("apiResult") is { } own) JdErrors.Check(own);
                return new ListPage(result.NeedInteger("orderTotal"), result.Items("orderInfoList"));
            });
        }, ct);

    private IAsyncEnumerable<JsonReading> CancellationsAsync(ShopConnection shop, string start, string end, DateTimeOffset from, DateTimeOffset until, CancellationToken ct) =>
        WindowedList.ReadAsync(from, until, RefundPageSize, RefundPageSize * DeepestPage, async (request, stop) =>
        {
            var answer = await client.CallAsync(shop, "jingdong.pop.afs.soa.refundapply.queryPageList", new Dictionary<string, object>
            {
                [start] = JdClient.Time(request.From), [end] = JdClient.Time(request.Until), ["pageIndex"] = request.Number + 1, ["pageSize"] = RefundPageSize,
            }, stop);
            return PlatformHttp.Read(answer, a => Page(JdErrors.Checked(a.NeedObject("queryResult")), "result"));
        }, ct);

    private IAsyncEnumerable<JsonReading> AfterSalesAsync(ShopConnection shop, string start, string end, DateTimeOffset from, DateTimeOffset until, CancellationToken ct) =>
        WindowedList.ReadAsync(from, until, RefundPageSize, RefundPageSize * DeepestPage, async (request, stop) =>
        {
            var answer = await client.CallAsync(shop, "jingdong.asc.serviceAndRefund.view", new Dictionary<string, object>
            {
                [start] = JdClient.Time(request.From), [end] = JdClient.Time(request.Until), ["pageNumber"] = request.Number + 1, ["pageSize"] = RefundPageSize,
            }, stop);
            return PlatformHttp.Read(answer, a => Page(JdErrors.Checked(a.NeedObject("pageResult")), "data"));
        }, ct);

    private static ListPage Page(JsonReading result, string list) => new(result.Integer("totalCount"), result.Items(list));

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
