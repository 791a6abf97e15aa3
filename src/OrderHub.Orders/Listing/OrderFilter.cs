using System.Buffers.Binary;
using System.Buffers.Text;
using OrderHub.Orders.Contracts;
using OrderHub.Platform.Units;

namespace OrderHub.Orders.Listing;

/// <summary>What a list of orders shall contain. Days and instants bound the platform's creation time: from inclusive, to exclusive.</summary>
/// <param name="Query">A hub order number, a whole platform order number, a waybill, the receiver's phone or its last four digits.</param>
/// <param name="DueBefore">Not shipped yet and promised before this instant.</param>
internal sealed record OrderFilter(int? ShopId = null, OrderState? State = null, string? Query = null, string? PlatformOrderNo = null,
    DateTimeOffset? CreatedFrom = null, DateTimeOffset? CreatedTo = null, bool HeldOnly = false, DateTimeOffset? DueBefore = null);

/// <summary>Where a page ends: the last row's place in (created_at, id) descending. Opaque outside.</summary>
internal readonly record struct OrderCursor(DateTimeOffset CreatedAt, long Id)
{
    public override string ToString()
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteInt64BigEndian(bytes, CreatedAt.UtcTicks);
        BinaryPrimitives.WriteInt64BigEndian(bytes[8..], Id);
        return Base64Url.EncodeToString(bytes);
    }

    public static bool TryParse(string? text, out OrderCursor cursor)
    {
        cursor = default;
        Span<byte> bytes = stackalloc byte[16];
        if (text is not { Length: 22 } || !Base64Url.IsValid(text) || Base64Url.DecodeFromChars(text, bytes) != 16) return false;
        var ticks = BinaryPrimitives.ReadInt64BigEndian(bytes);
        if (ticks < 0 || ticks > DateTimeOffset.MaxValue.UtcTicks) return false;
        cursor = new(new DateTimeOffset(ticks, TimeSpan.Zero), BinaryPrimitives.ReadInt64BigEndian(bytes[8..]));
        return true;
    }
}

/// <summary>
/// A filter as SQL conditions. Only the conditions that are asked for are written, so that each combination has a plan of its own
/// instead of one that fits none.
/// </summary>
internal sealed class OrderConditions
{
    /// <summary>States in which the goods are still owed.</summary>
    private const string StillToShip = "o.state in (20, 25, 28, 30, 40)";

    private readonly List<string> _conditions = [];
    private readonly List<object?> _values = [];

    /// <param name="allShops">The index of platform numbers begins with the shop, so a search over all shops names them.</param>
    /// <param name="found">Orders that other modules know by the number that is searched.</param>
    public OrderConditions(OrderFilter filter, int[] allShops, long[] found)
    {
        if (filter.ShopId is { } shop) Add($"o.shop_id = {Value(shop)}");
        if (filter.State is { } state) Add($"o.state = {Value((short)state)}");
        if (filter.HeldOnly) Add("(o.hold is not null or o.platform_hold is not null)");
        if (filter.DueBefore is { } due) Add($"{StillToShip} and o.ship_by < {Value(due)}");
        if (filter.CreatedFrom is { } from) Add($"o.created_at >= {Value(from.ToUniversalTime())}");
        if (filter.CreatedTo is { } to) Add($"o.created_at < {Value(to.ToUniversalTime())}");
        if (filter.PlatformOrderNo is { Length: > 0 } platformNo) Add(PlatformNo(platformNo, allShops));
        if (filter.Query?.Trim() is { Length: > 0 } query)
            Add(OrderNo.TryParse(query, out var id) ? $"o.id = {Value(id)}"
                : found.Length > 0 ? $"(o.id = any({Value(found)}) or {PlatformNo(query, allShops)})"
                : IsPhoneTail(query) ? $"right(o.receiver_phone, 4) = {Value(query)}"
                : IsPhone(query) ? $"({Phone(query)} or {PlatformNo(query, allShops)})"
                : PlatformNo(query, allShops));
    }

    public string Where => _conditions.Count == 0 ? "" : "where " + string.Join(" and ", _conditions);
    public object?[] Values => [.. _values];

    public void Add(string condition) => _conditions.Add(condition);

    /// <returns>The placeholder of the value.</returns>
    public string Value(object value)
    {
        _values.Add(value);
        return string.Create(System.Globalization.CultureInfo.InvariantCulture, $"${_values.Count}");
    }

    private static bool IsPhoneTail(string text) => text.Length == 4 && text.All(char.IsAsciiDigit);
    private static bool IsPhone(string text) => text.Length == 11 && text[0] == '1' && text.All(char.IsAsciiDigit);

    /// <summary>A masked phone fits when what it shows fits.</summary>
    private string Phone(string phone) => $"right(o.receiver_phone, 4) = {Value(phone[^4..])} and (o.receiver_phone = {Value(phone)} or o.receiver_phone like {Value(phone[..3] + "*%")})";

    private string PlatformNo(string no, int[] allShops) => $"o.platform_order_no = {Value(no)} and o.shop_id = any({Value(allShops)})";
}
