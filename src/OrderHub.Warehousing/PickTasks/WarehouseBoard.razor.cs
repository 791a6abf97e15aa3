using Microsoft.AspNetCore.Components;
using OrderHub.Allocation.Contracts;
using OrderHub.Platform.Actions;
using OrderHub.Platform.Components;
using OrderHub.Platform.Results;
using OrderHub.Warehousing.Contracts;

namespace OrderHub.Warehousing.PickTasks;

/// <summary>The lead's view: work by warehouse and state; the filter lives in the address.</summary>
public sealed partial class WarehouseBoard
{
    private static readonly (string Key, string Word)[] Views =
    [
        ("", "进行中"), ("waiting", "待拣货"), ("checking", "待复核"), ("packed", "待交接"), ("handedover", "已交快递"), ("cancelled", "已取消"),
    ];

    private FulfilmentNetwork? _network;
    private IReadOnlyList<(Warehouse Warehouse, FloorCount Count)> _floor = [];
    private TaskFilter _filter = new(null, TaskView.Open);
    private TaskPage? _tasks;
    private Error? _error;
    private bool _busy;

    [Inject] private IActionRunner Actions { get; set; } = default!;
    [Inject] private NavigationManager Navigation { get; set; } = default!;
    [SupplyParameterFromQuery(Name = "warehouse")] public string? WarehouseCode { get; set; }
    [SupplyParameterFromQuery(Name = "view")] public string? View { get; set; }
    [SupplyParameterFromQuery(Name = "after")] public string? After { get; set; }

    protected override Task OnParametersSetAsync() => LoadAsync();

    private async Task LoadAsync()
    {
        var network = await Actions.ReadAsync<IFulfilmentNetwork, FulfilmentNetwork>((read, ct) => read.CurrentAsync(ct).AsTask());
        if ((_error = network.Error) is not null) return;
        _network = network.Value;
        var counts = await Actions.ReadAsync<IWarehouseFloor, IReadOnlyList<FloorCount>>((floor, ct) => floor.CountAsync(ct));
        if ((_error = counts.Error) is not null) return;
        _floor = [.. _network.Warehouses.Where(w => w.Active).OrderBy(w => w.Priority)
            .Select(w => (w, counts.Value.FirstOrDefault(c => c.WarehouseId == w.Id) ?? new(w.Id, 0, 0, 0, 0)))];
        var chosen = _network.Warehouses.FirstOrDefault(w => w.Code.Equals(WarehouseCode, StringComparison.OrdinalIgnoreCase));
        _filter = new(chosen?.Id, Enum.TryParse<TaskView>(View, ignoreCase: true, out var view) ? view : TaskView.Open, After);
        var tasks = await Actions.ReadAsync<ListTasks, TaskPage>((list, ct) => list.PageAsync(_filter, ct));
        if ((_error = tasks.Error) is null) _tasks = tasks.Value;
    }

    private async Task ReleaseAsync(TaskRow task)
    {
        if (_busy) return;
        _busy = true;
        var released = await Actions.RunAsync<IPackingStation>((station, ct) => station.ReleaseAsync(task.Key, ct));
        await LoadAsync();
        (_busy, _error) = (false, _error ?? released.Error);
    }

    private static StateSign Sign(TaskRow task) => task.State switch
    {
        PickTaskState.Open when task.ClaimedBy is null => new("allocated", "shelves", "待拣货"),
        PickTaskState.Open => new("warehouse", "trolley", "拣货中"),
        PickTaskState.Picked => new("warehouse", "fact_check", "待复核"),
        PickTaskState.Packed => new("warehouse", "package_2", "待交接"),
        PickTaskState.HandedOver => new("shipped", "local_shipping", "已交快递"),
        _ => new("waiting", "block", "已取消"),
    };

    private string Link(string? warehouse, string? view, string? after = null) => Navigation.GetUriWithQueryParameters("warehouse",
        new Dictionary<string, object?> { ["warehouse"] = warehouse, ["view"] = view, ["after"] = after });
}
