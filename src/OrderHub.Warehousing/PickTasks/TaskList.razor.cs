using Microsoft.AspNetCore.Components;
using OrderHub.Platform.Actions;
using OrderHub.Platform.Results;
using OrderHub.Warehousing.Contracts;
using OrderHub.Warehousing.Floor;

namespace OrderHub.Warehousing.PickTasks;

/// <summary>Free tasks of a warehouse, most urgent first; touching one takes it.</summary>
public sealed partial class TaskList
{
    private Place? _place;
    private TaskPage? _tasks;
    private Error? _error;
    private bool _busy;

    [Inject] private IActionRunner Actions { get; set; } = default!;
    [Inject] private NavigationManager Navigation { get; set; } = default!;
    [SupplyParameterFromQuery(Name = "warehouse")] public string? WarehouseCode { get; set; }
    [SupplyParameterFromQuery(Name = "view")] public string? View { get; set; }
    [SupplyParameterFromQuery(Name = "after")] public string? After { get; set; }

    private bool IsMine => View is "mine";

    protected override Task OnParametersSetAsync() => LoadAsync();

    private async Task LoadAsync()
    {
        var place = await Actions.ReadAsync<ReadPlace, Place>((read, ct) => read.FindAsync(WarehouseCode, ct));
        if ((_error = place.Error) is not null) return;
        _place = place.Value;
        var filter = new TaskFilter(_place.Here?.Id, IsMine ? TaskView.Mine : TaskView.Waiting, After, 30);
        var tasks = await Actions.ReadAsync<ListTasks, TaskPage>((list, ct) => list.PageAsync(filter, ct));
        if ((_error = tasks.Error) is null) _tasks = tasks.Value;
    }

    private async Task OpenAsync(TaskRow task)
    {
        if (_busy) return;
        _busy = true;
        var taken = await Actions.RunAsync<IPackingStation, PackTask>((station, ct) => station.ClaimAsync(new(task.WarehouseId, task.Key), ct));
        _busy = false;
        if ((_error = taken.Error) is null) Navigation.NavigateTo("w/pack/" + task.Key);
    }

    private string Link(string? view, string? after = null) => Navigation.GetUriWithQueryParameters("w/tasks",
        new Dictionary<string, object?> { ["warehouse"] = _place?.Here?.Code, ["view"] = view, ["after"] = after });

    private static string Mark(bool chosen) => chosen ? "● " : "";
}
