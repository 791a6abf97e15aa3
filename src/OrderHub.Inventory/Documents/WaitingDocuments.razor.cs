using Microsoft.AspNetCore.Components;
using OrderHub.Platform.Actions;

namespace OrderHub.Inventory.Documents;

public sealed partial class WaitingDocuments
{
    private static readonly TimeSpan Refresh = TimeSpan.FromSeconds(15);
    private readonly CancellationTokenSource _left = new();
    private int _waiting;

    [Inject] private IActionRunner Actions { get; set; } = default!;
    [Inject] private TimeProvider Clock { get; set; } = default!;

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender) return;
        using var timer = new PeriodicTimer(Refresh, Clock);
        try
        {
            do
            {
                var read = await Actions.ReadAsync<ListDocuments, int>((documents, ct) => documents.CountWaitingAsync(ct), _left.Token);
                if (!read.IsOk || read.Value == _waiting) continue; // an outage shows on the page itself; the badge keeps its last figure
                _waiting = read.Value;
                StateHasChanged();
            }
            while (await timer.WaitForNextTickAsync(_left.Token));
        }
        catch (OperationCanceledException)
        {
            // the page was left
        }
    }

    public void Dispose() => _left.Cancel();
}
