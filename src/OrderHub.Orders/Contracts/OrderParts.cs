using System.Text.Json;
using OrderHub.Allocation.Contracts;

namespace OrderHub.Orders.Contracts;

/// <summary>One parcel of an order that goes in several. They count from 1, in their sequence.</summary>
public sealed record OrderPart(int WarehouseId, int CourierId, IReadOnlyList<PartLine> Lines);

internal static class OrderParts
{
    /// <summary>As the order keeps them; null = it goes whole.</summary>
    public static string? Text(AllocationDecision? decision) => decision is not { Parts.Count: > 0 } ? null
        : JsonSerializer.Serialize(decision.Parts.Select(p => new OrderPart(p.WarehouseId, p.CourierId, p.Lines)), JsonSerializerOptions.Web);

    public static IReadOnlyList<OrderPart> Read(string? text) => text is null ? [] : JsonSerializer.Deserialize<List<OrderPart>>(text, JsonSerializerOptions.Web)!;
}
