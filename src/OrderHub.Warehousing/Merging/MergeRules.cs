using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OrderHub.Orders.Contracts;
using OrderHub.Platform.Data;

namespace OrderHub.Warehousing.Merging;

/// <summary>Suggest: a person decides. Auto: siblings become one parcel as they come.</summary>
internal enum MergeMode : short { Off = 0, Suggest = 1, Auto = 2 }

/// <summary>What a shop wants; without a row siblings are suggested.</summary>
internal sealed class MergeRuleRow
{
    public int ShopId { get; init; }
    public MergeMode Mode { get; set; }

    /// <summary>So long after payment an order waits for its siblings; only where they are merged automatically.</summary>
    public int BufferMinutes { get; set; }
}

internal sealed record MergeRule(MergeMode Mode, int BufferMinutes)
{
    public static readonly MergeRule Usual = new(MergeMode.Suggest, 0);
}

internal sealed class MergeRules(IReadOnlyDictionary<int, MergeRule> byShop)
{
    public const string Waiting = "等买家的其他订单合单";

    /// <summary>Never so long that the order would be late.</summary>
    private static readonly TimeSpan BeforeDeadline = TimeSpan.FromHours(2);

    public MergeRule For(int shopId) => byShop.GetValueOrDefault(shopId) ?? MergeRule.Usual;

    public int[] Automatic => [.. byShop.Where(r => r.Value.Mode == MergeMode.Auto).Select(r => r.Key)];

    /// <summary>Until when a paid order waits for siblings; null = it does not.</summary>
    public DateTimeOffset? WaitUntil(OrderView order)
    {
        if (byShop.Count == 0 || For(order.ShopId) is not { Mode: MergeMode.Auto, BufferMinutes: > 0 and var minutes } || order.Parts.Count > 0) return null;
        var until = (order.PaidAt ?? order.CreatedAt).AddMinutes(minutes);
        return order.ShipBy is { } deadline && until > deadline - BeforeDeadline ? null : until;
    }
}

/// <summary>The rules in memory: at once after a change on this host, within a second after one on another.</summary>
internal sealed class MergeRuleCache(HubDatabase database, TimeProvider clock)
{
    private static readonly TimeSpan CheckEvery = TimeSpan.FromSeconds(1);
    private volatile Entry? _current;

    private sealed record Entry(MergeRules Rules, long LoadedAt);

    public async ValueTask<MergeRules> CurrentAsync(CancellationToken ct)
    {
        if (_current is { } entry && clock.GetElapsedTime(entry.LoadedAt) < CheckEvery) return entry.Rules;
        var rules = new MergeRules((await database.QueryAsync("select shop_id, mode, buffer_minutes from warehousing_merge_rules",
            r => KeyValuePair.Create(r.GetInt32(0), new MergeRule((MergeMode)r.GetInt16(1), r.GetInt32(2))), ct)).ToDictionary());
        _current = new(rules, clock.GetTimestamp());
        return rules;
    }

    public void Forget() => _current = null;
}

internal sealed class MergeRuleMapping : IEntityTypeConfiguration<MergeRuleRow>
{
    public void Configure(EntityTypeBuilder<MergeRuleRow> rule)
    {
        rule.ToTable("warehousing_merge_rules", t => t.HasCheckConstraint("warehousing_merge_rules_buffer", "mode between 0 and 2 and buffer_minutes between 0 and 1440"));
        rule.HasKey(x => x.ShopId);
        rule.Property(x => x.ShopId).ValueGeneratedNever();
    }
}
