using System.Globalization;

namespace OrderHub.Platform.Units;

/// <summary>
/// The readable hub order number: <c>H</c>, the order id padded to nine digits, and a Luhn check digit.
/// It is computed from the id, so it needs no column and no index.
/// </summary>
public static class OrderNo
{
    public static string From(long orderId)
    {
        var digits = orderId.ToString("D9", CultureInfo.InvariantCulture);
        return $"H{digits}{CheckDigit(digits)}";
    }

    /// <summary>False for a mistyped number: the check digit catches every single wrong digit and most swapped neighbours.</summary>
    public static bool TryParse(string? text, out long orderId)
    {
        orderId = 0;
        text = text?.Trim().ToUpperInvariant();
        if (text is null || text.Length is < 11 or > 20 || text[0] != 'H') return false;
        var digits = text[1..^1];
        return long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out orderId) && CheckDigit(digits) == text[^1] - '0';
    }

    private static int CheckDigit(string digits)
    {
        var sum = 0;
        for (var i = 0; i < digits.Length; i++)
        {
            var d = digits[digits.Length - 1 - i] - '0';
            if (i % 2 == 0 && (d *= 2) > 9) d -= 9;
            sum += d;
        }
        return (10 - sum % 10) % 10;
    }
}
