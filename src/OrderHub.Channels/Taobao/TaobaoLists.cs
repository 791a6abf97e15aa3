using OrderHub.Channels.Adapters;

namespace OrderHub.Channels.Taobao;

/// <summary>The three paged lists. All are read from the last page back, each over the time it is sorted by.</summary>
internal sealed class TaobaoLists(TaobaoClient client)
{
    public const int PageSize = 50;

    /// <summary>The list's default leaves out several kinds of trade, so every one we sell as is named.</summary>
    private const string Types = "fixed,auction,guarantee_trade,auto_delivery,independent_simple_trade,independent_shop_trade,ec,cod,step,nopaid,pre_auth_type";

    public IAsyncEnumerable<JsonReading> ModifiedTradesAsync(ShopConnection shop, DateTimeOffset from, DateTimeOffset until, CancellationToken ct) =>
        ListAsync(shop, new("taobao.trades.sold.increment.get", "tid,status,modified", Types, "modified", "trades", "trade"), from, until, ct);

    /// <summary>With status and amounts, so that these can be compared too.</summary>
    public IAsyncEnumerable<JsonReading> CreatedTradesAsync(ShopConnection shop, DateTimeOffset from, DateTimeOffset until, CancellationToken ct) =>
        ListAsync(shop, new("taobao.trades.sold.get", "tid,tid_str,created,status,modified," + TaobaoAmounts.Fields, Types, "created", "trades", "trade"), from, until, ct);

    public IAsyncEnumerable<JsonReading> ModifiedRefundsAsync(ShopConnection shop, DateTimeOffset from, DateTimeOffset until, CancellationToken ct) =>
        ListAsync(shop, new("taobao.refunds.receive.get", TaobaoRefunds.Fields, "", "modified", "refunds", "refund"), from, until, ct);

    private sealed record List(string Method, string Fields, string Types, string By, string Outer, string Inner);

    private IAsyncEnumerable<JsonReading> ListAsync(ShopConnection shop, List list, DateTimeOffset from, DateTimeOffset until, CancellationToken ct) =>
        WindowedList.ReadAsync(from, until, PageSize, mostRecords: long.MaxValue, async (request, stop) =>
        {
            var answer = await client.CallAsync(shop, list.Method, new Dictionary<string, string>
            {
                ["fields"] = list.Fields,
                ["type"] = list.Types,
                [$"start_{list.By}"] = TaobaoClient.Time(request.From),
                [$"end_{list.By}"] = TaobaoClient.Time(request.Until),
                ["page_no"] = TaobaoClient.Text(request.Number + 1),
                ["page_size"] = TaobaoClient.Text(PageSize),
                ["use_has_next"] = request.WantsTotal ? "false" : "true",
            }, stop);
            return PlatformHttp.Read(answer, a => new ListPage(request.WantsTotal ? a.NeedInteger("total_results") : 0, a.Wrapped(list.Outer, list.Inner)));
        }, ct);
}
