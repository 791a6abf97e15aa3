using Microsoft.Extensions.DependencyInjection;
using OrderHub.Platform.Jobs;
using OrderHub.Platform.Notifications.Senders;
using OrderHub.Platform.Notifications.Sending;
using OrderHub.Platform.Notifications.Settings;

namespace OrderHub.Platform.Notifications;

internal static class NotificationsRegistration
{
    public static IServiceCollection AddNotifications(this IServiceCollection services)
    {
        services.AddDataProtection();
        // A robot's key stands in its URL: no request is ever logged, and no answer leads elsewhere.
        services.AddHttpClient(WeComRobot.ClientName, http => http.Timeout = TimeSpan.FromSeconds(15))
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler { AllowAutoRedirect = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) })
            .RemoveAllLoggers();
        return services
            .AddSingleton<INotifications, NotifyTargets>().AddSingleton<NotificationSecrets>().AddSingleton<SmtpAccounts>()
            .AddSingleton<IMessageSender, SmtpMail>().AddSingleton<IMessageSender, WeComRobot>().AddSingleton<IMessageSender, DingTalkRobot>()
            .AddSingleton<NotificationQueue>().AddSingleton<Letters>().AddSingleton<SendNotifications>()
            .AddHostedService(provider => provider.GetRequiredService<SendNotifications>())
            .AddScoped<INotificationSetup, NotificationSetup>().AddScoped<ManageTargets>().AddScoped<ManageSmtp>().AddScoped<TryTarget>()
            .AddJob<PruneNotifications>("platform.prune-notifications", cron: "0 27 3 * * ?", title: "清理旧的通知记录");
    }
}
