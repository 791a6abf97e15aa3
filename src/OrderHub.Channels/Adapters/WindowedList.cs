using System.Runtime.CompilerServices;

namespace OrderHub.Channels.Adapters;

internal sealed record ListPage(long Total, IReadOnlyList<JsonReading> Items);

/// <param name="Number">Counted from 0; the platform's own numbering is the caller's business.</param>
/// <param name="WantsTotal">The answer must carry the total.</param>
internal sealed record ListRequest(DateTimeOffset From, DateTimeOffset Until, int Number, bool WantsTotal);

/// <summary>
/// Reads a list that is paged over a window of modification times. A record modified meanwhile leaves the window and moves the rest one
/// place towards page 1; reading from the last page back turns that into a repetition instead of a loss, in either sort order.
/// </summary>
internal static class WindowedList
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    /// <param name="mostRecords">Windows with more are halved: some platforms stop answering deep pages.</param>
    public static async IAsyncEnumerable<JsonReading> ReadAsync(DateTimeOffset from, DateTimeOffset until, int pageSize, long mostRecords,
        Func<ListRequest, CancellationToken, Task<ListPage>> page, [EnumeratorCancellation] CancellationToken ct)
    {
        var windows = new Stack<(DateTimeOffset From, DateTimeOffset Until)>();
        windows.Push(WholeSeconds(from, until));
        while (windows.TryPop(out var window))
        {
            var first = await page(new(window.From, window.Until, 0, WantsTotal: true), ct);
            if (first.Total > mostRecords && window.Until - window.From >= 2 * Second)
            {
                var middle = window.From.AddSeconds(Math.Floor((window.Until - window.From).TotalSeconds / 2));
                windows.Push((middle, window.Until));
                windows.Push((window.From, middle));
                continue;
            }
            if (first.Total <= pageSize)
            {
                foreach (var item in first.Items) yield return item;
                continue;
            }
            for (var number = (int)((first.Total - 1) / pageSize); number >= 0; number--)
            {
                foreach (var item in (await page(new(window.From, window.Until, number, WantsTotal: false), ct)).Items) yield return item;
            }
        }
    }

    /// <summary>Platforms count in seconds and want a window that is not empty; what the cut leaves out is the next pull's overlap.</summary>
    public static (DateTimeOffset From, DateTimeOffset Until) WholeSeconds(DateTimeOffset from, DateTimeOffset until)
    {
        var end = DateTimeOffset.FromUnixTimeSeconds(until.ToUnixTimeSeconds());
        var start = DateTimeOffset.FromUnixTimeSeconds(from.ToUnixTimeSeconds());
        return start < end ? (start, end) : (end - Second, end);
    }

    /// <summary>Each result as soon as it and those before it are there, with at most <paramref name="degree"/> calls under way.</summary>
    public static async IAsyncEnumerable<TOut> InParallelAsync<TIn, TOut>(this IAsyncEnumerable<TIn> source, int degree,
        Func<TIn, CancellationToken, Task<TOut>> fetch, [EnumeratorCancellation] CancellationToken ct)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var underWay = new Queue<Task<TOut>>(degree);
        try
        {
            await foreach (var item in source.WithCancellation(stop.Token))
            {
                if (underWay.Count == degree) yield return await underWay.Dequeue();
                underWay.Enqueue(fetch(item, stop.Token));
            }
            while (underWay.Count > 0) yield return await underWay.Dequeue();
        }
        finally
        {
            await stop.CancelAsync();
            // the first failure is already on its way to the caller; the rest were only told to stop
            await Task.WhenAll((IEnumerable<Task>)underWay).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
