namespace OrderHub.Warehousing.Labels;

/// <summary>What a stranger may read on a parcel. What a platform masked already stays as it is.</summary>
internal static class PrivacyMask
{
    /// <summary><c>13812345678</c> → <c>138****5678</c>; a landline keeps its last four digits.</summary>
    public static string Phone(string phone)
    {
        phone = phone.Trim();
        if (phone.Contains('*') || phone.Length < 7) return phone;
        return phone.Length == 11 ? $"{phone[..3]}****{phone[^4..]}" : new string('*', phone.Length - 4) + phone[^4..];
    }

    /// <summary><c>欧阳小明</c> → <c>欧***</c>.</summary>
    public static string Name(string name)
    {
        name = name.Trim();
        return name.Length < 2 || name.Contains('*') ? name : name[..1] + new string('*', Math.Min(name.Length - 1, 3));
    }

    /// <summary>The digits couriers ask for to show a parcel's tracks; masked phones have them too.</summary>
    public static string LastFour(string phone) => phone.Length >= 4 && phone[^4..].All(char.IsAsciiDigit) ? phone[^4..] : "";
}
