using Microsoft.Extensions.DependencyInjection;

namespace OrderHub.Platform.Incidents;

internal static class IncidentsRegistration
{
    public static IServiceCollection AddIncidents(this IServiceCollection services) => services
        .AddSingleton<IIncidents, TrackIncidents>().AddScoped<ReadIncidents>();
}
