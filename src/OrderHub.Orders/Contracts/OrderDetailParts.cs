namespace OrderHub.Orders.Contracts;

/// <summary>
/// A section that a module above adds to the order page: <c>services.AddSingleton(new OrderDetailPart(…))</c>. The component gets the
/// parameters <c>OrderId</c> (long) and <c>ReadAt</c> (DateTimeOffset, new each time the page read its order again) and reads what it needs itself.
/// </summary>
/// <param name="Title">Heading in Chinese, a localizer key.</param>
/// <param name="Order">Lower comes first.</param>
public sealed record OrderDetailPart(string Title, Type Component, int Order);

/// <summary>What a module above adds to the order's JSON of the API, under its name.</summary>
public interface IOrderDetailSource
{
    /// <summary>camelCase, unique: <c>parcels</c>.</summary>
    string Name { get; }

    /// <summary>Null = nothing to tell; the name is then absent.</summary>
    Task<object?> ReadAsync(long orderId, CancellationToken ct);
}

/// <summary>Finds orders by numbers that only a module above knows (a waybill). Asked whenever somebody searches.</summary>
public interface IOrderLookup
{
    /// <returns>Ids of orders that carry exactly this number; empty when none does.</returns>
    Task<IReadOnlyList<long>> FindAsync(string number, CancellationToken ct);
}
