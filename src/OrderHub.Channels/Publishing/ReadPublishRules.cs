using Npgsql;
using OrderHub.Platform.Data;

namespace OrderHub.Channels.Publishing;

/// <summary>The rules as people list them: the widest first.</summary>
internal sealed class ReadPublishRules(HubDatabase database)
{
    /// <summary>More are found by searching for the SKU.</summary>
    public const int Most = 200;

    public const string Select = "select id, shop_id, sku_id, share_percent, fixed, cap, reserve, zero_at_or_below, changed_at, changed_by from channels_publish_rules";

    public async Task<IReadOnlyList<PublishRule>> ListAsync(CancellationToken ct) =>
        await database.QueryAsync(Select + " order by shop_id is not null, sku_id is not null, shop_id, changed_at desc limit $1", Row, ct, Most);

    public static PublishRule Row(NpgsqlDataReader r) => new()
    {
        Id = r.GetInt64(0), ShopId = r.Nullable<int>(1), SkuId = r.Nullable<int>(2), SharePercent = r.Nullable<int>(3), Fixed = r.Nullable<int>(4), Cap = r.Nullable<int>(5),
        Reserve = r.GetInt32(6), ZeroAtOrBelow = r.GetInt32(7), ChangedAt = r.GetFieldValue<DateTimeOffset>(8), ChangedBy = r.GetString(9),
    };
}
