using OrderHub.Catalog.Contracts;
using OrderHub.Platform.Results;

namespace OrderHub.Channels.Publishing;

/// <param name="Trial">The listing's quantity under the terms being tried; null where they would not decide for it.</param>
internal sealed record PreviewRow(ListingPlan Plan, Shop Shop, int? Trial);

/// <param name="Available">Pieces in all warehouses.</param>
/// <param name="Released">What the pool's own rule lets the channels see.</param>
internal sealed record PublishPreview(Sku Sku, int Available, int Released, IReadOnlyList<PreviewRow> Rows);

/// <param name="ShopId">Null = all shops.</param>
/// <param name="Terms">As in the form, not saved.</param>
internal sealed record TriedRule(int? ShopId, string? SkuCode, PublishTerms Terms);

/// <summary>What each shop shows of a SKU and which rule decided; and what it would show if a rule were saved.</summary>
internal sealed class PreviewPublishingHandler(ICatalog catalog, PlanListings plans)
{
    public async Task<Result<PublishPreview>> HandleAsync(string skuCode, TriedRule? tried, CancellationToken ct)
    {
        var snapshot = await catalog.CurrentAsync(ct);
        if (snapshot.SkuByCode(skuCode.Trim()) is not { } sku) return ChannelErrors.SkuNotFound(skuCode);
        var rows = await plans.OfSkusAsync([sku.Id], ct);
        return new PublishPreview(sku, rows.FirstOrDefault()?.Available ?? 0, rows.FirstOrDefault()?.Released ?? 0,
            [.. rows.Where(r => snapshot.Shop(r.ShopId) is not null).Select(r => new PreviewRow(r, snapshot.Shop(r.ShopId)!, tried is not null && Decides(tried, r) ? tried.Terms.Of(r.Released) : null))]);
    }

    private static bool Decides(TriedRule tried, ListingPlan plan)
    {
        if (tried.ShopId is { } shop && shop != plan.ShopId) return false;
        var scope = tried.ShopId is null ? RuleScope.Everywhere : string.IsNullOrWhiteSpace(tried.SkuCode) ? RuleScope.Shop : RuleScope.Sku;
        if (scope == RuleScope.Sku && !plan.Sku.Code.Equals(tried.SkuCode!.Trim(), StringComparison.OrdinalIgnoreCase)) return false;
        return scope >= (plan.Rule?.Scope ?? RuleScope.None);
    }
}
