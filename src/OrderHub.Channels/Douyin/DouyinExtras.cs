using System.Globalization;
using OrderHub.Channels.Adapters;
using OrderHub.Orders.Contracts;
using OrderHub.Platform.Units;

namespace OrderHub.Channels.Douyin;

/// <summary>Live room, deposit, warehouse and what the platform obliges us to. Pure. The platform gives no buyer IP and no invoice with the order.</summary>
internal static class DouyinExtras
{
    private const long PickUp = 2;

    /// <summary>Labels are texts for people; those with one of these words change how a parcel must be packed or sent.</summary>
    private static readonly string[] Binding =
        ["集运", "中转", "送货上门", "上门", "顺丰", "音需达", "音尊达", "次日达", "当日", "小时达", "定制", "质检", "鉴定", "无痕", "直邮", "保税", "自提", "赠品"];

    public static PlatformExtras? Of(JsonReading order, IReadOnlyList<JsonReading> lines) => new PlatformExtras
    {
        LiveHost = LiveHost(lines),
        Presale = Presale(order),
        NamedWarehouse = lines.SelectMany(l => l.ObjectsIn("inventory_list")).Select(i => i.Text("out_warehouse_id")).FirstOrDefault(id => id is not ("" or "0")),
        Obligations = [.. Obligations(order, lines).Distinct()],
    }.OrNull();

    public static bool IsFromALiveRoom(IEnumerable<JsonReading> lines) => lines.Any(l => RoomId(l) is not null || l.Text("ad_env_type") == "live");

    public static string? NamedCourier(JsonReading order, IReadOnlyList<JsonReading> lines) => Labels(order, lines).Any(l => l.Contains("顺丰", StringComparison.Ordinal)) ? "SF" : null;

    public static IEnumerable<string> Labels(JsonReading order, IEnumerable<JsonReading> lines) => order.ObjectsIn("shop_order_tag_ui").Concat(order.ObjectsIn("address_tag_ui"))
        .Concat(lines.SelectMany(l => l.ObjectsIn("sku_order_tag_ui").Concat(l.ObjectsIn("added_services")))).Select(t => t.Text("text")).Where(t => t.Length > 0);

    private static string? LiveHost(IReadOnlyList<JsonReading> lines) =>
        lines.Select(l => l.TextOrNull("author_name") ?? RoomId(l) ?? Id(l, "author_id")).FirstOrDefault(host => host is not null);

    private static string? RoomId(JsonReading line) => Id(line, "room_id_str") ?? Id(line, "room_id");

    private static string? Id(JsonReading line, string name) => line.Text(name) is var id && id is not ("" or "0") ? id : null;

    /// <summary>Phase 1 is the deposit, phase 2 the balance; one entry per phase and line.</summary>
    private static IncomingPresale? Presale(JsonReading order)
    {
        var phases = order.ObjectsIn("order_phase_list");
        if (phases.Count == 0) return null;
        var balance = phases.Where(p => p.Integer("current_phase") > 1).ToArray();
        var deposit = phases.Where(p => p.Integer("current_phase") <= 1).ToArray();
        return new(deposit.Sum(Due), balance.Sum(Due), balance.Length > 0 && balance.All(p => p.Flag("pay_success"))) { DepositPaid = deposit.All(p => p.Flag("pay_success")) };
    }

    private static long Due(JsonReading phase) => phase.FenOrNull("phase_order_amount") ?? phase.Fen("phase_payable_price");

    private static IEnumerable<string> Obligations(JsonReading order, IReadOnlyList<JsonReading> lines)
    {
        foreach (var gift in lines.Where(DouyinOrders.IsGift)) yield return $"赠品:{gift.Text("product_name")}×{gift.Text("item_num")}";
        foreach (var label in Labels(order, lines).Where(l => Binding.Any(word => l.Contains(word, StringComparison.Ordinal)))) yield return label;
        if (lines.Any(l => l.Integer("receive_type") == PickUp)) yield return "门店自提";
        if (lines.Any(l => l.Flag("need_serial_number"))) yield return "发货需填商品序列号";
        if (order.UnixTime("appointment_ship_time") is { } appointed)
            yield return string.Create(CultureInfo.InvariantCulture, $"预约发货 {appointed.ToOffset(ShopTime.Offset):yyyy-MM-dd HH:mm}");
    }
}
