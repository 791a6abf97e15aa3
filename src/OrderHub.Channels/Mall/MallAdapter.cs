using System.Globalization;
using System.Runtime.CompilerServices;
using OrderHub.AfterSales.Contracts;
using OrderHub.Catalog.Contracts;
using OrderHub.Channels.Adapters;
using OrderHub.Orders.Contracts;
using OrderHub.Platform.Units;

namespace OrderHub.Channels.Mall;

internal sealed class MallAdapter(MallClient client, TimeProvider clock) : IPlatformAdapter
{
    private const int PageSize = 100;

    public ShopKind Kind => ShopKind.Mall;
    public bool VersionIsTime => false;

    public PlatformAbilities Abilities => PlatformTable.Of(Kind);

    public IAsyncEnumerable<RawDocument> PullOrdersAsync(ShopConnection shop, DateTimeOffset from, DateTimeOffset until, KnownDocuments known, CancellationToken ct) =>
        ListAsync(shop, "/orders", from, until, ct).Select(MallOrders.Document).Distinct();

    public async Task<RawDocument?> FetchOrderAsync(ShopConnection shop, string platformOrderNo, CancellationToken ct)
    {
        try
        {
            return MallOrders.Document(await client.GetAsync(shop, $"/orders/{Uri.EscapeDataString(platformOrderNo)}", ct));
        }
        catch (PlatformException e) when (e.Code == MallClient.NotFound)
        {
            return null;
        }
    }

    public IAsyncEnumerable<RawDocument> PullRefundsAsync(ShopConnection shop, DateTimeOffset from, DateTimeOffset until, CancellationToken ct) =>
        ListAsync(shop, "/refunds", from, until, ct).Select(MallRefunds.Document).Distinct();

    public IncomingOrder MapOrder(int shopId, RawDocument raw) => MallOrders.Map(shopId, raw.Json);

    public IncomingRefund MapRefund(int shopId, RawDocument raw) => MallRefunds.Map(shopId, raw.Json);

    /// <summary>A parcel names its lines' pieces, so the order is asked for them first. The same parcel again has the same idempotency key.</summary>
    public async Task ConfirmShipmentAsync(ShopConnection shop, ShipmentNotice shipment, CancellationToken ct)
    {
        var path = $"/orders/{Uri.EscapeDataString(shipment.PlatformOrderNo)}";
        var order = await client.GetAsync(shop, path, ct);
        if (PlatformHttp.Read(order, o => ShippedWith(o, shipment.WaybillNo))) return;
        var items = PlatformHttp.Read(order, o => o.NeedItems("lines")
            .Where(l => shipment.PlatformLineNos.Count == 0 || shipment.PlatformLineNos.Contains(l.Text("line_id")))
            .Select(l => new { line_id = l.NeedText("line_id"), qty = l.Quantity("qty") }).ToArray());
        var package = new { carrier_code = Abilities.CourierCode(shipment.CourierCode), waybill_no = shipment.WaybillNo, items };
        await client.PostAsync(shop, $"{path}/shipments", new { packages = new[] { package } }, $"ship-{shipment.PlatformOrderNo}-{shipment.WaybillNo}", ct);
    }

    /// <summary>The version is the time of our decision: the mall refuses one that is older than what it has, and then there is nothing left to do.</summary>
    public async Task SetStockAsync(ShopConnection shop, Listing listing, int quantity, CancellationToken ct)
    {
        var sku = listing.MerchantCode.Length > 0 ? listing.MerchantCode : listing.PlatformSkuId;
        try
        {
            await client.PutAsync(shop, $"/skus/{Uri.EscapeDataString(sku)}/stock", new { mode = "set", quantity, version = clock.GetUtcNow().ToUnixTimeMilliseconds() }, ct);
        }
        catch (PlatformException e) when (e.Code == MallClient.Conflict)
        {
            // a newer quantity of ours got there first
        }
    }

    /// <summary>Ascending by (updated_at, order_no) with a stable cursor, so reading forward loses nothing.</summary>
    private async IAsyncEnumerable<JsonReading> ListAsync(ShopConnection shop, string path, DateTimeOffset from, DateTimeOffset until, [EnumeratorCancellation] CancellationToken ct)
    {
        var (start, end) = WindowedList.WholeSeconds(from, until);
        var cursor = "";
        while (true)
        {
            var query = $"{path}?page_size={PageSize}&updated_since={Time(start)}&updated_until={Time(end)}" + (cursor.Length > 0 ? $"&cursor={Uri.EscapeDataString(cursor)}" : "");
            var answer = await client.GetAsync(shop, query, ct);
            var (items, next) = PlatformHttp.Read(answer, a => (a.NeedItems("items"), a.Text("next_cursor")));
            foreach (var item in items) yield return item;
            if (next.Length == 0) yield break;
            if (next == cursor) throw PlatformHttp.Incomplete("next_cursor 不再前进");
            cursor = next;
        }
    }

    private static bool ShippedWith(JsonReading order, string waybillNo) => order.Items("packages").Concat(order.Items("shipments")).Any(p => p.Text("waybill_no") == waybillNo);

    private static string Time(DateTimeOffset instant) =>
        Uri.EscapeDataString(instant.ToOffset(ShopTime.Offset).ToString("yyyy-MM-ddTHH:mm:sszzz", CultureInfo.InvariantCulture));
}
