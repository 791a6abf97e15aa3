using System.Globalization;
using Microsoft.AspNetCore.Components;
using OrderHub.Inventory.Contracts;
using OrderHub.Inventory.Adjustments;
using OrderHub.Platform.Actions;
using OrderHub.Platform.Results;

namespace OrderHub.Inventory.Stock;

public sealed partial class SkuPage
{
    private static readonly (string Tab, string Word)[] Tabs = [("movements", "出入库流水"), ("held", "现在占用"), ("ended", "已结束的占用")];
    private readonly CancellationTokenSource _left = new();
    private SkuStock? _stock;
    private WarehouseName? _at;
    private Dictionary<int, string> _names = [];
    private string _tab = "movements";
    private Error? _error;
    private int _changes;

    [Inject] private IActionRunner Actions { get; set; } = default!;
    [Inject] private NavigationManager Navigation { get; set; } = default!;
    [Parameter] public string Code { get; set; } = "";
    [SupplyParameterFromQuery] private string? Warehouse { get; set; }
    [SupplyParameterFromQuery] private string? Tab { get; set; }

    public void Dispose() => _left.Cancel();

    protected override async Task OnParametersSetAsync()
    {
        _tab = Tabs.Any(t => t.Tab == Tab) ? Tab! : "movements";
        if (!Code.Equals(_stock?.Sku.Code, StringComparison.OrdinalIgnoreCase)) _stock = null;
        if (_stock is null) await LoadAsync();
        _at = _stock?.Rows.FirstOrDefault(r => r.Warehouse.Code.Equals(Warehouse, StringComparison.OrdinalIgnoreCase))?.Warehouse;
    }

    private async Task LoadAsync()
    {
        var read = await Actions.RunAsync<ReadSkuStock, SkuStock>((reader, ct) => reader.ReadAsync(Code, ct), _left.Token);
        _error = read.Error;
        if (!read.IsOk) return;
        _stock = read.Value;
        _names = _stock.Rows.ToDictionary(r => r.Warehouse.Id, r => r.Warehouse.Name);
    }

    private async Task ChangedAsync()
    {
        await LoadAsync();
        _changes++;
    }

    private IReadOnlyList<AdjustCard.Choice> Choices => [.. _stock!.Rows.Select(r => new AdjustCard.Choice(r.Warehouse.Code, r.Warehouse.Name, r.Stock.OnHand))];

    private string Address(string? warehouse, string tab) => Navigation.GetUriWithQueryParameters(
        new Dictionary<string, object?> { ["warehouse"] = warehouse, ["tab"] = tab == "movements" ? null : tab });

    private static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
