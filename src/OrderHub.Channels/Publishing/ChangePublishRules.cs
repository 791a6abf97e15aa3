using OrderHub.Catalog.Contracts;
using OrderHub.Channels.Deliveries;
using OrderHub.Platform.Actions;
using OrderHub.Platform.Audit;
using OrderHub.Platform.Data;
using OrderHub.Platform.Results;

namespace OrderHub.Channels.Publishing;

/// <param name="ShopId">Null = all shops.</param>
/// <param name="SkuCode">Null = every SKU of the shop.</param>
/// <param name="Terms">Null = the rule is taken away and the next wider one decides.</param>
internal sealed record ChangePublishRule(int? ShopId, string? SkuCode, PublishTerms? Terms);

/// <summary>Sets or takes away a rule; every listing it decides for is due at once. Saying again what is there changes nothing.</summary>
internal sealed class ChangePublishRulesHandler(HubDatabase database, ICatalog catalog, DeliveryQueue deliveries, AuditTrail audit, CurrentActor current, TimeProvider clock)
{
    /// <returns>The terms before, for undoing; null = there was no rule.</returns>
    public async Task<Result<PublishTermsBefore>> HandleAsync(ChangePublishRule command, CancellationToken ct)
    {
        var snapshot = await catalog.CurrentAsync(ct);
        var shop = command.ShopId is { } shopId ? snapshot.Shop(shopId) : null;
        if (command.ShopId is not null && shop is null) return ChannelErrors.ShopNotFound("");
        var sku = command.SkuCode is { Length: > 0 } code ? snapshot.SkuByCode(code.Trim()) : null;
        if (command.SkuCode is { Length: > 0 } && sku is null) return ChannelErrors.SkuNotFound(command.SkuCode);
        if (sku is not null && shop is null) return ChannelErrors.RuleNeedsShop;
        if (command.Terms is { IsSane: false }) return ChannelErrors.TermsNotSane;

        return await database.RunAsync<Result<PublishTermsBefore>>(async tx =>
        {
            var before = (await tx.QueryAsync(ReadPublishRules.Select + " where shop_id is not distinct from $1::int and sku_id is not distinct from $2::int for update",
                ReadPublishRules.Row, ct, shop?.Id, sku?.Id)).FirstOrDefault()?.Terms;
            if (before == command.Terms) return new PublishTermsBefore(before);
            if (command.Terms is { } terms) await WriteAsync(tx, shop?.Id, sku?.Id, terms, ct);
            else await tx.ExecuteAsync("delete from channels_publish_rules where shop_id is not distinct from $1::int and sku_id is not distinct from $2::int", ct, shop?.Id, sku?.Id);
            var listings = await tx.QueryAsync("select id from channels_listings where ($1::int is null or shop_id = $1::int) and ($2::int is null or sku_id = $2::int)", r => r.GetInt64(0), ct, shop?.Id, sku?.Id);
            await deliveries.OweStockAsync(tx, listings, null, ct);
            await audit.WriteAsync(tx, current.Actor, command.Terms is null ? "channels.publish_rule_removed" : "channels.publish_rule_set",
                string.Join('/', new[] { shop?.Code ?? "*", sku?.Code }.OfType<string>()), null, before, command.Terms, ct);
            return new PublishTermsBefore(before);
        }, ct);
    }

    private Task WriteAsync(HubTransaction tx, int? shopId, int? skuId, PublishTerms terms, CancellationToken ct) => tx.ExecuteAsync("""
        insert into channels_publish_rules as r (shop_id, sku_id, share_percent, fixed, cap, reserve, zero_at_or_below, changed_at, changed_by)
        values ($1::int, $2::int, $3::int, $4::int, $5::int, $6, $7, $8, $9)
        on conflict (shop_id, sku_id) do update set share_percent = excluded.share_percent, fixed = excluded.fixed, cap = excluded.cap, reserve = excluded.reserve,
               zero_at_or_below = excluded.zero_at_or_below, changed_at = excluded.changed_at, changed_by = excluded.changed_by
        """, ct, shopId, skuId, terms.SharePercent, terms.Fixed, terms.Cap, terms.Reserve, terms.ZeroAtOrBelow, clock.GetUtcNow(), current.Actor.Name);
}

internal sealed record PublishTermsBefore(PublishTerms? Terms);
