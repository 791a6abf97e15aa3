using Microsoft.AspNetCore.Components;
using OrderHub.Allocation.Contracts;
using OrderHub.Platform.Actions;
using OrderHub.Platform.Results;

namespace OrderHub.Allocation.Freight;

public sealed partial class CouriersPage
{
    private readonly CancellationTokenSource _left = new();
    private IReadOnlyList<CourierView>? _rows;
    private Form? _form;
    private string? _done;
    private Error? _error;
    private bool _busy;
    private int _version;

    [Inject] private IActionRunner Actions { get; set; } = default!;

    public void Dispose() => _left.Cancel();

    protected override Task OnInitializedAsync() => LoadAsync();

    private async Task LoadAsync()
    {
        var read = await Actions.ReadAsync<ReadRates, IReadOnlyList<CourierView>>((rates, ct) => rates.CouriersAsync(ct), _left.Token);
        _error ??= read.Error;
        if (read.IsOk) _rows = read.Value;
    }

    private void Open(Courier? courier) =>
        (_form, _done, _error) = (courier is null ? new() : new() { Id = courier.Id, Title = courier.Name, Code = courier.Code, Name = courier.Name, VolumeDivisor = courier.VolumeDivisor }, null, null);

    private async Task SaveAsync()
    {
        if (_form is not { } form) return;
        if (await ActAsync<SaveCourierHandler>((save, ct) => save.SaveAsync(new(form.Id, form.Code, form.Name, Active: true) { VolumeDivisor = form.VolumeDivisor }, ct)))
            (_form, _done) = (null, form.Id == 0 ? L["已新增 {0}，接下来填运费表", form.Name] : L["{0} 已保存，下一单就按新的算", form.Name]);
    }

    private Task SwitchAsync(Courier courier) => ActAsync<SwitchCourierHandler>((change, ct) => change.SwitchAsync(courier.Code, !courier.Active, ct));

    private async Task<bool> ActAsync<THandler>(Func<THandler, CancellationToken, Task<Result>> act) where THandler : notnull
    {
        if (_busy) return false;
        (_busy, _error, _done) = (true, null, null);
        _error = (await Actions.RunAsync(act)).Error;
        await LoadAsync();
        (_busy, _version) = (false, _version + 1); // a refused switch springs back, the calculator forgets what it showed
        return _error is null;
    }

    /// <summary>A courier while it is typed.</summary>
    private sealed class Form
    {
        public int Id { get; init; }
        public string Title { get; init; } = "";
        public string Code { get; set; } = "";
        public string Name { get; set; } = "";
        public int? VolumeDivisor { get; set; }
    }
}
