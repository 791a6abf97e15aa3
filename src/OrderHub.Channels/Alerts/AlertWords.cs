using System.Globalization;
using OrderHub.Platform.Texts;
using OrderHub.Platform.Units;

namespace OrderHub.Channels.Alerts;

internal static class AlertWords
{
    public static Words Number(int count) => new(count.ToString("N0", CultureInfo.InvariantCulture));

    /// <summary>In shop time: a message is read away from any page that could say "3 minutes ago".</summary>
    public static Words Time(DateTimeOffset? at) => new(at is { } known ? ShopTime.ToLocal(known).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) : "从未");

    public static string Mark(DateTimeOffset? at) => at?.UtcTicks.ToString(CultureInfo.InvariantCulture) ?? "";
    public static string Mark(long id) => id.ToString(CultureInfo.InvariantCulture);
}
