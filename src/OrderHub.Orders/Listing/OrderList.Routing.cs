using OrderHub.Allocation.Contracts;
using OrderHub.Orders.Contracts;
using OrderHub.Orders.Flow;
using OrderHub.Orders.Routing;
using OrderHub.Platform.Results;
using OrderHub.Platform.Units;

namespace OrderHub.Orders.Listing;

public sealed partial class OrderList
{
    /// <summary>What became of each order of the last re-routing, also of those that have left this view.</summary>
    private sealed record RouteResult(string No, string Text, bool IsRefused);

    /// <summary>So many orders are chosen at once; the rest come with the next turn.</summary>
    private const int MostSelected = 500;

    private readonly List<RouteResult> _routed = [];

    /// <summary>Of the re-routing under way; null = none is.</summary>
    private int? _routing;

    private bool CanRoute => OrderStates.Parse(State) is OrderState.Allocated or OrderState.Shortage;

    /// <summary>Of this page in its order; all the filter finds when they were chosen beyond the page.</summary>
    private List<long> Selected => [.. _rows!.Select(r => r.Id).Where(_selected.Contains).Union(_selected)];

    private bool MaySelectBeyond => CanRoute && _rows is { Count: > 0 } rows && _selected.Count == rows.Count && rows.All(r => _selected.Contains(r.Id)) && _count is { } count && count.Count > rows.Count;

    private async Task SelectBeyondAsync()
    {
        if (_busy) return;
        _busy = true;
        var found = await Actions.ReadAsync<OrderDesk, IReadOnlyList<long>>(async (desk, ct) =>
            await desk.List.IdsAsync(Url.ToFilter(await desk.Catalogs.CurrentAsync(ct), Clock.GetUtcNow()), MostSelected, ct), _gone.Token);
        (_busy, _error) = (false, found.Error);
        if (found.IsOk) _selected.UnionWith(found.Value);
    }

    private Task RouteAgainAsync()
    {
        var ids = Selected;
        return Dialogs.OpenAsync<ReasonDialog>(L["重新分仓 {0} 张订单", ids.Count], new Dictionary<string, object?>
        {
            [nameof(ReasonDialog.Text)] = L["按现在的规则和库存重新选仓和快递；没有更合适的就保持不变。"],
            [nameof(ReasonDialog.Confirm)] = L["重新分仓"],
            [nameof(ReasonDialog.Act)] = (Func<string, Task<Error?>>)(reason => EachAsync(ids, async id =>
            {
                var outcome = await Actions.RunAsync<RouteAgain, RouteOutcome>((route, ct) => route.HandleAsync(id, reason, ct), _gone.Token);
                return outcome.Error is { } refusal ? new(OrderNo.From(id), L[refusal], true) : new(OrderNo.From(id), Outcome(outcome.Value), outcome.Value.To is null);
            })),
        });
    }

    private Task RouteByHandAsync()
    {
        var ids = Selected;
        return Dialogs.OpenAsync<RouteDialog>(L["改派 {0} 张订单", ids.Count], new Dictionary<string, object?>
        {
            [nameof(RouteDialog.Text)] = L["库存会从原来的仓转占到新的仓；新仓库存不够时不改。"],
            [nameof(RouteDialog.Network)] = new FulfilmentNetwork(_warehouses, _couriers),
            [nameof(RouteDialog.Act)] = (Func<int, int, string, Task<Error?>>)((warehouse, courier, reason) => EachAsync(ids, async id =>
            {
                var outcome = await Actions.RunAsync<RouteByHand>((route, ct) => route.HandleAsync(id, warehouse, courier, reason, ct), _gone.Token);
                return new(OrderNo.From(id), outcome.Error is { } refusal ? L[refusal] : L["已改到 {0}", WarehouseName(warehouse)], !outcome.IsOk);
            })),
        });
    }

    private async Task<Error?> EachAsync(IReadOnlyList<long> ids, Func<long, Task<RouteResult>> act)
    {
        _routed.Clear();
        _routing = ids.Count;
        foreach (var id in ids)
        {
            _routed.Add(await act(id));
            StateHasChanged();
        }
        _routing = null;
        _selected.Clear();
        await LoadAsync();
        StateHasChanged();
        return null;
    }

    private string Outcome(RouteOutcome outcome) => outcome switch
    {
        { To: null } => L["还没有仓库能发齐"],
        { Changed: false } => L["保持在 {0}", WarehouseName(outcome.To)],
        { From: null } => L["分到 {0}", WarehouseName(outcome.To)],
        _ => L["从 {0} 改到 {1}", WarehouseName(outcome.From), WarehouseName(outcome.To)],
    };
}
