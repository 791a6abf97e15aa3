using Microsoft.Extensions.DependencyInjection;

namespace OrderHub.Platform.Jobs;

public static class JobRegistrations
{
    /// <param name="name">Stable: it is the key in the job store.</param>
    /// <param name="title">What it does, as the jobs page says it: Chinese, a localizer key.</param>
    public static IServiceCollection AddJob<TJob>(this IServiceCollection services, string name, TimeSpan every, string? title = null) where TJob : class, IJob =>
        services.AddScoped<TJob>().AddSingleton(new Jobs.JobRegistration(name, typeof(TJob), every, null, title));

    /// <param name="cron">Quartz cron expression, evaluated in Asia/Shanghai.</param>
    public static IServiceCollection AddJob<TJob>(this IServiceCollection services, string name, string cron, string? title = null) where TJob : class, IJob =>
        services.AddScoped<TJob>().AddSingleton(new Jobs.JobRegistration(name, typeof(TJob), null, cron, title));
}
