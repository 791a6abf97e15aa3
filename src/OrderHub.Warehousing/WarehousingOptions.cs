namespace OrderHub.Warehousing;

/// <summary>Section <c>OrderHub:Warehousing</c>.</summary>
internal sealed class WarehousingOptions
{
    /// <summary>An order is to be packed this many hours after its payment, where the platform names no time of its own.</summary>
    public double PackWithinHours { get; set; } = 24;

    /// <summary>A taken task without a scan for this many minutes is free again: whoever took it went away.</summary>
    public double ClaimExpiresMinutes { get; set; } = 30;

    public TimeSpan ClaimExpires => TimeSpan.FromMinutes(ClaimExpiresMinutes);

    /// <summary>A signed order counts as completed after this many hours.</summary>
    public double CompleteAfterHours { get; set; } = 7 * 24;

    /// <summary>A handed-over parcel without news for this many hours is asked for; never more often than the provider allows (30 minutes a number).</summary>
    public double AskAfterQuietHours { get; set; } = 6;
}
