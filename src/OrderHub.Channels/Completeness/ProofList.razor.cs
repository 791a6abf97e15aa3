using Microsoft.AspNetCore.Components;
using OrderHub.Platform.Actions;
using OrderHub.Platform.Results;

namespace OrderHub.Channels.Completeness;

public sealed partial class ProofList
{
    private readonly CancellationTokenSource _left = new();
    private IReadOnlyList<ProofRow>? _rows;
    private Error? _error;
    private int _seen = -1;
    private bool _busy;

    [Parameter, EditorRequired] public int ShopId { get; set; }

    /// <summary>A new number asks for a fresh read.</summary>
    [Parameter] public int Beat { get; set; }
    [Inject] private IActionRunner Actions { get; set; } = default!;

    protected override async Task OnParametersSetAsync()
    {
        if (_seen == Beat) return;
        _seen = Beat;
        var read = await Actions.ReadAsync<ReadProofsHandler, IReadOnlyList<ProofRow>>((proofs, ct) => proofs.OfShopAsync(ShopId, ct), _left.Token);
        _error = read.Error ?? _error;
        if (read.IsOk) _rows = read.Value;
    }

    public void Dispose() => _left.Cancel();

    private async Task CheckAsync(DateTimeOffset hour)
    {
        if (_busy) return;
        _busy = true;
        _error = (await Actions.RunAsync<ReadProofsHandler>(async (proofs, ct) =>
        {
            await proofs.CheckNowAsync(ShopId, hour, ct);
            return Result.Ok;
        }, _left.Token)).Error;
        _busy = false;
    }
}
