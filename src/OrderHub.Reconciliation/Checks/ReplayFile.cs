using System.Globalization;
using CsvHelper;
using OrderHub.Platform.Units;

namespace OrderHub.Reconciliation.Checks;

/// <summary>One order of the replay file, as far as money is concerned.</summary>
/// <param name="TotalFen">What was to be paid, before any refund.</param>
internal sealed record ReplayFileRow(string PlatformOrderNo, long TotalFen, bool IsPaid, long RefundFen);

internal static class ReplayFile
{
    /// <summary>The platform's order number of row 0; the file's own numbers are added to it.</summary>
    private const long FirstPlatformOrderNo = 2_020_020_000_000_000_000;

    /// <exception cref="FormatException">An amount with more than two decimals, or none at all.</exception>
    public static IEnumerable<ReplayFileRow> Read(TextReader text)
    {
        using var csv = new CsvReader(text, CultureInfo.InvariantCulture);
        csv.Read();
        csv.ReadHeader();
        while (csv.Read())
            yield return new(
                (FirstPlatformOrderNo + long.Parse(csv.GetField("订单编号")!, CultureInfo.InvariantCulture)).ToString(CultureInfo.InvariantCulture),
                Fen(csv.GetField("总金额")), !string.IsNullOrWhiteSpace(csv.GetField("订单付款时间")), Fen(csv.GetField("退款金额")));
    }

    private static long Fen(string? yuan) => Money.TryParseYuan(yuan, out var fen) ? fen : throw new FormatException($"'{yuan}' is not an amount in yuan.");
}
