using Microsoft.AspNetCore.Components;
using OrderHub.Catalog.Contracts;
using OrderHub.Channels.Calls;
using OrderHub.Platform.Actions;
using OrderHub.Platform.Components;
using OrderHub.Platform.Results;

namespace OrderHub.Channels.Deliveries;

/// <summary>One delivery with every call that was made for it.</summary>
public sealed partial class DeliveryPage
{
    private static readonly TimeSpan Refresh = TimeSpan.FromSeconds(3);
    private readonly CancellationTokenSource _left = new();
    private Shop? _shop;
    private DeliveryDetail? _delivery;
    private Error? _error;
    private bool _missing, _busy;

    [Parameter] public string ShopCode { get; set; } = "";
    [Parameter] public long Id { get; set; }
    [Inject] private IActionRunner Actions { get; set; } = default!;
    [Inject] private TimeProvider Clock { get; set; } = default!;

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

    private async Task LoadAsync()
    {
        var catalog = await Actions.ReadAsync<ICatalog, CatalogSnapshot>(async (c, ct) => await c.CurrentAsync(ct), _left.Token);
        if (catalog.IsOk) _shop = catalog.Value.ShopByCode(ShopCode);
        var read = _shop is null ? null : (Result<DeliveryDetail?>?)await Actions.ReadAsync<ReadDeliveryHandler, DeliveryDetail?>((delivery, ct) => delivery.HandleAsync(_shop.Id, Id, ct), _left.Token);
        if (_left.IsCancellationRequested) return;
        _error = catalog.Error ?? read?.Error;
        if (_error is null) (_delivery, _missing) = (read?.Value, read?.Value is null);
        StateHasChanged();
    }

    private async Task ResendAsync()
    {
        if (_busy || _shop is null) return;
        _busy = true;
        var error = (await Actions.RunAsync<ResendDeliveriesHandler, IReadOnlyList<(long, ResendAnswer)>>((handler, ct) => handler.HandleAsync(new ResendDeliveries(_shop.Id, [Id]), ct), _left.Token)).Error;
        _busy = false;
        await LoadAsync();
        _error = error ?? _error;
    }

    private static StateSign Sign(CallOutcome outcome) => outcome switch
    {
        CallOutcome.Done => new("signed", "check_circle", "平台接受"),
        CallOutcome.Refused => new("problem", "error", "平台拒绝"),
        CallOutcome.Outage => new("problem", "cloud_off", "平台无应答"),
        _ => new("waiting", "help", "中断"),
    };
}
