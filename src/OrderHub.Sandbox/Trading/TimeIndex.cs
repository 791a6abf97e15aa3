namespace OrderHub.Sandbox.Trading;

internal readonly record struct TimeStamp(DateTimeOffset At, string No, string Part = "") : IComparable<TimeStamp>
{
    public int CompareTo(TimeStamp other)
    {
        var byTime = At.CompareTo(other.At);
        if (byTime != 0) return byTime;
        var byNo = string.CompareOrdinal(No, other.No);
        return byNo != 0 ? byNo : string.CompareOrdinal(Part, other.Part);
    }
}

/// <summary>Order numbers sorted by an instant. Not thread-safe; the book locks.</summary>
internal sealed class TimeIndex
{
    private const string BeforeAnyNo = "";
    private const string AfterAnyNo = "\uffff";
    private readonly SortedSet<TimeStamp> _stamps = [];

    public void Add(TimeStamp stamp) => _stamps.Add(stamp);

    public void Remove(TimeStamp stamp) => _stamps.Remove(stamp);

    public IEnumerable<TimeStamp> Newest() => _stamps.Reverse();

    public IEnumerable<TimeStamp> Between(DateTimeOffset from, DateTimeOffset to) => from > to ? []
        : _stamps.GetViewBetween(new(WholeSecond(from), BeforeAnyNo), new(WholeSecond(to).AddSeconds(1).AddTicks(-1), AfterAnyNo));

    public IEnumerable<TimeStamp> After(TimeStamp after, DateTimeOffset until)
    {
        var end = new TimeStamp(until, AfterAnyNo);
        return after.CompareTo(end) >= 0 ? [] : _stamps.GetViewBetween(after, end).SkipWhile(s => s == after);
    }

    private static DateTimeOffset WholeSecond(DateTimeOffset at) => DateTimeOffset.FromUnixTimeSeconds(at.ToUnixTimeSeconds());
}
