using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using OrderHub.Allocation.Contracts;
using OrderHub.Catalog.Contracts;
using OrderHub.Orders.Contracts;
using OrderHub.Orders.Flow;
using OrderHub.Orders.Judging;
using OrderHub.Platform.Actions;
using OrderHub.Platform.Results;
using OrderHub.Platform.Units;
using Radzen;

namespace OrderHub.Orders.Listing;

/// <summary>All orders, newest first. Everything that says what is shown stands in the URL; the first page keeps itself fresh.</summary>
public sealed partial class OrderList : IAsyncDisposable
{
    private const int PageSize = 50;
    private static readonly TimeSpan Refresh = TimeSpan.FromSeconds(5);

    private readonly CancellationTokenSource _gone = new();
    private readonly HashSet<long> _selected = [];
    private readonly Stack<string?> _before = new();

    /// <summary>What became of the rows of the last bulk action; a row that is absent was not in it.</summary>
    private readonly Dictionary<long, Error?> _results = [];
    private IReadOnlyList<OrderListRow>? _rows;
    private IReadOnlyDictionary<OrderState, CappedCount>? _states;
    private IReadOnlyCollection<Shop> _shops = [];
    private IReadOnlyList<Warehouse> _warehouses = [];
    private IReadOnlyList<Courier> _couriers = [];
    private CappedCount? _count, _due;
    private OrderCursor? _next;
    private Error? _error;
    private ElementReference _table;
    private IJSObjectReference? _keys;
    private string? _search, _shown;
    private bool _busy, _pointerInside;
    private int _arrived;

    [Inject] private IActionRunner Actions { get; set; } = default!;
    [Inject] private NavigationManager Nav { get; set; } = default!;
    [Inject] private DialogService Dialogs { get; set; } = default!;
    [Inject] private NotificationService Notices { get; set; } = default!;
    [Inject] private IJSRuntime Script { get; set; } = default!;
    [Inject] private TimeProvider Clock { get; set; } = default!;

    [SupplyParameterFromQuery] private string? State { get; set; }
    [SupplyParameterFromQuery] private string? Shop { get; set; }
    [SupplyParameterFromQuery] private string? Q { get; set; }
    [SupplyParameterFromQuery] private string? From { get; set; }
    [SupplyParameterFromQuery] private string? To { get; set; }
    [SupplyParameterFromQuery] private string? Held { get; set; }
    [SupplyParameterFromQuery] private string? Due { get; set; }
    [SupplyParameterFromQuery] private string? After { get; set; }

    private OrderListUrl Url => new(State, Shop, Q, From, To, Held, Due);
    private OrderCursor? Cursor => OrderCursor.TryParse(After, out var cursor) ? cursor : null;
    private bool CanSelect => OrderStates.Parse(State) == OrderState.Review || CanRoute;
    private bool IsFiltered => Url != new OrderListUrl(null, null, null, null, null, null, null);

