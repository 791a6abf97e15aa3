using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OrderHub.Channels.Imports.Rows;
using OrderHub.Orders.Contracts;
using OrderHub.Platform.Data;

namespace OrderHub.Channels.Imports.Runs;

/// <summary>A content that an order was once imported with, and the version it got.</summary>
internal sealed class ImportedOrder
{
    public int ShopId { get; init; }
    public string PlatformOrderNo { get; init; } = "";

    /// <summary>SHA-256 of the order as it was read.</summary>
    public byte[] ContentHash { get; init; } = [];
    public long Version { get; init; }
    public DateTimeOffset At { get; init; }
}

internal sealed class ImportedOrderMapping : IEntityTypeConfiguration<ImportedOrder>
{
    public void Configure(EntityTypeBuilder<ImportedOrder> order)
    {
        order.ToTable("channels_imported_orders");
        order.HasKey(x => new { x.ShopId, x.PlatformOrderNo, x.ContentHash });
        order.HasIndex(x => new { x.ShopId, x.PlatformOrderNo, x.Version }).IsUnique(); // two contents never share a version
    }
}

/// <summary>
/// Versions for orders that did not come from their platform. Files carry no modification time, so the version is the latest time the rows
/// tell of, in the second before it: whatever the platform itself says at or after that time is newer. Within that second the status
/// counts, then how often the content was corrected. The same content always has the same version: importing it again changes nothing.
/// </summary>
internal static class ImportVersions
{
    private const int MostCorrections = 99;

    /// <summary>Below every number of a platform that counts its versions from 1.</summary>
    private const long BelowCounted = -10_000_000_000_000;

    /// <param name="platformCounts">The shop's platform numbers its versions instead of naming the time of the change.</param>
    public static async Task<IReadOnlyList<IncomingOrder>> AssignAsync(HubTransaction tx, int shopId, bool platformCounts, IReadOnlyList<ReadOrder> orders, DateTimeOffset now, CancellationToken ct)
    {
        var nos = orders.Select(o => o.OrderNo).ToArray();
        var known = (await tx.QueryAsync("select platform_order_no, content_hash, version from channels_imported_orders where shop_id = $1 and platform_order_no = any($2)",
            r => (No: r.GetString(0), Hash: Convert.ToHexString(r.GetFieldValue<byte[]>(1)), Version: r.GetInt64(2)), ct, shopId, nos)).ToLookup(k => k.No);
        var (versioned, added) = (new List<IncomingOrder>(orders.Count), new List<(string No, byte[] Hash, long Version)>());
        foreach (var read in orders)
        {
            var hash = HashOf(read.Order!);
            var before = known[read.OrderNo].FirstOrDefault(k => k.Hash == Convert.ToHexString(hash));
            var version = before.No is not null ? before.Version : Next(First(read, platformCounts), known[read.OrderNo].Select(k => k.Version));
            if (before.No is null) added.Add((read.OrderNo, hash, version));
            versioned.Add(read.Order! with { Version = version });
        }
        if (added.Count > 0)
            await tx.ExecuteAsync("insert into channels_imported_orders (shop_id, platform_order_no, content_hash, version, at) select $1, n.no, n.hash, n.version, $2 from unnest($3, $4, $5) as n(no, hash, version)",
                ct, shopId, now, added.Select(a => a.No).ToArray(), added.Select(a => a.Hash).ToArray(), added.Select(a => a.Version).ToArray());
        return versioned;
    }

    public static long First(ReadOrder read, bool platformCounts) =>
        (read.LastChange.ToUnixTimeSeconds() - 1) * 1000 + (int)read.Order!.Status * 100 + (platformCounts ? BelowCounted : 0);

    private static long Next(long first, IEnumerable<long> taken)
    {
        var used = taken.Where(v => v >= first && v <= first + MostCorrections).ToHashSet();
        for (var version = first; version <= first + MostCorrections; version++)
            if (!used.Contains(version)) return version;
        throw new InvalidOperationException($"The order was corrected {MostCorrections} times without a newer time; give its file a modification time.");
    }

    private static byte[] HashOf(IncomingOrder order) => SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(order with { Version = 0 }));
}
