using Microsoft.AspNetCore.Components;
using OrderHub.Platform.Actions;
using OrderHub.Platform.Results;

namespace OrderHub.Inventory.Ledger;

/// <summary>The documents behind the counters, newest first.</summary>
public sealed partial class MovementTable
{
    private readonly CancellationTokenSource _left = new();
    private readonly Stack<long?> _starts = new([null]);
    private MovementPage? _page;
    private Error? _error;
    private bool _loading;

    [Inject] private IActionRunner Actions { get; set; } = default!;
    [Parameter, EditorRequired] public int SkuId { get; set; }

    /// <summary>Null = all warehouses.</summary>
    [Parameter, EditorRequired] public int? WarehouseId { get; set; }
    [Parameter, EditorRequired] public IReadOnlyDictionary<int, string> Names { get; set; } = new Dictionary<int, string>();

    public void Dispose() => _left.Cancel();

    protected override Task OnInitializedAsync() => LoadAsync();

    private Task OnAsync()
    {
        _starts.Push(_page!.Lines[^1].Id);
        return LoadAsync();
    }

    private Task BackAsync()
    {
        _starts.Pop();
        return LoadAsync();
    }

    private async Task LoadAsync()
    {
        _loading = true;
        var read = await Actions.ReadAsync<ReadMovements, MovementPage>((ledger, ct) => ledger.ReadAsync(new MovementQuery(SkuId, WarehouseId, _starts.Peek()), ct), _left.Token);
        (_loading, _error) = (false, read.Error);
        if (read.IsOk) _page = read.Value;
    }
}
