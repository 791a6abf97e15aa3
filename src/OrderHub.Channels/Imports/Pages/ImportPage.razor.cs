using Microsoft.AspNetCore.Components;
using OrderHub.Catalog.Contracts;
using OrderHub.Channels.Imports.Columns;
using OrderHub.Channels.Imports.Runs;
using OrderHub.Platform.Actions;
using OrderHub.Platform.Results;

namespace OrderHub.Channels.Imports.Pages;

public sealed partial class ImportPage
{
    private static readonly TimeSpan Refresh = TimeSpan.FromMilliseconds(700);
    private static readonly (int Number, string Word)[] Steps = [(1, "确认列"), (2, "检查"), (3, "导入")];
    private readonly CancellationTokenSource _left = new();
    private ImportRow? _run;
    private ImportColumns? _columns;
    private string _shopName = "";
    private bool _loaded, _busy;
    private Error? _error;

    [Parameter] public long Id { get; set; }
    [Inject] private IActionRunner Actions { get; set; } = default!;
    [Inject] private TimeProvider Clock { get; set; } = default!;

    internal ShopKind? ShopKind { get; private set; }
    internal bool Busy => _busy;
    internal ImportColumns Columns => _columns!;
    private int Step => ImportWords.Step(_run!.State);

    /// <summary>The work goes on without this page; whoever opens it sees how far it is.</summary>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender) return;
        await LoadAsync();
        using var timer = new PeriodicTimer(Refresh, Clock);
        try
        {
            while (await timer.WaitForNextTickAsync(_left.Token))
                if (_run?.IsRunning == true) await LoadAsync();
        }
        catch (OperationCanceledException)
        {
            // the page was left
        }
    }

    public void Dispose() => _left.Cancel();

    private async Task LoadAsync()
    {
        var read = await Actions.ReadAsync<ReadImportsHandler, ImportRow?>((imports, ct) => imports.FindAsync(Id, ct), _left.Token);
        if (_left.IsCancellationRequested) return;
        _error = read.Error ?? _error;
        if (read.IsOk) (_run, _loaded) = (read.Value, true);
        if (_run is not null && _shopName.Length == 0)
        {
            var catalog = await Actions.ReadAsync<ICatalog, CatalogSnapshot>((c, ct) => c.CurrentAsync(ct).AsTask(), _left.Token);
            if (catalog.IsOk && catalog.Value.Shop(_run.ShopId) is { } shop) (_shopName, ShopKind) = (shop.Name, shop.Kind);
        }
        if (_run?.State != ImportState.Draft) _columns = null;
        else if (_columns is null)
        {
            var columns = await Actions.ReadAsync<ReadImportsHandler, ImportColumns?>((imports, ct) => imports.ColumnsAsync(Id, ct), _left.Token);
            (_error, _columns) = (columns.Error ?? _error, columns.IsOk ? columns.Value : null);
        }
        StateHasChanged();
    }

    internal Task CheckAsync(ColumnMapping mapping) => SteerAsync((steer, ct) => steer.CheckAsync(Id, mapping, ct));
    internal Task ImportAsync() => SteerAsync((steer, ct) => steer.ImportAsync(Id, ct));
    internal Task GoOnAsync() => SteerAsync((steer, ct) => steer.GoOnAsync(Id, ct));
    internal Task BackAsync() => SteerAsync((steer, ct) => steer.BackToColumnsAsync(Id, ct));
    internal Task CancelAsync() => SteerAsync((steer, ct) => steer.CancelAsync(Id, ct));

    private async Task SteerAsync(Func<SteerImportHandler, CancellationToken, Task<Result>> act)
    {
        if (_busy) return;
        (_busy, _error) = (true, null);
        _error = (await Actions.RunAsync(act, _left.Token)).Error;
        _busy = false;
        await LoadAsync();
    }
}
