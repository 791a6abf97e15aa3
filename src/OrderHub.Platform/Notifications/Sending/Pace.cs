namespace OrderHub.Platform.Notifications.Sending;

/// <summary>What waits for a target, in the order it became due.</summary>
internal readonly record struct Waiting(long Id, bool IsCritical);

/// <summary>How much a robot may say in a minute; pure. The platforms allow 20 and punish the 21st with ten minutes of silence.</summary>
internal static class Pace
{
    public const int PerMinute = 20;

    /// <summary>Beyond this many a minute messages are merged; what is between here and <see cref="PerMinute"/> is kept for digests and critical ones.</summary>
    public const int Singles = 15;

    /// <summary>The last ones are for critical messages alone.</summary>
    public const int Reserve = 4;

    /// <summary>A little longer than the platform's minute: it counts by arrival, we by departure.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromSeconds(62);

    /// <summary>The next message: one waiting alone, several as one digest, or none while the minute is used up.</summary>
    /// <param name="used">Messages that left for this target within <see cref="Window"/>.</param>
    public static IReadOnlyList<long> Next(IReadOnlyList<Waiting> waiting, int used)
    {
        if (waiting.Count == 0 || used >= PerMinute) return [];
        if (waiting[0].IsCritical) return [waiting[0].Id];
        var ordinary = waiting.Where(w => !w.IsCritical).Select(w => w.Id).ToList();
        if (used + ordinary.Count <= Singles) return [ordinary[0]];
        if (used < PerMinute - Reserve) return ordinary;
        return waiting.Where(w => w.IsCritical).Select(w => w.Id).Take(1).ToList();
    }
}

/// <summary>When a message that met an outage is tried again; pure.</summary>
internal static class SendBackoff
{
    /// <summary>About a day; whoever is still not reachable then reads it on the incidents page.</summary>
    public const int Most = 40;

    /// <param name="attempts">Made so far, at least 1.</param>
    /// <returns>2 s, 4 s, 8 s, then 1, 2, 4 … at most 60 minutes.</returns>
    public static TimeSpan After(int attempts) => attempts <= 3
        ? TimeSpan.FromSeconds(1 << Math.Max(1, attempts))
        : TimeSpan.FromMinutes(Math.Min(60, 1 << Math.Min(attempts - 4, 6)));
}
