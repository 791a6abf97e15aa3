using System.Globalization;
using Microsoft.AspNetCore.Components;
using OrderHub.Channels.Adapters;
using OrderHub.Platform.Actions;
using OrderHub.Platform.Results;
using OrderHub.Platform.Units;

namespace OrderHub.Channels.Connections;

public sealed partial class ConnectPage
{
    private const string LocalMinute = "yyyy-MM-dd'T'HH:mm";
    private readonly CancellationTokenSource _left = new();
    private SaveConnection? _form;
    private Error? _error;
    private bool _busy, _loaded, _testing, _works;

    [Parameter] public string? ShopCode { get; set; }
    [Inject] private IActionRunner Actions { get; set; } = default!;
    [Inject] private NavigationManager Navigation { get; set; } = default!;

    private bool IsNew => ShopCode is null;
    private string? Kept => IsNew ? null : L["留空沿用"];
    private bool RenewsByItself => PlatformTable.Of(_form!.Kind).RenewsWith is not null;
    private string ExpiryText => _form!.TokenExpiresAt is { } at ? ShopTime.ToLocal(at).ToString(LocalMinute, CultureInfo.InvariantCulture) : "";

    protected override async Task OnParametersSetAsync()
    {
        if (IsNew)
        {
            _form ??= new();
            return;
        }
        var read = await Actions.ReadAsync<SaveConnectionHandler, SaveConnection?>((handler, ct) => handler.FindAsync(ShopCode!, ct), _left.Token);
        (_error, _loaded) = (read.Error, true);
        if (read.IsOk) _form = read.Value;
    }

    public void Dispose() => _left.Cancel();

    private void TakeExpiry(ChangeEventArgs change) => _form!.TokenExpiresAt =
        DateTime.TryParseExact(change.Value as string, LocalMinute, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local) ? new DateTimeOffset(local, ShopTime.Offset).ToUniversalTime() : null;

    private void TakeInterval(ChangeEventArgs change)
    {
        if (int.TryParse(change.Value as string, CultureInfo.InvariantCulture, out var seconds)) _form!.PullEvery = TimeSpan.FromSeconds(seconds);
    }

    private async Task TestAsync()
    {
        if (_testing) return;
        (_testing, _works, _error) = (true, false, null);
        _error = (await Actions.RunAsync<TestConnectionHandler>((handler, ct) => handler.HandleAsync(_form!, ct), _left.Token)).Error;
        (_testing, _works) = (false, _error is null);
    }

    private async Task SaveAsync()
    {
        if (_busy) return;
        (_busy, _works, _error) = (true, false, null);
        _error = (await Actions.RunAsync<SaveConnectionHandler>((handler, ct) => handler.HandleAsync(_form!, ct), _left.Token)).Error;
        _busy = false;
        if (_error is null) Navigation.NavigateTo($"/channels/{_form!.ShopCode}");
    }
}
