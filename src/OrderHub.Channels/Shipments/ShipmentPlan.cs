using OrderHub.Channels.Adapters;
using OrderHub.Orders.Contracts;
using OrderHub.Warehousing.Contracts;

namespace OrderHub.Channels.Shipments;

/// <summary>Which waybills a platform is told, by what it understands; pure.</summary>
internal static class ShipmentPlan
{
    /// <summary>
    /// One parcel: its waybill, no lines named (a line refunded meanwhile is closed on the platform and must not be shipped there).
    /// Several parcels: a platform that takes one waybill per order gets the first one, and since an order is shipped only when its last
    /// parcel left, the buyer's protection time does not start too early; one that takes several gets them all in one notice. The others get
    /// one notice per parcel with its lines; each line is named once, with the last parcel that carries a piece of it, since until then
    /// the line is not complete. A parcel that completes no line, or whose content is not known, is not told.
    /// </summary>
    /// <param name="parcels">Oldest first.</param>
    /// <returns>Empty = there is nothing to tell.</returns>
    public static IReadOnlyList<ShipmentNotice> For(OrderView order, IReadOnlyList<ParcelView> parcels, SplitAbility split)
    {
        var sent = parcels.Where(p => p.WaybillNo.Length > 0).ToList();
        if (sent.Count == 0) return [];
        if (split == SplitAbility.Waybills) return [Notice(order, sent[0], []) with { Others = [.. sent.Skip(1).Select(p => (p.CourierCode, p.WaybillNo))] }];
        if (sent.Count == 1 || split == SplitAbility.Whole || sent.Any(p => p.Lines.Count == 0)) return [Notice(order, sent[0], [])];
        var lastParcel = sent.SelectMany(p => p.Lines.Select(l => (l.LineNo, Parcel: p))).GroupBy(l => l.LineNo).ToDictionary(g => g.Key, g => g.Last().Parcel.Id);
        return [.. sent.Select(p => Notice(order, p, [.. order.Lines.Where(l => lastParcel.GetValueOrDefault(l.LineNo) == p.Id).Select(l => l.PlatformLineNo)])).Where(n => n.PlatformLineNos.Count > 0)];
    }

    private static ShipmentNotice Notice(OrderView order, ParcelView parcel, IReadOnlyList<string> lines) => new(order.PlatformOrderNo, parcel.CourierCode, parcel.WaybillNo, lines);
}
