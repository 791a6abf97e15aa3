namespace OrderHub.Platform.Jobs;

/// <summary>Scheduled work. Running it twice changes nothing more; one bad item never stops the others.</summary>
public interface IJob
{
    Task<JobReport> RunAsync(CancellationToken ct);
}

/// <summary>What a run did, for the log and the jobs page.</summary>
/// <param name="Seen">Items looked at.</param>
/// <param name="Changed">Items that changed.</param>
/// <param name="Refused">Items set aside; they are shown where their kind is shown.</param>
public sealed record JobReport(int Seen, int Changed, int Refused = 0, string? Note = null);

/// <summary>How often a job runs: an interval, or a Quartz cron expression in Asia/Shanghai.</summary>
/// <param name="Title">What it does, Chinese, a localizer key; without one its name is shown.</param>
public sealed record JobRegistration(string Name, Type JobType, TimeSpan? Every, string? Cron, string? Title = null);
