using Microsoft.AspNetCore.Components;
using OrderHub.Channels.Contracts;
using OrderHub.Platform.Actions;
using OrderHub.Platform.Results;

namespace OrderHub.Channels.Health;

/// <summary>One shop: cursors, and one of three lists that the URL names.</summary>
public sealed partial class ShopChannel
{
    private static readonly TimeSpan Refresh = TimeSpan.FromSeconds(5);
    private readonly CancellationTokenSource _left = new();
    private ChannelHealth? _shop;
    private IReadOnlyList<CursorRow> _cursors = [];
    private DateTimeOffset _now;
    private Error? _error;
    private bool _loaded;

    /// <summary>Grows with every refresh; the list shown reads again when it sees a new one.</summary>
    private int _beat;

    [Parameter] public string ShopCode { get; set; } = "";
    [SupplyParameterFromQuery] public string? Tab { get; set; }
    [Inject] private IActionRunner Actions { get; set; } = default!;
    [Inject] private TimeProvider Clock { get; set; } = default!;

    private string ShownTab => Tab is "completeness" or "quarantine" or "deliveries" ? Tab : "pulls";
    private string TabUrl(string tab) => $"/channels/{ShopCode}?tab={tab}";
    private string? Current(string tab) => ShownTab == tab ? "page" : null;

    protected override Task OnParametersSetAsync() =>
        _shop is not null && !_shop.ShopCode.Equals(ShopCode, StringComparison.OrdinalIgnoreCase) ? LoadAsync() : Task.CompletedTask;

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
        var health = await Actions.ReadAsync<IChannelReader, IReadOnlyList<ChannelHealth>>((reader, ct) => reader.HealthAsync(ct), _left.Token);
        if (health.IsOk && health.Value.FirstOrDefault(s => s.ShopCode.Equals(ShopCode, StringComparison.OrdinalIgnoreCase)) is { } shop)
        {
            var cursors = await Actions.ReadAsync<ReadShopDetailHandler, IReadOnlyList<CursorRow>>((detail, ct) => detail.CursorsAsync(shop.ShopId, ct), _left.Token);
            if (cursors.IsOk) _cursors = cursors.Value;
            _shop = shop;
        }
        if (_left.IsCancellationRequested) return;
        _error = health.Error;
        (_loaded, _now, _beat) = (_loaded || health.IsOk, Clock.GetUtcNow(), _beat + 1);
        StateHasChanged();
    }
}
