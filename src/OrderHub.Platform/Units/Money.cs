using System.Globalization;

namespace OrderHub.Platform.Units;

/// <summary>Money is <see cref="long"/> fen (1/100 CNY) everywhere; this is its edge to text.</summary>
public static class Money
{
    /// <summary><c>123450</c> → <c>¥1,234.50</c>, the same in every culture.</summary>
    public static string Format(long fen) => (fen < 0 ? "-¥" : "¥") + (Math.Abs(fen) / 100m).ToString("N2", CultureInfo.InvariantCulture);

    /// <summary>Yuan text as platforms and files write it: <c>123450</c> → <c>1234.50</c>.</summary>
    public static string ToYuan(long fen) => (fen / 100m).ToString("0.00", CultureInfo.InvariantCulture);

    /// <summary>Yuan text with at most two decimals to fen; a third decimal that is not 0 is refused, never rounded away.</summary>
    public static bool TryParseYuan(string? text, out long fen)
    {
        fen = 0;
        if (!decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var yuan))
            return false;
        if (Math.Abs(yuan) > 90_000_000_000_000m || decimal.Truncate(yuan * 100) != yuan * 100) return false;
        fen = (long)(yuan * 100);
        return true;
    }

    /// <summary>A share of an amount, rounded half away from zero.</summary>
    /// <param name="basisPoints">60 means 0.60 %.</param>
    public static long Share(long fen, int basisPoints) => (long)Math.Round(fen * (decimal)basisPoints / 10_000m, MidpointRounding.AwayFromZero);
}
