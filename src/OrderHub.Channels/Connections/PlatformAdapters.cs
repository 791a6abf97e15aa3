using OrderHub.Catalog.Contracts;
using OrderHub.Channels.Adapters;

namespace OrderHub.Channels.Connections;

/// <summary>The adapters by kind of shop.</summary>
internal sealed class PlatformAdapters(IEnumerable<IPlatformAdapter> adapters)
{
    private readonly Dictionary<ShopKind, IPlatformAdapter> _byKind = adapters.ToDictionary(a => a.Kind);

    public IPlatformAdapter? Find(ShopKind kind) => _byKind.GetValueOrDefault(kind);

    /// <exception cref="InvalidOperationException">No adapter is registered for this kind.</exception>
    public IPlatformAdapter For(ShopKind kind) => Find(kind) ?? throw new InvalidOperationException($"No adapter for {kind}.");
}
