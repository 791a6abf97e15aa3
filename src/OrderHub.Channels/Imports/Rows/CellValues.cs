using System.Globalization;
using System.Text.RegularExpressions;
using OrderHub.Channels.Imports.Sheets;
using OrderHub.Platform.Results;
using OrderHub.Platform.Units;

namespace OrderHub.Channels.Imports.Rows;

/// <summary>Single cells as what they mean. Pure; an empty cell is null, an unreadable one an error.</summary>
internal static partial class CellValues
{
    public const int LongestOrderNo = 64;
    private static readonly DateTimeOffset Oldest = new(2000, 1, 1, 0, 0, 0, ShopTime.Offset);

    private static readonly string[] TimeForms =
    [
        "yyyy-M-d H:m:s", "yyyy-M-d H:m", "yyyy-M-d", "yyyyMMddHHmmss", "yyyyMMdd HHmmss", "yyyyMMdd H:m:s", "yyyyMMdd", "M-d-yyyy H:m:s", "M-d-yyyy H:m", "M-d-yyyy",
    ];

    public static Result<string?> OrderNo(string cell)
    {
        var text = CellText.Plain(cell);
        if (text.Length == 0) return (string?)null;
        if (Scientific().IsMatch(text)) return RowErrors.DigitsLost(text);
        if (text.EndsWith(".0", StringComparison.Ordinal)) text = text[..^2];
        return text.Length <= LongestOrderNo && OrderNoForm().IsMatch(text) ? text : RowErrors.BadOrderNo(text.Length > 40 ? text[..40] + "…" : text);
    }

    /// <summary>Excel keeps 15 digits and writes zeros behind them.</summary>
    public static bool LooksZeroed(string orderNo) => orderNo.Length >= 17 && orderNo.All(char.IsAsciiDigit) && orderNo.AsSpan(15).IndexOfAnyExcept('0') < 0;

    /// <returns>Fen.</returns>
    public static Result<long?> Money(string cell, string field)
    {
        var text = CellText.Plain(cell);
        if (text.Length == 0) return (long?)null;
        var plain = MoneyDecoration().Replace(text, "");
        if (plain is ['(', .., ')']) plain = "-" + plain[1..^1];
        return Platform.Units.Money.TryParseYuan(plain, out var fen) ? fen : RowErrors.BadMoney(field, text);
    }

    public static Result<int?> Quantity(string cell)
    {
        var text = CellText.Plain(cell);
        if (text.Length == 0) return (int?)null;
        var match = QuantityForm().Match(text);
        return match.Success && int.TryParse(match.Groups[1].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var pieces) ? pieces : RowErrors.BadQuantity(text);
    }

    /// <summary>Without an offset it is shop time. Refuses what is older than 2000.</summary>
    public static Result<DateTimeOffset?> Time(string cell, string field)
    {
        var text = CellText.Plain(cell);
        if (text.Length == 0 || text.StartsWith("0000", StringComparison.Ordinal) || text.StartsWith("1970-01-01", StringComparison.Ordinal)) return (DateTimeOffset?)null;
        return Parse(text) is { } at && at >= Oldest ? at : RowErrors.BadTime(field, text);
    }

    private static DateTimeOffset? Parse(string text)
    {
        if (text.Contains('T') && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out var iso))
            return OffsetForm().IsMatch(text) ? iso.ToUniversalTime() : ShopTime.FromLocal(iso.DateTime);
        // an Excel serial in a text file: 1 is 1900-01-01; days from 1954 to 2119
        if (double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var serial) && serial is >= 20_000 and < 80_000)
            return ShopTime.FromLocal(DateTime.FromOADate(Math.Round(serial * 86_400) / 86_400));
        var plain = TimeSigns().Replace(Fraction().Replace(text, "$1"), m => m.Value is "日" or "秒" ? " " : m.Value is "时" or "分" ? ":" : "-").Trim(' ', ':', '-');
        plain = Spaces().Replace(plain, " ");
        return DateTime.TryParseExact(plain, TimeForms, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local) ? ShopTime.FromLocal(local) : null;
    }

    [GeneratedRegex(@"^\d(\.\d+)?[eE]\+?\d+$")]
    private static partial Regex Scientific();

    [GeneratedRegex(@"^(?=.*\d)[A-Za-z0-9_\-./#:]+$")]
    private static partial Regex OrderNoForm();

    [GeneratedRegex(@"[¥￥元,\s]|CNY|RMB")]
    private static partial Regex MoneyDecoration();

    [GeneratedRegex(@"^[xX×*]?(\d{1,9})(?:\.0+)?(?:件|个|套|盒|瓶|份|pcs)?$")]
    private static partial Regex QuantityForm();

    [GeneratedRegex("[/.年月日时分秒]")]
    private static partial Regex TimeSigns();

    [GeneratedRegex(@"(:\d\d?)\.\d+$")]
    private static partial Regex Fraction();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();

    [GeneratedRegex(@"(Z|[+-]\d\d:?\d\d)$")]
    private static partial Regex OffsetForm();
}
