namespace OrderHub.Sandbox.Gateway;

/// <summary>One page of a list whose pages are numbered from 1.</summary>
internal sealed record Page<T>(IReadOnlyList<T> Items, int Total, bool HasNext)
{
    public static Page<T> Of(IReadOnlyList<T> all, int number, int size)
    {
        var skipped = (long)(number - 1) * size;
        return skipped >= all.Count ? new([], all.Count, false)
            : new([.. all.Skip((int)skipped).Take(size)], all.Count, skipped + size < all.Count);
    }
}
