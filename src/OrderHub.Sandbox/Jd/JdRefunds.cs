using System.Globalization;
using System.Text.Json.Nodes;
using OrderHub.Sandbox.Gateway;

namespace OrderHub.Sandbox.Jd;

/// <summary>Two separate worlds: cancellations before shipping, and service orders after it.</summary>
internal static class JdRefunds
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(90);

    public static JsonObject Applications(JdCall call)
    {
        if (!Incoming.TryInt(call.Text("pageIndex"), 1, out var page) || page is < 1 or > 100
            || !Incoming.TryInt(call.Text("pageSize"), 10, out var size) || size is < 1 or > 50)
            return new() { ["queryResult"] = new JsonObject { ["success"] = false, ["errorCode"] = "pageIndex 1-100, pageSize 1-50" } };
        if (!Range(call, "applyTimeStart", "applyTimeEnd", out var applied) || !Range(call, "checkTimeStart", "checkTimeEnd", out var settled))
            return new() { ["queryResult"] = new JsonObject { ["success"] = false, ["errorCode"] = "时间格式错误" } };
        var found = Refunds(call, (settled ?? applied)?.From, r => r.Kind == SandboxRefundKind.BeforeShipping)
            .Where(r => (call.Text("orderId") is not { } no || no == r.Order.No) && (call.Text("ids") is not { } ids || ids.Split(',').Contains(r.Refund.No))
                && (call.Text("status") is not { } status || status == Status(r.Refund))
                && (applied is null || applied.Value.Contains(r.Refund.CreatedAt))
                && (settled is null || (r.Refund.State != SandboxRefundState.Applied && settled.Value.Contains(r.Refund.ModifiedAt))));
        var shown = Page<(SandboxOrder Order, SandboxRefund Refund)>.Of([.. found], page, size);
        return new()
        {
            ["queryResult"] = new JsonObject
            {
                ["success"] = true,
                ["totalCount"] = shown.Total,
                ["result"] = Answers.Array(shown.Items, r => new JsonObject
                {
                    ["id"] = Id(r.Refund),
                    ["orderId"] = r.Order.No,
                    ["buyerId"] = r.Order.Buyer.OpenId,
                    ["buyerName"] = Masked.Name(r.Order.Buyer.Nick),
                    // in fen, while orders are in yuan
                    ["applyRefundSum"] = r.Refund.AmountFen,
                    ["status"] = int.Parse(Status(r.Refund), CultureInfo.InvariantCulture),
                    ["applyTime"] = ChinaTime.Text(r.Refund.CreatedAt),
                    ["checkTime"] = r.Refund.State == SandboxRefundState.Applied ? null : ChinaTime.Text(r.Refund.ModifiedAt),
                    ["checkUserName"] = r.Refund.State == SandboxRefundState.Applied ? "" : "系统",
                    ["reason"] = r.Refund.Reason,
                }),
            },
        };
    }

    public static JsonObject AfterShipping(JdCall call)
    {
        if (!Incoming.TryInt(call.Text("pageNumber"), 1, out var page) || page < 1 || !Incoming.TryInt(call.Text("pageSize"), 10, out var size) || size is < 1 or > 50
            || !Range(call, "applyTimeBegin", "applyTimeEnd", out var applied) || applied?.Length > TimeSpan.FromDays(7)
            || !Range(call, "approveTimeBegin", "approveTimeEnd", out var approved) || approved?.Length > TimeSpan.FromDays(10))
            return new() { ["pageResult"] = new JsonObject { ["success"] = false, ["code"] = "10001", ["message"] = "参数错误" } };
        var found = Refunds(call, (approved ?? applied)?.From, r => r.Kind != SandboxRefundKind.BeforeShipping && r.State == SandboxRefundState.Done)
            .Where(r => (call.Text("orderId") is not { } no || no == r.Order.No)
                && (applied is null || applied.Value.Contains(r.Refund.CreatedAt)) && (approved is null || approved.Value.Contains(r.Refund.ModifiedAt)));
        var shown = Page<(SandboxOrder Order, SandboxRefund Refund)>.Of([.. found], page, size);
        return new()
        {
            ["pageResult"] = new JsonObject
            {
                ["success"] = true,
                ["code"] = "00000",
                ["totalCount"] = shown.Total,
                ["data"] = Answers.Array(shown.Items, r => new JsonObject
                {
                    ["afsRefundId"] = Id(r.Refund),
                    ["status"] = 13,
                    ["completeTime"] = ChinaTime.Text(r.Refund.ModifiedAt),
                    // spelt so by the platform; yuan
                    ["refoundAmount"] = Yuan.Text(r.Refund.AmountFen),
                    ["sameOrderServiceBill"] = new JsonObject { ["serviceId"] = Id(r.Refund), ["orderId"] = r.Order.No },
                }),
            },
        };
    }

    private static IEnumerable<(SandboxOrder Order, SandboxRefund Refund)> Refunds(JdCall call, DateTimeOffset? from, Func<SandboxRefund, bool> which) =>
        call.Market.Orders.RefundsBetween(SandboxPlatform.Jd, from ?? call.Now - Longest, call.Now.AddDays(1)).Where(r => which(r.Refund));

    private static string Status(SandboxRefund refund) => refund.State switch
    {
        SandboxRefundState.Applied => "0",
        SandboxRefundState.Refused => "2",
        _ => "3",
    };

    private static long Id(SandboxRefund refund) => long.Parse(refund.No, CultureInfo.InvariantCulture);

    private static bool Range(JdCall call, string from, string to, out TimeRange? range)
    {
        range = null;
        if (call.Text(from) is null && call.Text(to) is null) return true;
        if (!ChinaTime.TryParse(call.Text(from), out var start) || !ChinaTime.TryParse(call.Text(to), out var end)) return false;
        range = new(start, end);
        return true;
    }

    private readonly record struct TimeRange(DateTimeOffset From, DateTimeOffset To)
    {
        public TimeSpan Length => To - From;

        /// <summary>The end is a whole second and is meant to its last instant.</summary>
        public bool Contains(DateTimeOffset at) => at >= From && at < To.AddSeconds(1);
    }
}
