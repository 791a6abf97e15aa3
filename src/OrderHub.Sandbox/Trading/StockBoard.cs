namespace OrderHub.Sandbox.Trading;

internal sealed record PublishedStock(SandboxPlatform Platform, string SkuCode, int Quantity);

/// <summary>What each platform shows as available. Buyers take from it; sellers overwrite it.</summary>
internal sealed class StockBoard(Journal journal, int initial)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<(SandboxPlatform, string), int> _quantities = [];

    public void Load(PublishedStock stock) => _quantities[(stock.Platform, stock.SkuCode)] = stock.Quantity;

    public IReadOnlyList<PublishedStock> All()
    {
        lock (_gate) return [.. _quantities.Select(q => new PublishedStock(q.Key.Item1, q.Key.Item2, q.Value))];
    }

    public int Of(SandboxPlatform platform, string skuCode)
    {
        lock (_gate) return _quantities.GetValueOrDefault((platform, skuCode), initial);
    }

    /// <summary>Returns the new quantity; a decrease stops at 0.</summary>
    public int Change(SandboxPlatform platform, string skuCode, Func<int, int> change)
    {
        lock (_gate)
        {
            var quantity = Math.Max(0, change(_quantities.GetValueOrDefault((platform, skuCode), initial)));
            journal.Append(new JournalEntry { Stock = new(platform, skuCode, quantity) });
            return _quantities[(platform, skuCode)] = quantity;
        }
    }
}
