using System.Text.Json;
using OrderHub.Channels.Adapters;
using OrderHub.Orders.Contracts;

namespace OrderHub.Channels.Kuaishou;

/// <summary>Host, warehouse, presents and the seller's notes. Pure. The platform gives no buyer IP and no deposit amounts with the order.</summary>
internal static class KuaishouExtras
{
    public static PlatformExtras? Of(JsonReading order, JsonReading item) => new PlatformExtras
    {
        LiveHost = LiveHost(order),
        NamedWarehouse = item.TextOrNull("warehouseCode"),
        Obligations = [.. Obligations(order, order.NeedObject("orderBaseInfo")).Distinct()],
    }.OrNull();

    /// <summary>Who sold it: the distributor whose live room or video it came from.</summary>
    public static string? LiveHost(JsonReading order) => order.Find("orderCpsInfo") is { IsObject: true } cps
        ? cps.TextOrNull("distributorName") ?? (cps.Text("distributorId") is var id && id is not ("" or "0") ? id : null) : null;

    /// <summary>Notes are only ever added; the newest stands first.</summary>
    public static string? NewestNote(JsonReading order) => order.Find("orderNote") is { IsObject: true } notes && notes.Find("sellerNote") is { Element.ValueKind: JsonValueKind.Array } list
        ? list.Elements().Select(n => n.IsObject ? n.Text("note") : n.Element.ToString()).FirstOrDefault(n => n.Length > 0) : null;

    /// <summary>RED, YELLOW, GREEN, BLUE and PURPLE count as ours do; GREY stands for none.</summary>
    public static int Flag(JsonReading order) => order.Find("orderFlag") is { IsObject: true } flags && flags.Find("flag") is { Element.ValueKind: JsonValueKind.Array } list
        ? list.Elements().Select(f => Array.IndexOf(Colours, f.Element.ToString().ToUpperInvariant())).FirstOrDefault(f => f > 0) : 0;

    private static readonly string[] Colours = ["NONE", "RED", "YELLOW", "GREEN", "BLUE", "PURPLE"];

    private static IEnumerable<string> Obligations(JsonReading order, JsonReading head)
    {
        foreach (var present in order.ObjectsIn("subOrderInfo").Select(s => s.Find("subOrderItemInfo")).Where(i => i is { IsObject: true }))
            yield return $"赠品:{present!.Value.Text("itemTitle")}×{present.Value.Text("num")}";
        if (head.Flag("priorityDelivery")) yield return "平台要求优先发货";
        if (head.Integer("remindShipmentSign") > 0) yield return "买家催发货";
        foreach (var risk in head.ObjectsIn("orderRiskEventInfo").Select(r => r.Text("riskMsg")).Where(m => m.Length > 0)) yield return risk;
        if (order.Find("orderDeliveryInfo") is { IsObject: true } delivery && delivery.Find("serialNumberInfo") is { IsObject: true }) yield return "发货需填商品序列号";
    }
}
