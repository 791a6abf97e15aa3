namespace OrderHub.Channels.Adapters;

/// <summary>Line numbers for platforms that give an order's lines none: the SKU id, and <c>#2</c> … when it comes twice.</summary>
internal sealed class LineNumbers
{
    private readonly Dictionary<string, int> _seen = [];

    public string For(string skuId)
    {
        var times = _seen[skuId] = _seen.GetValueOrDefault(skuId) + 1;
        return times == 1 ? skuId : $"{skuId}#{times}";
    }
}
