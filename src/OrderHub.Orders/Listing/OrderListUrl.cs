using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using OrderHub.Catalog.Contracts;
using OrderHub.Orders.Contracts;
using OrderHub.Platform.Units;

namespace OrderHub.Orders.Listing;

/// <summary>
/// The list's filters as they stand in the URL of the page and of its export. A value that cannot be read filters nothing: a link from
/// a colleague always opens.
/// </summary>
/// <param name="From">First day, shop time.</param>
/// <param name="To">Last day, shop time, included.</param>
/// <param name="Due"><c>today</c> = promised until midnight and not shipped yet.</param>
internal sealed record OrderListUrl([FromQuery] string? State, [FromQuery] string? Shop, [FromQuery] string? Q, [FromQuery] string? From, [FromQuery] string? To,
    [FromQuery] string? Held, [FromQuery] string? Due)
{
    public const string Today = "today", On = "1";

    public OrderFilter ToFilter(CatalogSnapshot catalog, DateTimeOffset now) => new(
        catalog.ShopByCode(Shop)?.Id, OrderStates.Parse(State), Q,
        CreatedFrom: Day(From) is { } from ? ShopTime.StartOf(from) : null,
        CreatedTo: Day(To) is { } to ? ShopTime.StartOf(to.AddDays(1)) : null,
        HeldOnly: Held == On,
        DueBefore: Due == Today ? EndOfToday(now) : null);

    public static DateTimeOffset EndOfToday(DateTimeOffset now) => ShopTime.StartOf(ShopTime.BusinessDay(now).AddDays(1));

    public static string? Text(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    internal static DateOnly? Day(string? text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day.Year is > 2000 and < 2100 ? day : null;
}
