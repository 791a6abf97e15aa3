using Microsoft.Extensions.DependencyInjection;

namespace OrderHub.Platform.Jobs;

public static class JobRegistrations
{
    /// <param name="name">Stable: it is the key in the job store.</param>
    public static IServiceCollection AddJob<TJob>(this IServiceCollection services, string name, TimeSpan every) where TJob : class, IJob =>
        services.AddScoped<TJob>().AddSingleton(new Jobs.JobRegistration(name, typeof(TJob), every, null));

    /// <param name="cron">Quartz cron expression, evaluated in Asia/Shanghai.</param>
    public static IServiceCollection AddJob<TJob>(this IServiceCollection services, string name, string cron) where TJob : class, IJob =>
        services.AddScoped<TJob>().AddSingleton(new Jobs.JobRegistration(name, typeof(TJob), null, cron));
}
