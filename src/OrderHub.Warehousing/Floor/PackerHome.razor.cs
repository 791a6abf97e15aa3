using Microsoft.AspNetCore.Components;
using OrderHub.Platform.Actions;
using OrderHub.Platform.Results;
using OrderHub.Warehousing.Contracts;
using OrderHub.Warehousing.PickTasks;

namespace OrderHub.Warehousing.Floor;

/// <summary>Where a packer begins: what waits in my warehouse, and the next task.</summary>
public sealed partial class PackerHome : IAsyncDisposable
{
    private static readonly TimeSpan Refresh = TimeSpan.FromSeconds(5);
    private readonly CancellationTokenSource _left = new();
    private Place? _place;
    private FloorCount _count = new(0, 0, 0, 0, 0);
    private IReadOnlyList<TaskRow> _mine = [];
    private Error? _error;
    private bool _busy;

    [Inject] private IActionRunner Actions { get; set; } = default!;
    [Inject] private NavigationManager Navigation { get; set; } = default!;
    [Inject] private TimeProvider Clock { get; set; } = default!;

    /// <summary>Warehouse code, for people who are not bound to one.</summary>
    [SupplyParameterFromQuery(Name = "warehouse")] public string? WarehouseCode { get; set; }

    protected override Task OnParametersSetAsync() => LoadAsync();

    protected override void OnAfterRender(bool firstRender)
    {
        if (firstRender) _ = KeepFreshAsync();
    }

    private async Task KeepFreshAsync()
    {
        using var timer = new PeriodicTimer(Refresh, Clock);
        try
        {
            while (await timer.WaitForNextTickAsync(_left.Token)) await InvokeAsync(async () => { await LoadAsync(); StateHasChanged(); });
        }
        catch (OperationCanceledException)
        {
            // the page was left
        }
    }

    private async Task LoadAsync()
    {
        var place = await Actions.ReadAsync<ReadPlace, Place>((read, ct) => read.FindAsync(WarehouseCode, ct), _left.Token);
        if ((_error = place.Error) is not null) return;
        _place = place.Value;
        if (_place.Here is not { } here) return;
        var counts = await Actions.ReadAsync<IWarehouseFloor, IReadOnlyList<FloorCount>>((floor, ct) => floor.CountAsync(ct), _left.Token);
        if ((_error = counts.Error) is null) _count = counts.Value.FirstOrDefault(c => c.WarehouseId == here.Id) ?? new(here.Id, 0, 0, 0, 0);
        var mine = await Actions.ReadAsync<ListTasks, TaskPage>((list, ct) => list.PageAsync(new(here.Id, TaskView.Mine, Size: 5), ct), _left.Token);
        if ((_error ??= mine.Error) is null) _mine = mine.Value.Rows;
    }

    private async Task TakeNextAsync()
    {
        if (_busy || _place?.Here is not { } here) return;
        _busy = true;
        var taken = await Actions.RunAsync<IPackingStation, PackTask>((station, ct) => station.ClaimAsync(new(here.Id), ct));
        _busy = false;
        if ((_error = taken.Error) is null) Navigation.NavigateTo("w/pack/" + taken.Value.Key);
    }

    private void GoTo(string code) => Navigation.NavigateTo(Navigation.GetUriWithQueryParameter("warehouse", code));

    private string Link(string path, string? view = null) =>
        $"{path}?warehouse={_place?.Here?.Code}{(view is null ? "" : "&view=" + view)}";

    public async ValueTask DisposeAsync()
    {
        await _left.CancelAsync();
        _left.Dispose();
    }
}
