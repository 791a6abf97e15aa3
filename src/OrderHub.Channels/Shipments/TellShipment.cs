using OrderHub.Channels.Adapters;
using OrderHub.Channels.Deliveries;
using OrderHub.Orders.Contracts;
using OrderHub.Platform.Accounts;
using OrderHub.Warehousing.Contracts;

namespace OrderHub.Channels.Shipments;

/// <summary>Confirms a shipped order on its platform, parcel by parcel where the platform understands that. Told again after a half success, the platform knows its waybills already.</summary>
internal sealed class TellShipment(IOrderReader orders, IOrderFlow flow, IParcelReader parcels)
{
    public async Task<Told> TellAsync(DueDelivery delivery, DeliveryTarget target, CancellationToken ct)
    {
        var order = await orders.FindAsync(delivery.SubjectId, ct) ?? throw new PlatformException("channels.order_gone", "订单不存在", isTransient: false);
        var notices = ShipmentPlan.For(order, await parcels.OfOrderAsync(order.Id, ct), target.Adapter.Abilities.Split);
        // shipped without a parcel of ours: the platform or the seller did it there and knows already
        if (notices.Count == 0) return new(DeliveryState.Skipped, "无本仓包裹，平台侧已发货");
        foreach (var notice in notices) await target.Adapter.ConfirmShipmentAsync(target.Connection, notice, ct);
        var what = string.Join(' ', notices.SelectMany(n => n.Others.Prepend((n.CourierCode, n.WaybillNo))).Select(w => $"{w.CourierCode} {w.WaybillNo}"));
        return new(DeliveryState.Sent, what, tx => flow.NoteAsync(tx, order.Id, "已回传平台", Actor.Channel(target.Shop.Code), what, ct));
    }
}
