using OrderHub.Platform.Accounts;
using OrderHub.Platform.Results;

namespace OrderHub.Inventory.Contracts;

/// <summary>Goods a buyer sends back. They are in transit until the warehouse has inspected them; only then are they sellable, or defective.</summary>
public interface ICustomerReturns
{
    /// <summary>The same reference again answers with the same document. Opens its own transaction.</summary>
    /// <returns>The document's number.</returns>
    Task<Result<string>> ExpectAsync(ExpectedReturn expected, Actor actor, CancellationToken ct);
}

/// <param name="Reference">The after-sales ticket or the return parcel's number.</param>
public sealed record ExpectedReturn(string Reference, string WarehouseCode, IReadOnlyList<ReturnedGoods> Lines, string Reason);

public sealed record ReturnedGoods(string SkuCode, int Quantity);