    protected override async Task OnParametersSetAsync()
    {
        _search = Q;
        if (_shown == Nav.Uri) return;
        if (_shown is null || After is null) _before.Clear();
        _shown = Nav.Uri;
        _selected.Clear();
        _results.Clear();
        _routed.Clear();
        await LoadAsync();
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender) _ = KeepFreshAsync();
        if (_rows is not { Count: > 0 }) return;
        _keys ??= await Script.InvokeAsync<IJSObjectReference>("import", "./_content/OrderHub.Orders/Listing/OrderList.razor.js");
        await _keys.InvokeVoidAsync("rowsByArrows", _table);
    }

    private async Task LoadAsync()
    {
        _busy = true;
        var read = await ReadAsync();
        _busy = false;
        if (!Take(read)) return;
        (_rows, _next) = (read.Value.Page.Rows, read.Value.Page.Next);
        _arrived = 0;
    }

    private sealed record Loaded(OrderPage Page, CappedCount Count, CappedCount Due, IReadOnlyDictionary<OrderState, CappedCount> States, CatalogSnapshot Catalog, FulfilmentNetwork Network);

    private Task<Result<Loaded>> ReadAsync() => Actions.ReadAsync<OrderDesk, Loaded>(async (desk, ct) =>
    {
        var catalog = await desk.Catalogs.CurrentAsync(ct);
        var now = Clock.GetUtcNow();
        var filter = Url.ToFilter(catalog, now);
        var states = await desk.List.CountByStateAsync(filter with { DueBefore = null }, ct);
        return new Loaded(
            await desk.List.PageAsync(filter, Cursor, PageSize, ct),
            filter is { State: { } state, DueBefore: null } ? states[state] : await desk.List.CountAsync(filter, ct),
            await desk.List.CountAsync(filter with { State = null, DueBefore = OrderListUrl.EndOfToday(now) }, ct),
            states, catalog, await desk.Network.CurrentAsync(ct));
    }, _gone.Token);

    private bool Take(Result<Loaded> read)
    {
        _error = read.Error;
        if (!read.IsOk) return false;
        (_count, _due, _states) = (read.Value.Count, read.Value.Due, read.Value.States);
        (_shops, _warehouses, _couriers) = (read.Value.Catalog.Shops, read.Value.Network.Warehouses, read.Value.Network.Couriers);
        return true;
    }

    /// <summary>Only the first page, and never while somebody points at a row or has chosen some: then what is there changes in place and new ones are announced.</summary>
    private async Task KeepFreshAsync()
    {
        using var timer = new PeriodicTimer(Refresh, Clock);
        try
        {
            while (await timer.WaitForNextTickAsync(_gone.Token))
                if (Cursor is null && !_busy && _rows is not null) await InvokeAsync(RefreshAsync);
        }
        catch (OperationCanceledException) { } // the page was left
    }

    private async Task RefreshAsync()
    {
        var asked = _shown;
        var read = await ReadAsync();
        if (asked != _shown || _gone.IsCancellationRequested || !Take(read)) return;
        var fresh = read.Value.Page.Rows;
        if (_pointerInside || _selected.Count > 0)
        {
            var byId = fresh.ToDictionary(r => r.Id);
            var known = _rows!.Select(r => r.Id).ToHashSet();
            _rows = [.. _rows!.Select(r => byId.GetValueOrDefault(r.Id, r))];
            _arrived = fresh.TakeWhile(r => !known.Contains(r.Id)).Count();
        }
        else
        {
            (_rows, _next, _arrived) = (fresh, read.Value.Page.Next, 0);
        }
        StateHasChanged();
    }

    private void Next()
    {
        _before.Push(After);
        Nav.NavigateTo(UrlWith(nameof(After), _next?.ToString()));
    }

    private void Previous() => Nav.NavigateTo(UrlWith(nameof(After), _before.TryPop(out var before) ? before : null));

    private void SearchAsync() => GoWith(nameof(Q), _search?.Trim());

    private void GoWith(string name, string? value) => Nav.NavigateTo(UrlWith(name, value));

    private string UrlWith(string name, string? value)
    {
        var changes = new Dictionary<string, object?> { [nameof(After).ToLowerInvariant()] = null };
        changes[name.ToLowerInvariant()] = string.IsNullOrEmpty(value) ? null : value;
        return Nav.GetUriWithQueryParameters(changes);
    }

    private string ExportUrl(string extension) => $"/orders/export.{extension}{new Uri(Nav.GetUriWithQueryParameter("after", (string?)null)).Query}";

    private static Dictionary<string, object> Labelled(string label) => new() { ["aria-label"] = label };

    private void Select(long id, bool on) => _ = on ? _selected.Add(id) : _selected.Remove(id);

    private void SelectAll(bool on)
    {
        _selected.Clear();
        if (on) _selected.UnionWith(_rows!.Where(r => r.State == OrderStates.Parse(State)).Select(r => r.Id));
    }

    private async Task ApproveSelectedAsync()
    {
        var ids = _rows!.Where(r => _selected.Contains(r.Id)).Select(r => r.Id).ToList();
        await Dialogs.OpenAsync<ReasonDialog>(L["审核通过 {0} 张订单", ids.Count], new Dictionary<string, object?>
        {
            [nameof(ReasonDialog.Text)] = L["选中的 {0} 张订单将重新分仓并占用库存；不能放行的会留在这里并说明原因。", ids.Count],
            [nameof(ReasonDialog.Confirm)] = L["审核通过"],
            [nameof(ReasonDialog.Act)] = (Func<string, Task<Error?>>)(reason => ApproveAsync(ids, reason)),
        });
    }

    private async Task<Error?> ApproveAsync(IReadOnlyList<long> ids, string reason)
    {
        _results.Clear();
        foreach (var id in ids)
            _results[id] = (await Actions.RunAsync<ApproveReview>((approve, ct) => approve.HandleAsync(id, reason, ct), _gone.Token)).Error;
        var refused = _results.Values.Count(e => e is not null);
        Notices.Notify(refused == 0 ? NotificationSeverity.Success : NotificationSeverity.Warning, L["审核通过 {0} 张，未通过 {1} 张", ids.Count - refused, refused]);
        _selected.Clear();
        await LoadAsync();
        return null;
    }

    private string ShopName(int id) => _shops.FirstOrDefault(s => s.Id == id)?.Name ?? "—";
    private string WarehouseName(int? id) => _warehouses.FirstOrDefault(w => w.Id == id)?.Name ?? "—";

    private string Explain(OrderListRow row) => row switch
    {
        { Hold: { } hold } => L[hold],
        { State: OrderState.Review } => string.Join(L["；"], row.ReviewReasons.Select(r => L[ReviewReason.Chinese(r)])),
        _ => "",
    };

    public async ValueTask DisposeAsync()
    {
        await _gone.CancelAsync();
        _gone.Dispose();
        if (_keys is null) return;
        try
        {
            await _keys.DisposeAsync();
        }
        catch (JSDisconnectedException) { } // the browser is gone and has forgotten it already
    }
}

/// <summary>What the list page reads with, in one scope.</summary>
internal sealed record OrderDesk(ListOrders List, ICatalog Catalogs, IFulfilmentNetwork Network);
