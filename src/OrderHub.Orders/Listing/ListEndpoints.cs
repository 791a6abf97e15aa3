using OrderHub.Allocation.Contracts;
using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using OrderHub.Catalog.Contracts;
using OrderHub.Orders.Acceptance;
using OrderHub.Orders.Contracts;
using OrderHub.Platform.Accounts;
using OrderHub.Platform.Results;

namespace OrderHub.Orders.Listing;

/// <param name="NextCursor">Give it as <c>cursor</c> to get the next page; null on the last one.</param>
internal sealed record OrderListJson(IReadOnlyList<OrderListItemJson> Items, string? NextCursor);

/// <param name="Shop">The shop's code.</param>
/// <param name="AddressTag"><c>remote</c> or <c>overseas</c>; null for an ordinary address.</param>
/// <param name="Pieces">Σ quantity of its lines.</param>
/// <param name="PayFen">What the buyer pays or paid, refunds not deducted.</param>
internal sealed record OrderListItemJson(string OrderNo, string? Shop, string PlatformOrderNo, string Status, DateTimeOffset StatusSince, string? Hold, IReadOnlyList<string> ReviewReasons,
    string BuyerNick, string Province, string City, string? AddressTag, int Lines, int Pieces, long PayFen, DateTimeOffset CreatedAt, DateTimeOffset? PaidAt, DateTimeOffset? ShipBy, DateTimeOffset? ShippedAt);

internal static class ListEndpoints
{
    private const int MostPerPage = 200;

    /// <summary>The query string; texts, so that a wrong value is refused with a code instead of a bare 400.</summary>
    internal sealed record Query([FromQuery] string? Q, [FromQuery] string? Shop, [FromQuery] string? PlatformOrderNo, [FromQuery] string? Status,
        [FromQuery] string? CreatedFrom, [FromQuery] string? CreatedTo, [FromQuery] string? Cursor, [FromQuery] string? Limit);

    public static void MapList(this RouteGroupBuilder orders) => orders
        .MapGet("", async ([AsParameters] Query query, ListOrders list, ICatalog catalogs, IFulfilmentNetwork networks, CancellationToken ct) =>
        {
            var catalog = await catalogs.CurrentAsync(ct);
            var read = Read(query, catalog);
            if (read.Error is { } refusal) return BadRequest(refusal);
            var asked = read.Value;
            var page = await list.PageAsync(asked.Filter, asked.After, asked.Limit, ct);
            var network = await networks.CurrentAsync(ct);
            return TypedResults.Ok(new OrderListJson([.. page.Rows.Select(r => ToJson(r, catalog, network))], page.Next?.ToString()));
        })
        .WithName("ListOrders").WithSummary("Orders, newest first")
        .WithDescription("Filters: `q` (hub or platform order number, waybill, phone or its last four digits), `shop` (code), `platformOrderNo` (exact), `status` (code), `createdFrom` (inclusive) and `createdTo` (exclusive; ISO 8601). "
            + "`limit` 1–200, default 50. `cursor` is the `nextCursor` of the page before; pages neither skip nor repeat while orders arrive.")
        .Produces<OrderListJson>().ProducesProblem(StatusCodes.Status400BadRequest)
        .RequireAuthorization(Policies.ReadOrders);

    private static Result<(OrderFilter Filter, OrderCursor? After, int Limit)> Read(Query query, CatalogSnapshot catalog)
    {
        Shop? shop = null;
        if (query.Shop is { Length: > 0 } code && (shop = catalog.ShopByCode(code)) is null) return OrdersErrors.BadFilter("shop", code);
        OrderState? state = null;
        if (query.Status is { Length: > 0 } status && (state = OrderStates.Parse(status)) is null) return OrdersErrors.BadFilter("status", status);
        if (!TryInstant(query.CreatedFrom, out var from)) return OrdersErrors.BadFilter("createdFrom", query.CreatedFrom!);
        if (!TryInstant(query.CreatedTo, out var to)) return OrdersErrors.BadFilter("createdTo", query.CreatedTo!);
        OrderCursor? after = null;
        if (query.Cursor is { Length: > 0 } text)
        {
            if (!OrderCursor.TryParse(text, out var cursor)) return OrdersErrors.BadFilter("cursor", text);
            after = cursor;
        }
        var limit = 50;
        if (query.Limit is { Length: > 0 } number && (!int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out limit) || limit is < 1 or > MostPerPage))
            return OrdersErrors.BadFilter("limit", number);
        return (new OrderFilter(shop?.Id, state, query.Q, PlatformOrderNo: query.PlatformOrderNo, CreatedFrom: from, CreatedTo: to), after, limit);
    }

    private static bool TryInstant(string? text, out DateTimeOffset? instant)
    {
        instant = null;
        if (string.IsNullOrEmpty(text)) return true;
        if (!DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var parsed)) return false;
        instant = parsed;
        return true;
    }

    private static IResult BadRequest(Error error) => TypedResults.Problem(error.Text, statusCode: StatusCodes.Status400BadRequest, title: error.Code,
        extensions: new Dictionary<string, object?> { ["code"] = error.Code });

    private static OrderListItemJson ToJson(OrderListRow r, CatalogSnapshot catalog, FulfilmentNetwork network) => new(r.No, catalog.Shop(r.ShopId)?.Code, r.PlatformOrderNo, r.State.Code(), r.StateSince, r.Hold, r.ReviewReasons,
        r.BuyerNick, r.Province, r.City, OfficialAddress.TagOf(r.Province, r.City, network)?.Code(), r.Lines, r.Pieces, r.PayFen, r.CreatedAt, r.PaidAt, r.ShipBy, r.ShippedAt);
}
