using Microsoft.Extensions.Logging;
using Npgsql;
using OrderHub.Catalog.Contracts;
using OrderHub.Channels.Adapters;
using OrderHub.Channels.Calls;
using OrderHub.Channels.Connections;
using OrderHub.Inventory.Contracts;
using OrderHub.Orders.Contracts;
using OrderHub.Platform.Accounts;
using OrderHub.Platform.Actions;
using OrderHub.Platform.Data;
using OrderHub.Warehousing.Contracts;
using Polly.CircuitBreaker;

namespace OrderHub.Channels.Deliveries;

/// <summary>Tells the platform one thing and writes down how it went. A refusal stays visible, an outage is tried again.</summary>
internal sealed class SendDeliveryHandler(HubDatabase database, ICatalog catalog, ShopConnections connections, PlatformAdapters adapters, ShopCircuits circuits, DueDeliveries due,
    IOrderReader orders, IOrderFlow flow, IParcelReader parcels, IStockReader stock, TimeProvider clock, ILogger<SendDeliveryHandler> log)
{
    public async Task HandleAsync(DueDelivery delivery, CancellationToken ct)
    {
        using var activity = HubTracing.Source.StartActivity("channels.deliver");
        CallLog.BelongTo(delivery.Id);
        var began = clock.GetTimestamp();
        try
        {
            var shop = (await catalog.CurrentAsync(ct)).Shop(delivery.ShopId);
            if (shop is null || await connections.FindAsync(delivery.ShopId, ct) is not { } connection)
                throw new PlatformException("channels.not_connected", "店铺未连接或已停用", isTransient: false);
            await (delivery.Kind == DeliveryKind.Shipment ? ShipAsync(delivery, shop, connection, began, ct) : PublishAsync(delivery, shop, connection, began, ct));
        }
        catch (BrokenCircuitException)
        {
            await due.PostponeAsync(delivery, ShopCircuits.Pause, ShopCircuits.OpenWords, counts: false, ct);
        }
        catch (Exception outage) when (!ct.IsCancellationRequested && ShopCircuits.IsOutage(outage))
        {
            var wait = outage is PlatformException { RetryAfter: { } asked } ? asked : DeliveryRetries.After(delivery.Attempts);
            await due.PostponeAsync(delivery, wait, TransientErrors.Describe(outage), counts: true, ct);
        }
        catch (Exception refusal) when (!ct.IsCancellationRequested && refusal is not NpgsqlException) // with our own database away the claim simply runs out
        {
            log.LogWarning(refusal, "Delivery {Kind} of {Subject} to shop {ShopId} was refused", delivery.Kind, delivery.Subject, delivery.ShopId);
            await database.RunAsync(tx => due.SettleAsync(tx, delivery, DeliveryState.Failed, null, TransientErrors.Describe(refusal), clock.GetElapsedTime(began), ct), ct);
        }
    }

    private async Task ShipAsync(DueDelivery delivery, Shop shop, ShopConnection connection, long began, CancellationToken ct)
    {
        var order = await orders.FindAsync(delivery.SubjectId, ct) ?? throw new PlatformException("channels.order_gone", "订单不存在", isTransient: false);
        var parcel = (await parcels.OfOrderAsync(order.Id, ct)).FirstOrDefault(p => p.WaybillNo.Length > 0);
        if (parcel is null)
        {
            // Shipped without a parcel of ours: the platform or the seller did it there and knows already.
            await database.RunAsync(tx => due.SettleAsync(tx, delivery, DeliveryState.Skipped, "无本仓包裹，平台侧已发货", null, clock.GetElapsedTime(began), ct), ct);
            return;
        }

        // One parcel per order for now, so no lines are named: a line refunded meanwhile is closed on the platform and must not be shipped there.
        var notice = new ShipmentNotice(order.PlatformOrderNo, parcel.CourierCode, parcel.WaybillNo, []);
        await circuits.For(shop.Id).ExecuteAsync(async token => await adapters.For(shop.Kind).ConfirmShipmentAsync(connection, notice, token), ct);
        var what = $"{parcel.CourierCode} {parcel.WaybillNo}";
        await database.RunAsync(async tx =>
        {
            await due.SettleAsync(tx, delivery, DeliveryState.Sent, what, null, clock.GetElapsedTime(began), ct);
            await flow.NoteAsync(tx, order.Id, "已回传平台", Actor.Channel(shop.Code), what, ct);
        }, ct);
    }

    private async Task PublishAsync(DueDelivery delivery, Shop shop, ShopConnection connection, long began, CancellationToken ct)
    {
        var rows = await database.QueryAsync("select sku_id, merchant_code, platform_product_id, platform_sku_id, published_quantity from channels_listings where id = $1",
            r => (SkuId: r.GetInt32(0), Listing: new Listing(r.GetString(2), r.GetString(3), r.GetString(1)), Published: r.Nullable<int>(4)), ct, delivery.SubjectId);
        if (rows is not [var row] || (await catalog.CurrentAsync(ct)).Sku(row.SkuId) is not { } sku) throw new PlatformException("channels.listing_gone", "商品已下架", isTransient: false);
        var publishable = await stock.PublishableAsync([.. PublishedQuantity.PoolSkusOf(sku)], ct);
        var quantity = PublishedQuantity.Of(sku, publishable.ToDictionary(p => p.SkuId));
        if (quantity != row.Published)
            await circuits.For(shop.Id).ExecuteAsync(async token => await adapters.For(shop.Kind).SetStockAsync(connection, row.Listing, quantity, token), ct);
        await database.RunAsync(async tx =>
        {
            await tx.ExecuteAsync("update channels_listings set published_quantity = $2, published_at = $3 where id = $1 and published_quantity is distinct from $2", ct, delivery.SubjectId, quantity, clock.GetUtcNow());
            await due.SettleAsync(tx, delivery, DeliveryState.Sent, $"可售 {quantity}", null, clock.GetElapsedTime(began), ct);
        }, ct);
    }
}
