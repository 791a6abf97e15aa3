using OrderHub.Platform.Accounts;
using OrderHub.Platform.Data;

namespace OrderHub.Inventory.Contracts;

/// <summary>Goods buyers send back. They are in transit until the warehouse has inspected them; only then are they sellable, or defective.</summary>
public interface ICustomerReturns
{
    /// <summary>
    /// What will come, and what will not after all, in one ascending sweep over the stock. Joins the caller's transaction, which holds no
    /// stock yet. The same key again answers with the same document until that is called off; then it opens another.
    /// </summary>
    /// <param name="calledOff">Numbers of documents. Where something has arrived already, or the document is closed, nothing changes.</param>
    /// <returns>The document's number of each expected return, in the same sequence.</returns>
    Task<IReadOnlyList<string>> ExpectAsync(HubTransaction tx, IReadOnlyList<ExpectedReturn> expected, IReadOnlyCollection<string> calledOff, Actor actor, CancellationToken ct);

    /// <summary>How far they are, by number; unknown numbers are absent.</summary>
    Task<IReadOnlyDictionary<string, ReturnProgress>> ProgressAsync(IReadOnlyCollection<string> documentNos, CancellationToken ct);
}

/// <param name="Key">Whoever expects them names each return by a key of its own, at most 100 characters.</param>
/// <param name="Reference">For people: the after-sales ticket or the return parcel's number.</param>
public sealed record ExpectedReturn(string Key, string Reference, int WarehouseId, IReadOnlyList<ReturnedGoods> Lines, string Reason);

/// <param name="SkuId">A kit comes back as its parts.</param>
public sealed record ReturnedGoods(int SkuId, int Quantity);

public enum ReturnState { Expected = 1, Inspected = 2, CalledOff = 3 }

/// <param name="Expected">Pieces, as are the others.</param>
public sealed record ReturnProgress(string DocumentNo, ReturnState State, int Expected, int Sellable, int Defective);
