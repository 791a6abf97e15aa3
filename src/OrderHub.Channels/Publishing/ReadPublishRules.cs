using Npgsql;
using OrderHub.Catalog.Contracts;
using OrderHub.Platform.Data;

namespace OrderHub.Channels.Publishing;

/// <param name="Total">On all pages.</param>
internal sealed record PublishRulePage(IReadOnlyList<PublishRule> Rules, int Total);

/// <summary>The rules as people list them: the widest first.</summary>
internal sealed class ReadPublishRules(HubDatabase database, ICatalog catalog)
{
    public const int PageSize = 50;

    public const string Select = "select id, shop_id, sku_id, share_percent, fixed, cap, reserve, zero_at_or_below, changed_at, changed_by from channels_publish_rules";

    /// <param name="search">A part of a SKU's code or title, of a shop's name, or of the name of who changed the rule; empty = all.</param>
    /// <param name="page">From 0.</param>
    public async Task<PublishRulePage> ListAsync(string search, int page, CancellationToken ct)
    {
        var text = search.Trim();
        var snapshot = await catalog.CurrentAsync(ct);
        var skus = text.Length == 0 ? [] : snapshot.Skus.Where(s => Says(s.Code, text) || Says(s.Name, text)).Select(s => s.Id).ToArray();
        var shops = text.Length == 0 ? [] : snapshot.Shops.Where(s => Says(s.Name, text) || Says(s.Code, text)).Select(s => s.Id).ToArray();
        const string which = "where $1 = '' or sku_id = any($2) or shop_id = any($3) or strpos(lower(changed_by), lower($1)) > 0";
        var total = (await database.QueryAsync($"select count(*)::int from channels_publish_rules {which}", r => r.GetInt32(0), ct, text, skus, shops))[0];
        var rules = await database.QueryAsync($"{Select} {which} order by shop_id is not null, sku_id is not null, shop_id, changed_at desc, id limit $4 offset $5", Row, ct,
            text, skus, shops, PageSize, Math.Max(0, page) * PageSize);
        return new(rules, total);
    }

    private static bool Says(string words, string text) => words.Contains(text, StringComparison.OrdinalIgnoreCase);

    public static PublishRule Row(NpgsqlDataReader r) => new()
    {
        Id = r.GetInt64(0), ShopId = r.Nullable<int>(1), SkuId = r.Nullable<int>(2), SharePercent = r.Nullable<int>(3), Fixed = r.Nullable<int>(4), Cap = r.Nullable<int>(5),
        Reserve = r.GetInt32(6), ZeroAtOrBelow = r.GetInt32(7), ChangedAt = r.GetFieldValue<DateTimeOffset>(8), ChangedBy = r.GetString(9),
    };
}
