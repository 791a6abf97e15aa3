namespace OrderHub.Channels.Deliveries;

/// <summary>When a delivery that met an outage is tried again; pure.</summary>
internal static class DeliveryRetries
{
    /// <summary>Three quick ones, then ever slower for about a day; after that people decide.</summary>
    public const int Most = 30;

    /// <param name="attempts">Attempts made so far, at least 1.</param>
    /// <returns>1 s, 2 s, 4 s, then 1, 2, 4 … at most 60 minutes.</returns>
    public static TimeSpan After(int attempts) => attempts <= 3
        ? TimeSpan.FromSeconds(1 << Math.Max(0, attempts - 1))
        : TimeSpan.FromMinutes(Math.Min(60, 1 << Math.Min(attempts - 4, 6)));
}
