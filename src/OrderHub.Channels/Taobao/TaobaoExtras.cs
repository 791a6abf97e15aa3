using OrderHub.Channels.Adapters;
using OrderHub.Orders.Contracts;

namespace OrderHub.Channels.Taobao;

/// <summary>What TOP says of a trade beyond goods, money and receiver. It names neither live room nor invoice nor the buyer's address on the net.</summary>
internal static class TaobaoExtras
{
    public const string Fields =
        "step_trade_status,step_paid_fee,delivery_time,send_time,timing_promise,delivery_cps,asdp_ads,logistics_agreement,service_tags,gifting";

    public static PlatformExtras? Of(JsonReading trade, IReadOnlyList<JsonReading> orders, long payFen) => new PlatformExtras
    {
        Presale = Presale(trade, payFen),
        NamedWarehouse = orders.Select(o => o.TextOrNull("store_code")).FirstOrDefault(c => c is not null),
        GoesWhole = GoesWhole(trade),
        Obligations = [.. Obligations(trade).Distinct()],
    }.OrNull();

    /// <summary>The earliest deadline of the trade and its lines. Only the form with a full time is one; the platform also writes “付款后N天内”.</summary>
    public static DateTimeOffset? ShipBy(JsonReading trade, IReadOnlyList<JsonReading> orders) => orders
        .SelectMany(o => new[] { Instant(o, "delivery_time"), Instant(o, "estimate_con_time") })
        .Append(Instant(trade, "delivery_time")).Append(Instant(trade, "send_time")).Min();

    /// <summary>The courier the buyer chose: <c>companyCode=SF</c> among a service's tags. Null for one we have no name for.</summary>
    public static string? NamedCourier(JsonReading trade, PlatformAbilities abilities)
    {
        var chosen = trade.Wrapped("service_tags", "logistics_tag").SelectMany(t => t.Wrapped("logistic_service_tag_list", "logistic_service_tag"))
            .SelectMany(t => t.Text("service_tag").Split(';')).Select(t => t.Split('=', 2)).FirstOrDefault(t => t is ["companyCode", _])?[1]
            ?? trade.TextOrNull("delivery_cps")?.Split(',')[0] ?? (trade.Text("shipping_type") == "ems" ? "EMS" : null);
        return chosen is null ? null : abilities.Couriers!.FirstOrDefault(c => c.Value == chosen).Key;
    }

    public static string PromotionType(JsonReading trade, IReadOnlyList<JsonReading> promotions) =>
        trade.Text("type") == "step" || trade.Text("step_trade_status").Length > 0 ? "presale"
        : trade.Text("trade_from").Contains("JHS", StringComparison.Ordinal) ? "flash"
        : promotions.Any(p => p.Text("promotion_name").Contains("直播", StringComparison.Ordinal)) ? "live" : "normal";

    private static IncomingPresale? Presale(JsonReading trade, long payFen)
    {
        if (trade.TextOrNull("step_trade_status") is not { } step) return null;
        var paid = trade.Yuan("step_paid_fee");
        // once the balance is paid the field may tell both parts together
        var deposit = paid < payFen ? paid : 0;
        return new(deposit, payFen - deposit, step == "FRONT_PAID_FINAL_PAID") { DepositPaid = step != "FRONT_NOPAID_FINAL_NOPAID" };
    }

    private static IEnumerable<string> Obligations(JsonReading trade)
    {
        foreach (var gift in trade.Wrapped("promotion_details", "promotion_detail").Where(p => p.Text("gift_item_name").Length > 0))
            yield return $"赠品:{gift.Text("gift_item_name")}×{gift.TextOrNull("gift_item_num") ?? "1"}";
        var agreement = trade.Find("logistics_agreement");
        if (trade.Text("asdp_ads").Length > 0 || agreement?.Text("asdp_ads") is { Length: > 0 }) yield return "送货上门";
        if (agreement?.TextOrNull("logistics_service_msg") is { } promise) yield return promise;
        if (GoesWhole(trade)) yield return "不可拆单发货";
        if (trade.Text("timing_promise").Length > 0) yield return "时效承诺";
        if (trade.Text("gifting") == "1") yield return "礼物订单";
    }

    private static bool GoesWhole(JsonReading trade) => trade.Find("logistics_agreement")?.Text("no_detail_part_consign") == "1";

    private static DateTimeOffset? Instant(JsonReading place, string name) =>
        place.Text(name) is { Length: 19 } text && text[4] == '-' && text[13] == ':' ? place.ChinaTime(name) : null;
}
