using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OrderHub.Platform.Actions;
using Quartz;

namespace OrderHub.Platform.Jobs;

/// <summary>
/// What the scheduler fires for every job: it finds the job by the name in the job store, so a class may be renamed or moved freely.
/// Never twice at a time per name, on all hosts together.
/// </summary>
[DisallowConcurrentExecution]
internal sealed class ScheduledJob(IEnumerable<JobRegistration> registrations, IServiceScopeFactory scopes, JobRunLog runs, TimeProvider clock, ILogger<ScheduledJob> log) : Quartz.IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken ct)
    {
        var name = context.JobDetail.Key.Name;
        // a host of an older version may be handed a job it does not know yet; the newer host runs it next time
        if (registrations.FirstOrDefault(r => r.Name == name) is { } job) await RunAsync(job, ct);
    }

    internal async Task RunAsync(JobRegistration job, CancellationToken ct)
    {
        using var activity = HubTracing.Source.StartActivity(job.Name);
        var startedAt = clock.GetUtcNow();
        var stopwatch = Stopwatch.StartNew();
        try
        {
            await using var scope = scopes.CreateAsyncScope(); // its CurrentActor is the system
            var report = await ((IJob)scope.ServiceProvider.GetRequiredService(job.JobType)).RunAsync(ct);
            if (report is { Seen: 0, Changed: 0, Refused: 0, Note: null }) return;
            log.LogDebug("{Job} saw {Seen}, changed {Changed}, refused {Refused} in {TookMs} ms", job.Name, report.Seen, report.Changed, report.Refused, stopwatch.ElapsedMilliseconds);
            await runs.WriteAsync(Run(report, null), ct);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            log.LogInformation("{Job} was interrupted by the shutdown", job.Name);
        }
        catch (Exception failure)
        {
            log.LogError(failure, "{Job} failed", job.Name);
            await RecordFailureAsync(Run(new JobReport(0, 0), failure.Message), ct);
        }

        JobRun Run(JobReport report, string? error) => new()
        {
            Job = job.Name, StartedAt = startedAt, TookMs = (int)stopwatch.ElapsedMilliseconds, Seen = report.Seen, Changed = report.Changed,
            Refused = report.Refused, Note = report.Note, Error = error, TraceId = HubTracing.CurrentTraceId,
        };
    }

    /// <summary>When the database is what failed, the log alone must do; the schedule goes on.</summary>
    private async Task RecordFailureAsync(JobRun run, CancellationToken ct)
    {
        try
        {
            await runs.WriteAsync(run, ct);
        }
        catch (Npgsql.NpgsqlException unreachable)
        {
            log.LogWarning("The failure of {Job} could not be recorded: {Reason}", run.Job, unreachable.Message);
        }
    }
}
