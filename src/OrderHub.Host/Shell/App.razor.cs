using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.AspNetCore.Components.Web;
using OrderHub.Host.Web;

namespace OrderHub.Host.Shell;

public sealed partial class App
{
    /// <summary>Not prerendered: what can be seen can be used, and no page loads its data twice. A skeleton stands in until the circuit is up.</summary>
    private static readonly InteractiveServerRenderMode Interactive = new(prerender: false);
    private bool _dark, _interactive;

    [CascadingParameter] private HttpContext Http { get; set; } = default!;

    private IComponentRenderMode? Mode => _interactive ? Interactive : null;

    protected override void OnInitialized() => (_dark, _interactive) = (PageTheme.IsDark(Http), Http.AcceptsInteractiveRouting());
}
