using System.Globalization;
using OrderHub.Platform.Units;

namespace OrderHub.Warehousing.Contracts;

/// <summary>One parcel to be packed: an order, or one part of an order that goes in several.</summary>
/// <param name="Part">From 1; an order that goes whole has only the first.</param>
public readonly record struct TaskKey(long OrderId, short Part = 1)
{
    /// <summary>An order's only or first parcel.</summary>
    public static implicit operator TaskKey(long orderId) => new(orderId);

    /// <summary>The order number, with <c>-2</c> for the second part and so on.</summary>
    public override string ToString() => Part == 1 ? OrderNo.From(OrderId) : string.Create(CultureInfo.InvariantCulture, $"{OrderNo.From(OrderId)}-{Part}");

    public static bool TryParse(string? text, out TaskKey key)
    {
        key = default;
        var (no, part) = text?.Split('-') is [var number, var last] ? (number, last) : (text, "1");
        if (!OrderNo.TryParse(no, out var orderId) || !short.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var which) || which < 1) return false;
        key = new(orderId, which);
        return true;
    }
}
