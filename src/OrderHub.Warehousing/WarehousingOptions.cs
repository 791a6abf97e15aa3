namespace OrderHub.Warehousing;

/// <summary>Section <c>OrderHub:Warehousing</c>.</summary>
internal sealed class WarehousingOptions
{
    /// <summary>An order is to be packed this many hours after its payment.</summary>
    public double PackWithinHours { get; set; } = 24;

    /// <summary>A signed order counts as completed after this many hours.</summary>
    public double CompleteAfterHours { get; set; } = 7 * 24;

    /// <summary>A handed-over parcel without news for this many hours is asked for; never more often than the provider allows (30 minutes a number).</summary>
    public double AskAfterQuietHours { get; set; } = 6;
}
