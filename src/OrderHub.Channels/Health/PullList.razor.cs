using Microsoft.AspNetCore.Components;
using OrderHub.Platform.Actions;
using OrderHub.Platform.Results;

namespace OrderHub.Channels.Health;

public sealed partial class PullList
{
    private readonly CancellationTokenSource _left = new();
    private IReadOnlyList<PullRow>? _rows;
    private Error? _error;
    private int _seen = -1;

    [Parameter, EditorRequired] public int ShopId { get; set; }

    /// <summary>A new number asks for a fresh read.</summary>
    [Parameter] public int Beat { get; set; }
    [Inject] private IActionRunner Actions { get; set; } = default!;

    protected override async Task OnParametersSetAsync()
    {
        if (_seen == Beat) return;
        _seen = Beat;
        var read = await Actions.ReadAsync<ReadShopDetailHandler, IReadOnlyList<PullRow>>((detail, ct) => detail.PullsAsync(ShopId, ct), _left.Token);
        _error = read.Error ?? _error;
        if (read.IsOk) _rows = read.Value;
    }

    public void Dispose() => _left.Cancel();
}
