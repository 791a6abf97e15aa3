using System.Text.RegularExpressions;

namespace OrderHub.Allocation.Addresses;

/// <summary>Numbers that can be dialled from the mainland, grouped by spaces or dashes as people please. Pure.</summary>
internal static partial class Phone
{
    private const string Country = @"(?:\(?(?:\+|00)?86\)?[ -]?)", Extension = "(?: ?[(]?[-,_转]+ ?[0-9]{1,6}[)]?)?";

    public static bool IsMobile(string phone) => Mobile().IsMatch(phone);

    /// <summary>010 and 02x are the areas of three digits; 01x else would be a mobile with a 0 before it.</summary>
    public static bool IsLandline(string phone) => Landline().IsMatch(phone);

    /// <summary>400 and 800 numbers.</summary>
    public static bool IsService(string phone) => Service().IsMatch(phone);

    /// <summary>Of Hong Kong, Macau or Taiwan, whose numbers come in too many shapes to be strict.</summary>
    public static bool NamesOverseas(string phone) => Overseas().IsMatch(phone);

    public static bool IsPlausible(string phone)
    {
        var digits = phone.Count(char.IsAsciiDigit);
        if (phone.Any(c => !char.IsAsciiDigit(c) && c is not ('-' or '+' or ' ' or '(' or ')' or ',' or '转' or '_'))) return false;
        return digits is >= 7 and <= 20 && (digits != 11 || phone[0] is '1' or '0' || phone.StartsWith("(0", StringComparison.Ordinal) || phone.StartsWith('+'));
    }

    [GeneratedRegex("^" + Country + "?1[3-9](?:[ -]?[0-9]){9}" + Extension + "$")]
    private static partial Regex Mobile();

    [GeneratedRegex(@"^(?:\(?0|" + Country + @"\(?0?)(?:10|2[0-9]|[3-9][0-9]{2})\)?[ -]?[1-9](?:[ -]?[0-9]){6,7}" + Extension + "$")]
    private static partial Regex Landline();

    [GeneratedRegex("^[48]00(?:[ -]?[0-9]){7}" + Extension + "$")]
    private static partial Regex Service();

    [GeneratedRegex(@"^\(?(?:\+|00)(?:852|853|886)")]
    private static partial Regex Overseas();
}
