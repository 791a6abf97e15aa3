using OrderHub.Host.Startup;

namespace OrderHub.Host.Demo;

internal sealed class DemoWorld : IAsyncDisposable
{
    public static Task<DemoWorld> StartAsync(HubSettings settings, IServiceProvider services, CancellationToken ct) => Task.FromResult(new DemoWorld());
    public void PointAtHub(Uri hub) { }
    public IEnumerable<string> Greeting() => [];
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}

internal static class DemoEndpoints
{
    public static void MapDemo(this IEndpointRouteBuilder app, DemoWorld demo) { }
}
