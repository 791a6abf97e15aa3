using System.Globalization;
using OrderHub.Platform.Texts;

namespace OrderHub.Channels.Publishing;

/// <summary>A rule in the form; an existing one keeps its shop and SKU.</summary>
internal sealed class RuleDraft
{
    public bool IsNew { get; init; }
    public int? ShopId { get; set; }
    public string Sku { get; set; } = "";
    public int? Share { get; set; }
    public int? Fixed { get; set; }
    public int? Cap { get; set; }
    public int Reserve { get; set; }
    public int Zero { get; set; }

    public PublishTerms Terms => new(Share, Fixed, Cap, Reserve, Zero);

    public static RuleDraft Of(PublishRule? rule, string skuCode) => rule is null ? new() { IsNew = true }
        : new() { ShopId = rule.ShopId, Sku = skuCode, Share = rule.SharePercent, Fixed = rule.Fixed, Cap = rule.Cap, Reserve = rule.Reserve, Zero = rule.ZeroAtOrBelow };
}

internal static class TermsWords
{
    /// <summary>The terms as a colleague would say them.</summary>
    public static string Terms(this HubLocalizer texts, PublishTerms terms)
    {
        var words = new List<string>();
        if (terms.ZeroAtOrBelow > 0) words.Add(texts["≤ {0} 件显示 0", terms.ZeroAtOrBelow]);
        if (terms.Reserve > 0) words.Add(texts["保留 {0} 件", terms.Reserve]);
        if (terms.Fixed is { } pieces) words.Add(texts["固定 {0} 件", pieces]);
        if (terms.SharePercent is { } share) words.Add(string.Create(CultureInfo.InvariantCulture, $"{share} %"));
        if (terms.Cap is { } cap) words.Add(texts["最多 {0} 件", cap]);
        return words.Count == 0 ? texts["全部"] : string.Join(" · ", words);
    }
}
