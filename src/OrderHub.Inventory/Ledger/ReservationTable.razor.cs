using Microsoft.AspNetCore.Components;
using OrderHub.Platform.Actions;
using OrderHub.Platform.Results;

namespace OrderHub.Inventory.Ledger;

/// <summary>The documents behind reserved: who holds pieces now, or who held them and why it ended.</summary>
public sealed partial class ReservationTable
{
    private readonly CancellationTokenSource _left = new();
    private readonly Stack<ReservationLine?> _starts = new([null]);
    private ReservationPage? _page;
    private Error? _error;
    private bool _loading;

    [Inject] private IActionRunner Actions { get; set; } = default!;
    [Parameter, EditorRequired] public int SkuId { get; set; }

    /// <summary>Null = all warehouses.</summary>
    [Parameter, EditorRequired] public int? WarehouseId { get; set; }
    [Parameter, EditorRequired] public bool Ended { get; set; }
    [Parameter, EditorRequired] public IReadOnlyDictionary<int, string> Names { get; set; } = new Dictionary<int, string>();

    public void Dispose() => _left.Cancel();

    protected override Task OnInitializedAsync() => LoadAsync();

    private Task OnAsync()
    {
        _starts.Push(_page!.Lines[^1]);
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
        var read = await Actions.ReadAsync<ReadReservations, ReservationPage>((ledger, ct) => ledger.ReadAsync(new ReservationQuery(SkuId, WarehouseId, Ended, _starts.Peek()), ct), _left.Token);
        (_loading, _error) = (false, read.Error);
        if (read.IsOk) _page = read.Value;
    }
}
