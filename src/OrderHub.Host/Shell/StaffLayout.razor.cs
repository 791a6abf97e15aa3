using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.AspNetCore.Components.Web;

namespace OrderHub.Host.Shell;

public sealed partial class StaffLayout : IDisposable
{
    private ErrorBoundary? _boundary;
    private bool _menuOpen;

    [Inject] private NavigationManager Navigation { get; set; } = default!;

    public void Dispose() => Navigation.LocationChanged -= Moved;

    protected override void OnInitialized() => Navigation.LocationChanged += Moved;

    private void Recover() => _boundary?.Recover();

    private void Moved(object? sender, LocationChangedEventArgs e)
    {
        _menuOpen = false;
        _boundary?.Recover();
        _ = InvokeAsync(StateHasChanged);
    }
}
