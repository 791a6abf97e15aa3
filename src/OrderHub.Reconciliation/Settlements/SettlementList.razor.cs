using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using OrderHub.Platform.Actions;
using OrderHub.Platform.Results;
using OrderHub.Platform.Units;
using OrderHub.Reconciliation.Contracts;

namespace OrderHub.Reconciliation.Settlements;

public sealed partial class SettlementList : IDisposable
{
    private readonly CancellationTokenSource _left = new();
    private readonly Stack<string?> _earlier = new();
    private SettlementListPage? _page;
    private Error? _error;
    private SettlementReport? _done;
    private DateOnly _today, _day;
    private DateOnly? _settling;
    private bool _loading;

    [Inject] private IActionRunner Actions { get; set; } = default!;
    [Inject] private AuthenticationStateProvider Authentication { get; set; } = default!;
    [Inject] private NavigationManager Navigation { get; set; } = default!;
    [Inject] private TimeProvider Clock { get; set; } = default!;

    /// <summary>Only days before it, <c>yyyy-MM-dd</c>.</summary>
    [SupplyParameterFromQuery(Name = "before")] public string? Before { get; set; }

    protected override void OnInitialized()
    {
        _today = ShopTime.BusinessDay(Clock.GetUtcNow());
        _day = _today.AddDays(-1);
    }

    protected override Task OnParametersSetAsync() => LoadAsync();

    public void Dispose()
    {
        _left.Cancel();
        _left.Dispose();
    }

    private async Task LoadAsync()
    {
        _loading = true;
        var read = await Actions.ReadAsync<ReadSettlements, SettlementListPage>((settlements, ct) => settlements.PageAsync(SettleAction.Day(Before), ct), _left.Token);
        if (read.IsOk) _page = read.Value;
        else _error = read.Error;
        _loading = false;
    }

    private async Task SettleAsync(DateOnly day)
    {
        (_settling, _error, _done) = (day, null, null);
        var settled = await SettleAction.RunAsync(Actions, Authentication, day, _left.Token);
        _error = settled.Error;
        if (settled.IsOk)
        {
            _done = settled.Value;
            await LoadAsync();
        }
        _settling = null;
    }

    private void Next()
    {
        _earlier.Push(Before);
        Go(_page?.Next is { } next ? SettleAction.Text(next) : null);
    }

    private void Previous() => Go(_earlier.TryPop(out var earlier) ? earlier : null);

    private void Go(string? before) => Navigation.NavigateTo(Navigation.GetUriWithQueryParameter("before", before));
}
