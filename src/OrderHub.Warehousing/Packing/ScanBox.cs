using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace OrderHub.Warehousing.Packing;

/// <summary>The browser's half of a scan box (<c>packing.js</c>): focus, sound, colour, and scans kept until they are answered.</summary>
internal sealed class ScanBox : IAsyncDisposable
{
    private readonly Func<Guid, string, Task<string>> _take;
    private readonly DotNetObjectReference<ScanBox> _self;
    private IJSObjectReference? _module, _box;

    private ScanBox(Func<Guid, string, Task<string>> take) => (_take, _self) = (take, DotNetObjectReference.Create(this));

    /// <param name="place">Scans that wait for a connection are kept under this name.</param>
    /// <param name="take">Answers right, wrong or later.</param>
    public static async Task<ScanBox> StartAsync(IJSRuntime js, ElementReference input, string place, Func<Guid, string, Task<string>> take)
    {
        var scanning = new ScanBox(take);
        scanning._module = await js.InvokeAsync<IJSObjectReference>("import", "./_content/OrderHub.Warehousing/packing.js");
        scanning._box = await scanning._module.InvokeAsync<IJSObjectReference>("start", input, scanning._self, place);
        return scanning;
    }

    [JSInvokable]
    public Task<string> TakeScanAsync(Guid scanId, string code) => _take(scanId, code);

    public async ValueTask DisposeAsync()
    {
        try
        {
            if (_box is not null)
            {
                await _box.InvokeVoidAsync("stop");
                await _box.DisposeAsync();
            }
            if (_module is not null) await _module.DisposeAsync();
        }
        catch (JSDisconnectedException)
        {
            // the browser is gone and its half with it
        }
        _self.Dispose();
    }
}
