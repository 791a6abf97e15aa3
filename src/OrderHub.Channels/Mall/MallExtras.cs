using OrderHub.Channels.Adapters;
using OrderHub.Orders.Contracts;

namespace OrderHub.Channels.Mall;

/// <summary>
/// What a mall may say beyond the convention's first version, each field optional: <c>promotion_type</c>, <c>live_host</c>,
/// <c>presale {deposit, balance, balance_paid, deposit_paid, balance_due}</c> in fen (the deposit counts as paid unless it says otherwise; the last
/// instant for the balance in ISO 8601), <c>buyer_ip</c>, <c>warehouse</c>, <c>courier</c> (our code),
/// <c>obligations</c> (texts for people), <c>hold</c> (why it must not be shipped yet) and <c>borne_by</c> (shop or platform) of a promotion. Pure.
/// </summary>
internal static class MallExtras
{
    private const int MostObligations = 20;

    public static PlatformExtras? Of(JsonReading order) => new PlatformExtras
    {
        LiveHost = order.TextOrNull("live_host"),
        Presale = order.Find("presale") is { IsObject: true } presale ? new(presale.NeedFen("deposit"), presale.Fen("balance"), presale.Flag("balance_paid")) { DepositPaid = presale.Find("deposit_paid") is null || presale.Flag("deposit_paid"), BalanceDueAt = presale.IsoTime("balance_due") } : null,
        BuyerIp = order.TextOrNull("buyer_ip"),
        NamedWarehouse = order.TextOrNull("warehouse"),
        Obligations = [.. Gifts(order).Concat(Texts(order)).Distinct().Take(MostObligations)],
    }.OrNull();

    private static IEnumerable<string> Gifts(JsonReading order) => order.ObjectsIn("promotions").Where(p => p.Text("gift_sku").Length > 0)
        .Select(p => $"赠品:{p.TextOrNull("name") ?? p.Text("gift_sku")}×{(p.Integer("gift_qty") > 0 ? p.Integer("gift_qty") : 1)}");

    private static IEnumerable<string> Texts(JsonReading order) => order.Find("obligations") is { Element.ValueKind: System.Text.Json.JsonValueKind.Array } list
        ? list.Elements().Where(e => e.Element.ValueKind == System.Text.Json.JsonValueKind.String).Select(e => e.Element.GetString()!.Trim()).Where(t => t.Length is > 0 and <= 100 && !t.Contains('\0')) : [];
}
