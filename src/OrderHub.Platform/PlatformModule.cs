using Microsoft.Extensions.DependencyInjection;
using OrderHub.Platform.Actions;
using OrderHub.Platform.Audit;
using OrderHub.Platform.Data;
using OrderHub.Platform.Incidents;
using OrderHub.Platform.Notifications;
using OrderHub.Platform.Outbox;
using OrderHub.Platform.Texts;

namespace OrderHub.Platform;

public static class PlatformModule
{
    public static IServiceCollection AddPlatform(this IServiceCollection services) => services
        .AddModuleAssembly(typeof(PlatformModule).Assembly)
        .AddSingleton(TimeProvider.System)
        .AddSingleton<HubLocalizer>()
        .AddSingleton<OutboxSignal>()
        .AddSingleton<OutboxWriter>()
        .AddSingleton<OutboxBacklog>()
        .AddOptions<OutboxOptions>().BindConfiguration("OrderHub:Outbox").Services
        .AddSingleton<OutboxDispatcher>()
        .AddHostedService(provider => provider.GetRequiredService<OutboxDispatcher>())
        .AddScoped<CurrentActor>()
        .AddScoped<AuditTrail>()
        .AddScoped<IActionRunner, ActionRunner>()
        .AddNotifications()
        .AddIncidents();
}
