using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Quartz;

namespace OrderHub.Platform.Jobs;

/// <summary>
/// Brings the shared job store in line with the registered jobs before the scheduler starts: new ones added, changed intervals taken over,
/// vanished ones removed. What did not change is left alone, so a paused job stays paused over a restart.
/// </summary>
internal sealed class JobSchedule(ISchedulerFactory schedulers, IEnumerable<JobRegistration> registrations, ILogger<JobSchedule> log) : IHostedService
{
    internal static readonly TimeZoneInfo Shanghai = TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai");

    public async Task StartAsync(CancellationToken ct)
    {
        var scheduler = await schedulers.GetScheduler(ct);
        var wanted = registrations.ToList();
        foreach (var job in wanted) await PlaceAsync(scheduler, job, ct);
        var known = wanted.Select(j => new JobKey(j.Name)).ToHashSet();
        var gone = (await scheduler.GetJobKeys(GroupMatcher<JobKey>.AnyGroup(), ct)).Where(k => !known.Contains(k)).ToList();
        if (gone.Count == 0) return;
        await scheduler.DeleteJobs(gone, ct);
        log.LogInformation("Removed jobs that no longer exist: {Jobs}", string.Join(", ", gone.Select(k => k.Name)));
    }

    public Task StopAsync(CancellationToken ct) => Task.CompletedTask;

    private static async Task PlaceAsync(IScheduler scheduler, JobRegistration job, CancellationToken ct)
    {
        var trigger = TriggerOf(job);
        if (await scheduler.GetTrigger(trigger.Key, ct) is { } present)
        {
            if (present.Description == trigger.Description) return;
            await scheduler.RescheduleJob(trigger.Key, trigger, ct);
            return;
        }
        var detail = JobBuilder.Create<ScheduledJob>().WithIdentity(job.Name).StoreDurably().Build();
        await scheduler.ScheduleJobs(new Dictionary<IJobDetail, IReadOnlyCollection<ITrigger>> { [detail] = [trigger] }, new ScheduleJobOptions { Replace = true }, ct);
    }

    /// <summary>The description holds the rhythm in words and tells whether a stored trigger is still the wanted one.</summary>
    private static ITrigger TriggerOf(JobRegistration job)
    {
        var trigger = TriggerBuilder.Create().WithIdentity(job.Name).ForJob(job.Name).WithDescription(Rhythm(job)).StartNow();
        return job.Cron is { } cron
            ? trigger.WithCronSchedule(cron, x => x.InTimeZone(Shanghai).WithMisfireInstruction(CronTriggerMisfireInstruction.FireAndProceed)).Build()
            : trigger.WithSimpleSchedule(x => x.WithInterval(job.Every!.Value).RepeatForever().WithMisfireInstruction(SimpleTriggerMisfireInstruction.FireNow)).Build();
    }

    internal static string Rhythm(JobRegistration job) => job.Cron is { } cron ? "cron " + cron : "every " + job.Every!.Value.ToString("c", null);
}
