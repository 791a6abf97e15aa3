namespace OrderHub.Platform.Units;

/// <summary>Platforms and business days live in Asia/Shanghai; everything inside is UTC.</summary>
public static class ShopTime
{
    /// <summary>China has had no daylight saving since 1991, so a fixed offset is exact for every instant we store.</summary>
    public static readonly TimeSpan Offset = TimeSpan.FromHours(8);

    public static DateOnly BusinessDay(DateTimeOffset instant) => DateOnly.FromDateTime(instant.ToOffset(Offset).DateTime);
    public static DateTimeOffset StartOf(DateOnly day) => new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue), Offset).ToUniversalTime();
    public static DateTimeOffset FromLocal(DateTime local) => new DateTimeOffset(DateTime.SpecifyKind(local, DateTimeKind.Unspecified), Offset).ToUniversalTime();
    public static DateTime ToLocal(DateTimeOffset instant) => instant.ToOffset(Offset).DateTime;
}
