namespace OrderHub.Warehousing.Tracking;

/// <summary>What a courier's state means for a parcel.</summary>
internal enum Progress { Nothing, PickedUp, Signed, Returning }

internal static class CourierNews
{
    /// <summary>Main states have one digit (8 and 14 apart), sub-states begin with their main state's digit.</summary>
    public static Progress Of(string? state) => state switch
    {
        "1" or "103" => Progress.PickedUp,
        "0" or "1001" or "1002" or "1003" or "5" or "501" or "7" or "8" or "10" or "11" or "12" or "13" => Progress.PickedUp,
        "3" or "301" or "302" or "303" or "304" => Progress.Signed,
        "4" or "6" or "14" => Progress.Returning,
        _ => Progress.Nothing, // 101, 102: only announced; 401: cancelled; 2…: trouble, wherever it is
    };

    /// <summary>The furthest of the parcel's state and its single tracks; tracks show a pick-up that the state has passed over.</summary>
    public static Progress Of(TrackingResult result)
    {
        var state = Of(result.State);
        return state is not Progress.Nothing ? state : (result.Data ?? []).Any(e => Of(e.StatusCode) is Progress.PickedUp) ? Progress.PickedUp : Progress.Nothing;
    }

    public static DateTimeOffset? PickedUpAt(TrackingResult result) => (result.Data ?? []).Where(e => Of(e.StatusCode) is not Progress.Nothing).Min(e => e.At)
        ?? (result.Data ?? []).Min(e => e.At);

    public static DateTimeOffset? LastAt(TrackingResult result) => (result.Data ?? []).Max(e => e.At);
}
