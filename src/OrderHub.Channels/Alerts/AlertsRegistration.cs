using Microsoft.Extensions.DependencyInjection;
using OrderHub.Channels.Alerts.Conditions;
using OrderHub.Platform.Jobs;

namespace OrderHub.Channels.Alerts;

internal static class AlertsRegistration
{
    /// <summary>A new thing to be warned of is a class with <see cref="IChannelCondition"/> and a line here.</summary>
    public static IServiceCollection AddChannelAlerts(this IServiceCollection services) => services
        .AddScoped<IChannelCondition, PlatformFailing>()
        .AddScoped<IChannelCondition, QuarantineNotEmpty>()
        .AddScoped<IChannelCondition, DeliveriesStuck>()
        .AddScoped<IChannelCondition, TokenEnding>()
        .AddScoped<IChannelCondition, TokenExpired>()
        .AddScoped<ManageOwners>()
        .AddJob<PatrolShopsJob>("channels.patrol", every: TimeSpan.FromSeconds(10), title: "巡查店铺通道并告警");
}
