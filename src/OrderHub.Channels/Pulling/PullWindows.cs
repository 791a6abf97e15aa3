using OrderHub.Channels.Adapters;

namespace OrderHub.Channels.Pulling;

internal readonly record struct PullWindow(DateTimeOffset From, DateTimeOffset Until);

/// <summary>Cuts what is missing into windows the platform answers; pure.</summary>
internal static class PullWindows
{
    /// <summary>
    /// From the cursor less the overlap up to now less the lag, oldest first, each at most the platform's longest window. Only the
    /// first looks back over the overlap. Empty when there is nothing new to ask for.
    /// </summary>
    public static IEnumerable<PullWindow> Between(DateTimeOffset cursor, DateTimeOffset now, PlatformAbilities abilities)
    {
        var end = now - abilities.Lag;
        if (end <= cursor) yield break;
        for (var from = cursor - abilities.Overlap; from < end;)
        {
            var until = from + abilities.MaxWindow < end ? from + abilities.MaxWindow : end;
            yield return new(from, until);
            from = until;
        }
    }
}
