using System.Globalization;
using Microsoft.AspNetCore.Components;
using OrderHub.Orders.Contracts;

namespace OrderHub.Orders.Listing;

public sealed partial class OrderList
{
    /// <param name="Urgent">Work that waits for a person here; its figure stands out.</param>
    private sealed record View(string Title, string Url, bool IsOpen, CappedCount? Count, bool Urgent);

    private sealed record Chip(string Name, string Text);

    private static readonly OrderState[] Tabs =
    [
        OrderState.PendingPayment, OrderState.Review, OrderState.Shortage, OrderState.Allocated, OrderState.Packed, OrderState.Shipped, OrderState.Signed,
        OrderState.Completed, OrderState.Cancelled, OrderState.Returned,
    ];

    private IEnumerable<View> Views
    {
        get
        {
            var open = OrderStates.Parse(State);
            yield return new("全部", ViewUrl(null, null), open is null && Due is null, null, false);
            yield return new("今日须发", ViewUrl(null, OrderListUrl.Today), Due == OrderListUrl.Today, _due, true);
            foreach (var state in Tabs)
                yield return new(state.Chinese(), ViewUrl(state, null), open == state, _states?[state], state is OrderState.Review or OrderState.Shortage);
        }
    }

    private List<Chip> Chips
    {
        get
        {
            var chips = new List<Chip>();
            if (!string.IsNullOrWhiteSpace(Q)) chips.Add(new(nameof(Q), L["单号 {0}", Q]));
            if (_shops.FirstOrDefault(s => s.Code == Shop) is { } shop) chips.Add(new(nameof(Shop), shop.Name));
            if (!string.IsNullOrEmpty(From)) chips.Add(new(nameof(From), L["{0} 起", From]));
            if (!string.IsNullOrEmpty(To)) chips.Add(new(nameof(To), L["到 {0}", To]));
            if (Held == OrderListUrl.On) chips.Add(new(nameof(Held), L["被拦截"]));
            return chips;
        }
    }

    private string ViewUrl(OrderState? state, string? due) => Nav.GetUriWithQueryParameters(new Dictionary<string, object?>
    {
        ["state"] = state?.Code().ToLowerInvariant(), ["due"] = due, ["after"] = null,
    });

    private static string Figure(CappedCount count) => count.Count.ToString("N0", CultureInfo.InvariantCulture) + (count.IsCapped ? "+" : "");
}
