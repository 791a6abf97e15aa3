using Microsoft.AspNetCore.Components;
using OrderHub.Platform.Actions;
using OrderHub.Platform.Results;

namespace OrderHub.Platform.Incidents;

/// <summary>Open and past trouble; the filter stands in the URL.</summary>
public sealed partial class IncidentList
{
    private static readonly TimeSpan Refresh = TimeSpan.FromSeconds(5);
    private readonly CancellationTokenSource _left = new();
    private IncidentPage? _page;
    private Error? _error;
    private string? _search;
    private long? _shown;
    private string? _asked;

    [SupplyParameterFromQuery] public string? State { get; set; }
    [SupplyParameterFromQuery] public string? Q { get; set; }
    [SupplyParameterFromQuery] public long? Before { get; set; }
    [Inject] private IActionRunner Actions { get; set; } = default!;
    [Inject] private NavigationManager Navigation { get; set; } = default!;
    [Inject] private TimeProvider Clock { get; set; } = default!;

    private IncidentScope Scope => Enum.TryParse<IncidentScope>(State, ignoreCase: true, out var scope) && Enum.IsDefined(scope) ? scope : IncidentScope.Open;
    private string? Current(IncidentScope scope) => Scope == scope ? "page" : null;

    private string Url(IncidentScope scope, string? search = null, long? before = null) => Navigation.GetUriWithQueryParameters("/incidents", new Dictionary<string, object?>
    {
        ["state"] = scope == IncidentScope.Open ? null : scope.ToString().ToLowerInvariant(),
        ["q"] = (search ?? Q) is { Length: > 0 } q ? q : null,
        ["before"] = before,
    });

    protected override async Task OnParametersSetAsync()
    {
        _search = Q;
        if (_page is not null && _asked != Navigation.Uri) await LoadAsync();
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender) return;
        await LoadAsync();
        using var timer = new PeriodicTimer(Refresh, Clock);
        try
        {
            while (await timer.WaitForNextTickAsync(_left.Token)) await LoadAsync();
        }
        catch (OperationCanceledException)
        {
            // the page was left
        }
    }

    public void Dispose() => _left.Cancel();

    private void Search() => Navigation.NavigateTo(Url(Scope, _search ?? ""));

    private async Task LoadAsync()
    {
        _asked = Navigation.Uri;
        var read = await Actions.ReadAsync<ReadIncidents, IncidentPage>((incidents, ct) => incidents.PageAsync(new(Scope, Q, Before), ct), _left.Token);
        if (_left.IsCancellationRequested) return;
        _error = read.Error;
        if (read.IsOk) _page = read.Value;
        StateHasChanged();
    }
}
