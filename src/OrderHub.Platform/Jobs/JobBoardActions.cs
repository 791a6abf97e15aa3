using OrderHub.Platform.Actions;
using OrderHub.Platform.Audit;
using OrderHub.Platform.Data;
using OrderHub.Platform.Results;
using Quartz;

namespace OrderHub.Platform.Jobs;

/// <param name="Rhythm">Every so often, or a cron expression.</param>
internal sealed record JobRow(string Name, string? Title, string Rhythm, DateTimeOffset? NextAt, DateTimeOffset? LastFiredAt, bool Paused, LastJobRun? LastRun);

internal sealed record LastJobRun(DateTimeOffset StartedAt, int TookMs, int Seen, int Changed, int Refused, string? Note, string? Error, string TraceId);

/// <summary>What the jobs page reads and does; each act is audited.</summary>
internal sealed class JobBoardActions(ISchedulerFactory schedulers, IEnumerable<JobRegistration> registrations, JobRunLog runs, HubDatabase database, AuditTrail audit, CurrentActor current)
{
    public async Task<IReadOnlyList<JobRow>> ListAsync(CancellationToken ct)
    {
        var scheduler = await schedulers.GetScheduler(ct);
        var jobs = registrations.OrderBy(r => r.Name, StringComparer.Ordinal).ToList();
        var last = (await runs.LastAsync([.. jobs.Select(j => j.Name)], ct)).ToDictionary(r => r.Job);
        var rows = new List<JobRow>(jobs.Count);
        foreach (var job in jobs)
        {
            var trigger = await scheduler.GetTrigger(new TriggerKey(job.Name), ct);
            var paused = trigger is not null && await scheduler.GetTriggerState(trigger.Key, ct) == TriggerState.Paused;
            rows.Add(new JobRow(job.Name, job.Title, JobSchedule.Rhythm(job), trigger?.NextFireTimeUtc, trigger?.PreviousFireTimeUtc, paused,
                last.TryGetValue(job.Name, out var run) ? new(run.StartedAt, run.TookMs, run.Seen, run.Changed, run.Refused, run.Note, run.Error, run.TraceId) : null));
        }
        return rows;
    }

    public Task<Result> TriggerAsync(string name, CancellationToken ct) => ActAsync(name, "platform.job_triggered", async s => await s.TriggerJob(new JobKey(name), ct), ct);
    public Task<Result> PauseAsync(string name, CancellationToken ct) => ActAsync(name, "platform.job_paused", async s => await s.PauseJob(new JobKey(name), ct), ct);
    public Task<Result> ResumeAsync(string name, CancellationToken ct) => ActAsync(name, "platform.job_resumed", async s => await s.ResumeJob(new JobKey(name), ct), ct);

    private async Task<Result> ActAsync(string name, string action, Func<IScheduler, Task> act, CancellationToken ct)
    {
        if (registrations.All(r => r.Name != name)) return new Error("platform.job_unknown", "没有任务 {0}。", ErrorKind.NotFound, name);
        await act(await schedulers.GetScheduler(ct));
        await database.RunAsync(tx => audit.WriteAsync(tx, current.Actor, action, name, null, null, null, ct), ct);
        return Result.Ok;
    }
}
