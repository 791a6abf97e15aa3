using Microsoft.AspNetCore.Components;
using OrderHub.Platform.Actions;

namespace OrderHub.Platform.Incidents;

/// <summary>How much is wrong right now, in the frame of every staff page.</summary>
public sealed partial class IncidentBell
{
    private static readonly TimeSpan Refresh = TimeSpan.FromSeconds(10);
    private readonly CancellationTokenSource _left = new();
    private int _open;

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
                var read = await Actions.ReadAsync<ReadIncidents, int>((incidents, ct) => incidents.CountOpenAsync(ct), _left.Token);
                if (!read.IsOk || read.Value == _open) continue; // an outage shows on the page itself; the bell keeps its last figure
                _open = read.Value;
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
