using OrderHub.Catalog.Contracts;
using OrderHub.Channels.Adapters;
using OrderHub.Channels.Connections;
using OrderHub.Channels.Inbox;

namespace OrderHub.Channels.Completeness;

/// <summary>
/// Fetches listed orders by number and takes them in, a few dozen at a time, so that an outage in the middle loses none that came before.
/// </summary>
internal sealed class FetchListedHandler(PlatformAdapters adapters, ReceiveDocumentsHandler receive)
{
    public const string NotYet = "尚未取到";

    /// <summary>Of one hour and check; a wholly missing hour of a big shop takes several checks, and none of them starves the pulls.</summary>
    private const int AtMost = 300;
    private const int StoredAtOnce = 50;

    /// <returns>Why the rest did not come, by number.</returns>
    public async Task<Dictionary<string, string>> HandleAsync(Shop shop, ShopConnection connection, IReadOnlyCollection<string> numbers, CancellationToken ct)
    {
        var adapter = adapters.For(shop.Kind);
        var refused = numbers.Skip(AtMost).ToDictionary(no => no, _ => NotYet);
        foreach (var part in numbers.Take(AtMost).Chunk(StoredAtOnce))
        {
            var documents = new List<RawDocument>(part.Length);
            await foreach (var (no, document, why) in part.ToAsyncEnumerable().InParallelAsync(connection.AtOnce, (no, stop) => FetchAsync(adapter, connection, no, stop), ct))
            {
                if (document is not null) documents.Add(document);
                else refused[no] = why;
            }
            foreach (var receipt in await receive.HandleAsync(new(shop, DocumentKind.Order, DocumentSource.Proof, documents), ct))
                if (receipt.State == DocumentState.Quarantined) refused[receipt.ExternalId] = $"在隔离区 {receipt.Reason}".TrimEnd();
        }
        return refused;
    }

    private static async Task<(string No, RawDocument? Document, string Why)> FetchAsync(IPlatformAdapter adapter, ShopConnection connection, string no, CancellationToken ct)
    {
        try
        {
            return (no, await adapter.FetchOrderAsync(connection, no, ct), "平台列出但不给详情");
        }
        catch (PlatformException refusal) when (!refusal.IsTransient)
        {
            return (no, null, refusal.Message);
        }
    }
}
