using System.Net.Mail;
using OrderHub.Platform.Notifications.Senders;
using OrderHub.Platform.Results;

namespace OrderHub.Platform.Notifications.Settings;

/// <summary>What a target's address must look like, and how much of it may be shown; pure.</summary>
internal static class TargetRules
{
    private const int MostAddresses = 20, ShownKeyTail = 4;

    /// <returns>The address as it is kept.</returns>
    public static Result<string> Check(TargetKind kind, string text) => kind == TargetKind.Email ? CheckMail(text)
        : RobotKey(kind, text.Trim()) is null ? kind == TargetKind.WeCom ? NotificationErrors.NotAWeComRobot : NotificationErrors.NotADingTalkRobot
        : text.Trim();

    /// <returns>Mail addresses whole; of a robot the host and the last characters of its key.</returns>
    public static string Shown(TargetKind kind, string address) => kind == TargetKind.Email ? address
        : $"{new Uri(address).Authority} …{RobotKey(kind, address)![^ShownKeyTail..]}";

    public static bool IsMail(string text) => MailAddress.TryCreate(text, out var parsed) && parsed.Address == text && text.Contains('@', StringComparison.Ordinal) && text.All(c => c is > ' ' and <= '~' and not '<' and not '>');

    private static Result<string> CheckMail(string text)
    {
        var addresses = SmtpMail.Addresses(text);
        if (addresses.Length == 0) return NotificationErrors.AddressMissing;
        if (addresses.Length > MostAddresses) return NotificationErrors.TooManyAddresses;
        return Array.Find(addresses, a => !IsMail(a)) is { } wrong ? NotificationErrors.NotAMailAddress(wrong) : string.Join(", ", addresses);
    }

    /// <summary>Keys travel in the URL, so the way must be encrypted, except to this very machine.</summary>
    private static string? RobotKey(TargetKind kind, string text)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out var url) || !(url.Scheme == Uri.UriSchemeHttps || url.Scheme == Uri.UriSchemeHttp && url.IsLoopback)) return null;
        var name = kind == TargetKind.WeCom ? "key=" : "access_token=";
        var key = url.Query.TrimStart('?').Split('&').FirstOrDefault(p => p.StartsWith(name, StringComparison.Ordinal))?[name.Length..];
        return key is { Length: >= 8 } ? key : null;
    }
}
