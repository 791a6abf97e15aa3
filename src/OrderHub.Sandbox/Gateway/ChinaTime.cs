using System.Globalization;

namespace OrderHub.Sandbox.Gateway;

/// <summary>Platforms write China time without saying so; the machine's zone never matters.</summary>
internal static class ChinaTime
{
    public static readonly TimeSpan Offset = TimeSpan.FromHours(8);
    private const string Format = "yyyy-MM-dd HH:mm:ss";

    public static string Text(DateTimeOffset at) => at.ToOffset(Offset).ToString(Format, CultureInfo.InvariantCulture);

    public static string Text(DateTimeOffset? at, string whenNever = "") => at is { } t ? Text(t) : whenNever;

    public static bool TryParse(string? text, out DateTimeOffset at) => TryParse(text, Format, out at);

    public static bool TryParse(string? text, string format, out DateTimeOffset at)
    {
        var read = DateTime.TryParseExact(text, format, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local);
        at = read ? new DateTimeOffset(local, Offset) : default;
        return read;
    }

    /// <summary>10-digit unix seconds; milliseconds are not accepted.</summary>
    public static bool TryParseUnix(string? text, out DateTimeOffset at)
    {
        var read = long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds <= 253_402_300_799;
        at = read ? DateTimeOffset.FromUnixTimeSeconds(seconds) : default;
        return read;
    }

    /// <summary>What the platform's own generated clients for some languages send.</summary>
    public static bool TryParseUnixMillis(string? text, out DateTimeOffset at)
    {
        var read = long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var millis) && millis <= 253_402_300_799_999;
        at = read ? DateTimeOffset.FromUnixTimeMilliseconds(millis) : default;
        return read;
    }

    public static bool IsWithin(this DateTimeOffset at, TimeSpan tolerance, DateTimeOffset now) => (at - now).Duration() <= tolerance;
}

internal static class Yuan
{
    public static string Text(long fen) => (fen / 100m).ToString("0.00", CultureInfo.InvariantCulture);

    public static decimal Number(long fen) => fen / 100m;

    /// <summary>Exact: an amount with more than two decimals is refused.</summary>
    public static long Fen(string yuan)
    {
        var fen = decimal.Parse(yuan, NumberStyles.Number, CultureInfo.InvariantCulture) * 100;
        return fen == decimal.Truncate(fen) ? (long)fen : throw new FormatException($"{yuan}: not a whole number of fen.");
    }
}
