using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Quartz;

namespace OrderHub.Platform.Jobs;

public static class SchedulerRegistration
{
    /// <summary>The schema of the job store; it must exist before the scheduler starts, its tables are made by the scheduler.</summary>
    public const string Schema = "quartz";

    /// <summary>Jobs shared by all hosts: each tick fires once, and a dead host's jobs go on elsewhere after some seconds.</summary>
    public static IServiceCollection AddHubScheduler(this IServiceCollection services, string connectionString)
    {
        services.AddQuartz(q =>
        {
            q.ConfigureScheduler(o => o.InstanceName = "orderhub"); // the instance id stays unset: only then it is generated per host
            q.UseDefaultThreadPool(8);
            q.UsePersistentStore(store =>
            {
                store.UsePostgres(WithoutWaiting(connectionString));
                store.ProvisionSchema();
                store.UseClustering(cluster =>
                {
                    cluster.CheckinInterval = TimeSpan.FromSeconds(2);
                    cluster.CheckinMisfireThreshold = TimeSpan.FromSeconds(6);
                });
                store.ConfigureStore(o =>
                {
                    o.TablePrefix = Schema + ".qrtz_";
                    o.MisfireThreshold = TimeSpan.FromSeconds(10);
                });
            });
        });
        services.AddHostedService<JobSchedule>(); // before the scheduler's own service, which starts it
        services.AddQuartzHostedService(o => o.WaitForJobsToComplete = true);
        services.AddSingleton<JobRunLog>().AddScoped<JobBoardActions>();
        services.AddJob<PruneJobRuns>("platform.prune-job-runs", cron: "0 17 3 * * ?", title: "清理旧的任务记录");
        return services;
    }

    /// <summary>The scheduler's bookkeeping need not reach the disk before it goes on: after a crash a tick fires again, and jobs can bear that.</summary>
    private static string WithoutWaiting(string connectionString)
    {
        var builder = new NpgsqlConnectionStringBuilder(connectionString);
        builder.Options = $"{builder.Options} -c synchronous_commit=off".Trim();
        return builder.ConnectionString;
    }
}
