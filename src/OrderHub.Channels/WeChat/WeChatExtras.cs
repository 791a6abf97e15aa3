using OrderHub.Channels.Adapters;
using OrderHub.Orders.Contracts;

namespace OrderHub.Channels.WeChat;

internal static class WeChatExtras
{
    /// <summary>Paid in full, shipped later.</summary>
    private const long FullPaymentPresale = 1;
    private const long Inspected = 1;

    public static PlatformExtras? Of(JsonReading order, JsonReading detail, IReadOnlyList<JsonReading> products) => new PlatformExtras
    {
        LiveHost = LiveHost(detail),
        NamedWarehouse = products.Select(p => p.TextOrNull("out_warehouse_id")).FirstOrDefault(w => w is not null),
        Obligations = [.. Obligations(order, detail)],
    }.OrNull();

    public static string PromotionType(JsonReading order, JsonReading detail, IReadOnlyList<JsonReading> products) =>
        products.Any(p => p.Find("sku_deliver_info")?.Integer("stock_type") == FullPaymentPresale) ? "presale"
        : detail.Find("ext_info")?.Text("live_id") is { Length: > 0 } ? "live"
        : order.Integer("status") == 13 || detail.Find("price_info")?.Fen("bulkbuy_discounted_price") > 0 ? "group"
        : order.Flag("is_present") ? "gift"
        : products.Any(p => p.Flag("is_flash_sale")) ? "flash" : "normal";

    /// <summary>The account that sold it, where a live room did.</summary>
    private static string? LiveHost(JsonReading detail)
    {
        if (detail.Find("ext_info")?.TextOrNull("live_id") is not { } room) return null;
        return detail.Items("source_infos").Select(s => s.TextOrNull("account_nickname")).FirstOrDefault(n => n is not null)
            ?? detail.Find("agent_info")?.TextOrNull("agent_finder_nickname") ?? room;
    }

    private static IEnumerable<string> Obligations(JsonReading order, JsonReading detail)
    {
        if (order.Flag("is_present")) yield return order.TextOrNull("present_note") is { } note ? $"礼物订单:{note}" : "礼物订单";
        var delivery = detail.Find("delivery_info");
        if (delivery?.Integer("quality_inspect_type") == Inspected) yield return "先送平台质检";
        if (delivery?.Text("ewaybill_order_code") is { Length: > 0 }) yield return "用平台电子面单";
        if (detail.Find("greeting_card_info")?.TextOrNull("greeting_message") is { } greeting) yield return $"代写贺卡:{greeting}";
        if (detail.Find("custom_info")?.TextOrNull("custom_word") is { } word) yield return $"定制:{word}";
    }
}
