using System.Globalization;
using CsvHelper;
using OrderHub.Sandbox.Gateway;
using OrderHub.Sandbox.Trading;

namespace OrderHub.Sandbox;

/// <summary>One real order of the file, times in China time, amounts in fen.</summary>
/// <param name="TotalFen">What was paid before any refund.</param>
/// <param name="PaidFen">What was left to the shop: total less refund; 0 when never paid.</param>
public sealed record ReplayRow(long OrderNo, long TotalFen, long PaidFen, string Province, DateTimeOffset CreatedAt, DateTimeOffset? PaidAt, long RefundFen)
{
    /// <summary>A buyer who has not paid for a day loses the order.</summary>
    public static readonly TimeSpan UnpaidLife = TimeSpan.FromHours(24);

    public static readonly TimeSpan RefundDecision = TimeSpan.FromHours(2);

    /// <summary>The file does not say when a refund was asked for: 1 to 36 hours after payment, always the same for a row.</summary>
    public DateTimeOffset? RefundAskedAt => PaidAt is { } paid && RefundFen > 0
        ? paid + TimeSpan.FromMinutes(60 + StableHash.Of($"refund/{OrderNo}") % (35 * 60)) : null;

    /// <summary>Rows in order of creation; the file's own order breaks ties.</summary>
    public static IReadOnlyList<ReplayRow> Read(string path)
    {
        using var csv = new CsvReader(new StreamReader(path), CultureInfo.InvariantCulture);
        csv.Read();
        csv.ReadHeader();
        var rows = new List<ReplayRow>();
        while (csv.Read())
        {
            rows.Add(new(
                long.Parse(csv.GetField("订单编号")!, CultureInfo.InvariantCulture),
                Yuan.Fen(csv.GetField("总金额")!),
                Yuan.Fen(csv.GetField("买家实际支付金额")!),
                csv.GetField("收货地址")!.Trim(),
                Time(csv.GetField("订单创建时间")!),
                csv.GetField("订单付款时间") is { Length: > 0 } paid ? Time(paid) : null,
                Yuan.Fen(csv.GetField("退款金额")!)));
        }
        return [.. rows.OrderBy(r => r.CreatedAt)];
    }

    private static DateTimeOffset Time(string text) => ChinaTime.TryParse(text, out var at) ? at : throw new FormatException($"{text}: not a time.");
}
