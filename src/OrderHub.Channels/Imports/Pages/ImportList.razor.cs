using System.Globalization;
using Microsoft.AspNetCore.Components;
using OrderHub.Catalog.Contracts;
using OrderHub.Channels.Imports.Runs;
using OrderHub.Platform.Actions;
using OrderHub.Platform.Results;

namespace OrderHub.Channels.Imports.Pages;

public sealed partial class ImportList
{
    private static readonly TimeSpan Refresh = TimeSpan.FromSeconds(2);
    private readonly CancellationTokenSource _left = new();
    private IReadOnlyList<Shop> _shops = [];
    private IReadOnlyList<ImportRow>? _rows;
    private string _shop = "";
    private bool _busy;
    private Error? _error;

    [Inject] private IActionRunner Actions { get; set; } = default!;
    [Inject] private NavigationManager Navigation { get; set; } = default!;
    [Inject] private TimeProvider Clock { get; set; } = default!;

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender) return;
        await LoadAsync();
        using var timer = new PeriodicTimer(Refresh, Clock);
        try
        {
            while (await timer.WaitForNextTickAsync(_left.Token))
                if (_rows?.Any(r => r.IsRunning) == true) await LoadAsync();
        }
        catch (OperationCanceledException)
        {
            // the page was left
        }
    }

    public void Dispose() => _left.Cancel();

    private async Task LoadAsync()
    {
        if (_shops.Count == 0)
        {
            var catalog = await Actions.ReadAsync<ICatalog, CatalogSnapshot>((c, ct) => c.CurrentAsync(ct).AsTask(), _left.Token);
            if (catalog.IsOk) _shops = [.. catalog.Value.Shops.Where(s => s.Active).OrderBy(s => s.Id)];
        }
        var read = await Actions.ReadAsync<ReadImportsHandler, IReadOnlyList<ImportRow>>((imports, ct) => imports.ListAsync(ct), _left.Token);
        if (_left.IsCancellationRequested) return;
        _error = read.Error ?? _error;
        if (read.IsOk) _rows = read.Value;
        StateHasChanged();
    }

    private async Task UploadAsync(FilePicker.ChosenFile file)
    {
        if (_busy) return;
        (_busy, _error) = (true, null);
        StateHasChanged();
        // reading a large workbook takes a second; the page must not stand still for it
        var uploaded = await Actions.RunAsync<UploadImportHandler, long>((upload, ct) => Task.Run(() => upload.HandleAsync(new(_shop, file.Name, file.Content, file.Second), ct), ct), _left.Token);
        (_busy, _error) = (false, uploaded.Error);
        if (uploaded.IsOk) Navigation.NavigateTo($"/imports/{uploaded.Value}");
    }

    private string ShopName(int id) => _shops.FirstOrDefault(s => s.Id == id)?.Name ?? id.ToString(CultureInfo.InvariantCulture);
    private static string Number(int number) => number.ToString("N0", CultureInfo.InvariantCulture);
    private static string Percent(ImportRow row) => row.OrdersTotal == 0 ? "0%" : (row.Position * 100L / row.OrdersTotal).ToString(CultureInfo.InvariantCulture) + "%";
}
