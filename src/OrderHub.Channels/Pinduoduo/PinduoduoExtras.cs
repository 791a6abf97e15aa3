using OrderHub.Channels.Adapters;
using OrderHub.Orders.Contracts;

namespace OrderHub.Channels.Pinduoduo;

/// <summary>What a POP order obliges us to beyond the goods. Pure. The platform names no live host and no buyer IP.</summary>
internal static class PinduoduoExtras
{
    private const long BothPaid = 2;
    private const string OwnPresent = "1";

    private static readonly Dictionary<string, string> Tags = new()
    {
        ["free_sf"] = "顺丰包邮", ["has_sf_express_service"] = "顺丰加价", ["has_ship_additional"] = "加运费发顺丰", ["ship_additional_order"] = "补运费差价单",
        ["delivery_one_day"] = "当日发货", ["promise_delivery"] = "承诺送达", ["platform_promise_arrive"] = "平台承诺送达", ["delivery_schedule"] = "分批发货",
        ["no_trace_delivery"] = "无痕发货", ["self_contained"] = "门店自提", ["same_city_distribution"] = "同城配送", ["local_depot"] = "本地仓发货", ["direct_mail_activity"] = "直邮",
    };

    private static readonly Dictionary<string, string> Services = new()
    {
        ["install_fee"] = "上门安装", ["store_install_fee"] = "到店安装", ["take_to_store_install_fee"] = "带货到店安装",
        ["dismantle_and_home_install_fee"] = "拆旧并上门安装", ["charge_home_delivery_door"] = "送货上门",
    };

    // the types of consolidate_info as a large seller system reads them; an unknown one is still a transit
    private static readonly Dictionary<string, string> Transits = new()
    {
        ["0"] = "香港集运", ["1"] = "新疆中转", ["2"] = "哈萨克斯坦集运", ["3"] = "西藏中转", ["5"] = "日本集运",
        ["6"] = "台湾集运", ["7"] = "韩国集运", ["8"] = "新加坡集运", ["9"] = "马来西亚集运", ["10"] = "泰国集运",
    };

    public static PlatformExtras? Of(JsonReading order, long payFen) => new PlatformExtras
    {
        Presale = Presale(order, payFen),
        NamedWarehouse = Object(order, "order_depot_info") is { } depot ? depot.TextOrNull("depot_code") ?? depot.TextOrNull("depot_name") : null,
        Obligations = [.. Obligations(order).Distinct()],
    }.OrNull();

    /// <summary>Whether nothing of a deposit order is still due; true for every other order.</summary>
    public static bool IsPaidUp(JsonReading order) => Step(order) is not { } step || step.Integer("step_trade_status") == BothPaid;

    /// <summary>Presents without an order of their own travel with the goods.</summary>
    public static IEnumerable<JsonReading> PresentsInTheParcel(JsonReading order) => order.Text("gift_order_status") == "2" ? Presents(order).Where(g => g.Text("order_sn").Length == 0) : [];

    private static JsonReading? Step(JsonReading order) => Object(order, "step_order_info") is { } step && step.Find("step_trade_status") is not null ? step : null;

    private static IncomingPresale? Presale(JsonReading order, long payFen)
    {
        if (Step(order) is not { } step) return null;
        var deposit = step.Yuan("advanced_paid_fee");
        var paid = IsPaidUp(order);
        return new(deposit, Math.Max(0, (paid ? step.Yuan("step_paid_fee") : payFen) - deposit), paid) { DepositPaid = paid || deposit > 0 };
    }

    private static IEnumerable<string> Obligations(JsonReading order)
    {
        foreach (var gift in Presents(order))
            yield return $"赠品:{gift.Text("goods_name")}×{gift.Text("goods_count")}{(order.Text("gift_order_status") == OwnPresent ? "(单独发货)" : "")}";
        if (Object(order, "consolidate_info") is { } transit) yield return Transits.GetValueOrDefault(transit.Text("consolidate_type"), "集运中转");
        if (order.Text("home_delivery_type") is "1" or "2") yield return order.Text("home_delivery_type") == "1" ? "送货上门" : "送货上门并安装";
        foreach (var tag in order.ObjectsIn("order_tag_list").Where(t => t.Text("value") == "1"))
        {
            if (Tags.TryGetValue(tag.Text("name"), out var word)) yield return word;
        }
        foreach (var fee in order.ObjectsIn("service_fee_detail"))
        {
            if (Services.TryGetValue(fee.Text("service_name"), out var service)) yield return service;
        }
        foreach (var memo in order.ObjectsIn("express_memos").Where(m => m.Text("scene") == "1")) yield return $"买家不要 {memo.Text("tag")}";
        if (Appointment(order) is { } appointment) yield return appointment;
        if (order.TextOrNull("promise_delivery_time") is { } promised) yield return $"承诺 {promised} 前送达";
        if (order.TextOrNull("urge_shipping_time") is not null) yield return "买家催发货";
    }

    private static string? Appointment(JsonReading order) => order.Text("shipping_type") switch
    {
        "1" or "3" => $"预约配送 {order.Text("yyps_date")} {order.Text("yyps_time")}".TrimEnd(),
        "2" => "小时达",
        _ => null,
    };

    private static IEnumerable<JsonReading> Presents(JsonReading order) => order.ObjectsIn("gift_list");

    private static JsonReading? Object(JsonReading order, string name) => order.Find(name) is { IsObject: true } found ? found : null;
}
