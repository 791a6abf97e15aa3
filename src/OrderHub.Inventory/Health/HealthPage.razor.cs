using Microsoft.AspNetCore.Components;
using OrderHub.Inventory.Contracts;
using OrderHub.Platform.Actions;
using OrderHub.Platform.Results;
using OrderHub.Platform.Units;

namespace OrderHub.Inventory.Health;

public sealed partial class HealthPage
{
    private readonly CancellationTokenSource _left = new();
    private StockHealth? _health;
    private Error? _error;

    [Inject] private IActionRunner Actions { get; set; } = default!;

    public void Dispose() => _left.Cancel();

    protected override Task OnInitializedAsync() => LoadAsync();

    private async Task LoadAsync()
    {
        var read = await Actions.ReadAsync<IStockHealth, StockHealth?>((health, ct) => health.ReadAsync(ct), _left.Token);
        (_error, _health) = (read.Error, read.IsOk ? read.Value : _health);
    }

    private string Title => _health switch
    {
        null => L["库存核对"],
        { Breaches: > 0 } broken => L["{0} 处计数与台账不符", broken.Breaches],
        var clean => L["自 {0} 起账实计数 0 差错", ShopTime.ToLocal(clean.CleanSince).ToString("yyyy-MM-dd HH:mm", System.Globalization.CultureInfo.InvariantCulture)],
    };
}
