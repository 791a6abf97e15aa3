using Microsoft.Extensions.DependencyInjection;
using OrderHub.Platform.Jobs;

namespace OrderHub.Platform.Incidents;

internal static class IncidentsRegistration
{
    public static IServiceCollection AddIncidents(this IServiceCollection services) => services
        .AddSingleton<IIncidents, TrackIncidents>().AddScoped<ReadIncidents>()
        .AddJob<PruneIncidents>("platform.prune-incidents", cron: "0 37 3 * * ?", title: "清理旧的告警");
}
