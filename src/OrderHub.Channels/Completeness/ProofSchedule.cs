namespace OrderHub.Channels.Completeness;

/// <summary>When an hour is looked at again; pure.</summary>
internal static class ProofSchedule
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1), Running = TimeSpan.FromMinutes(2), Longest = TimeSpan.FromMinutes(30), GivenUp = TimeSpan.FromDays(7);

    /// <summary>Platforms reveal some orders late (risk review, a list that lags), so a complete hour is looked at again ever more rarely.</summary>
    private static readonly TimeSpan[] After = [TimeSpan.FromMinutes(5), TimeSpan.FromHours(1), TimeSpan.FromHours(6), TimeSpan.FromDays(1), TimeSpan.FromDays(3)];

    /// <param name="checks">This one included.</param>
    /// <returns>Null: the hour is settled.</returns>
    public static DateTimeOffset? Next(DateTimeOffset hour, bool isWhole, bool isComplete, int checks, DateTimeOffset now)
    {
        var end = hour + Hour;
        if (!isComplete)
        {
            var wait = TimeSpan.FromMinutes(Math.Min(Longest.TotalMinutes, 1 << Math.Min(checks, 10)));
            return now + wait > end + GivenUp ? null : now + wait;
        }
        if (!isWhole) return now + Running;
        foreach (var after in After)
        {
            if (end + after > now) return end + after;
        }
        return null;
    }
}
