using System.Globalization;
using OrderHub.AfterSales.Contracts;
using OrderHub.Channels.Adapters;

namespace OrderHub.Channels.Jd;

/// <summary>JD has two kinds of refund papers: cancellations before shipping (amounts in fen) and after-sale refunds (yuan).</summary>
internal static class JdRefunds
{
    public static string Id(JsonReading refund) => IsAfterSale(refund) ? refund.Id("afsRefundId") : refund.Id("id");

    /// <summary>Neither paper has a modification time: the newest of its times, and within the same second the later step.</summary>
    public static long Version(JsonReading refund) => Times(refund).Max().ToUnixTimeMilliseconds() + Math.Clamp(refund.Integer("status"), 0, 99);

    public static IncomingRefund Map(int shopId, string json) => JsonReading.Map(json, refund => IsAfterSale(refund) ? AfterSale(shopId, refund) : Cancellation(shopId, refund));

    private static bool IsAfterSale(JsonReading refund) => refund.Find("afsRefundId") is not null;

    public static RefundStatus CancellationStatus(JsonReading refund) => refund.NeedInteger("status") switch
    {
        0 => RefundStatus.Applied,
        1 or 5 or 6 or 7 or 10 => RefundStatus.Agreed,
        2 or 4 or 8 => RefundStatus.Refused,
        3 or 9 => RefundStatus.Done,
        11 => RefundStatus.Closed,
        _ => throw refund.Need("status").Fault("是未知的退款状态"),
    };

    private static IncomingRefund Cancellation(int shopId, JsonReading refund)
    {
        var status = CancellationStatus(refund);
        var sum = refund.NeedFen("applyRefundSum");
        return new(shopId, Id(refund), Version(refund), refund.Id("orderId"), null, RefundKind.RefundOnly, status, sum, status == RefundStatus.Done ? sum : 0,
            refund.Text("reason"), Times(refund).Min(), Times(refund).Max());
    }

    private static IncomingRefund AfterSale(int shopId, JsonReading refund)
    {
        var status = refund.NeedInteger("status") switch
        {
            13 => RefundStatus.Done,
            14 => RefundStatus.Refused,
            _ => RefundStatus.Agreed,
        };
        var bill = refund.NeedObject("sameOrderServiceBill");
        var amount = refund.Find("refoundAmount") is null ? refund.NeedYuan("refundAmount") : refund.NeedYuan("refoundAmount");
        return new(shopId, Id(refund), Version(refund), bill.Id("orderId"), null, RefundKind.ReturnRefund, status, amount, status == RefundStatus.Done ? amount : 0,
            refund.Text("reason"), Times(refund).Min(), Times(refund).Max());
    }

    private static List<DateTimeOffset> Times(JsonReading refund)
    {
        var times = new[] { "applyTime", "checkTime", "approveTime", "completeTime" }.Select(n => Time(refund, n)).OfType<DateTimeOffset>().ToList();
        return times.Count > 0 ? times : throw refund.Missing("applyTime");
    }

    /// <summary>Text in China time, or Unix milliseconds from the newer services.</summary>
    private static DateTimeOffset? Time(JsonReading refund, string name) =>
        long.TryParse(refund.Text(name), NumberStyles.None, CultureInfo.InvariantCulture, out var ms) && ms is > 0 and < 253_000_000_000_000
            ? DateTimeOffset.FromUnixTimeMilliseconds(ms) : refund.ChinaTime(name);
}
