using OrderHub.Platform;

namespace OrderHub.Host;

/// <summary>The one list of modules: what they register and what they answer over HTTP.</summary>
internal static class Modules
{
    public static IServiceCollection AddModules(this IServiceCollection services) => services
        .AddPlatform();

    public static IEndpointRouteBuilder MapModules(this IEndpointRouteBuilder app) => app;
}
