using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OrderHub.Platform.Data;

namespace OrderHub.Platform.Jobs;

/// <summary>One run that did or failed something. Idle runs of second-by-second jobs leave no row.</summary>
internal sealed class JobRun
{
    public long Id { get; init; }
    public string Job { get; init; } = "";
    public DateTimeOffset StartedAt { get; init; }
    public int TookMs { get; init; }
    public int Seen { get; init; }
    public int Changed { get; init; }
    public int Refused { get; init; }
    public string? Note { get; init; }
    public string? Error { get; init; }
    public string TraceId { get; init; } = "";
}

internal sealed class JobRunMapping : IEntityTypeConfiguration<JobRun>
{
    public void Configure(EntityTypeBuilder<JobRun> run)
    {
        run.ToTable("platform_job_runs");
        run.HasIndex(x => new { x.Job, x.Id });
        run.HasIndex(x => x.StartedAt);
    }
}

internal sealed class JobRunLog(HubDatabase database)
{
    public async Task WriteAsync(JobRun run, CancellationToken ct)
    {
        await using var command = database.Source.CreateCommand("""
            insert into platform_job_runs (job, started_at, took_ms, seen, changed, refused, note, error, trace_id)
            values ($1, $2, $3, $4, $5, $6, $7::text, $8::text, $9)
            """);
        foreach (object? value in new object?[] { run.Job, run.StartedAt, run.TookMs, run.Seen, run.Changed, run.Refused, run.Note, run.Error, run.TraceId })
            command.Parameters.Add(HubTransaction.Parameter(value));
        await command.ExecuteNonQueryAsync(ct);
    }

    /// <summary>The newest recorded run of each job.</summary>
    public Task<List<JobRun>> LastAsync(IReadOnlyCollection<string> jobs, CancellationToken ct) => database.QueryAsync("""
        select r.id, r.job, r.started_at, r.took_ms, r.seen, r.changed, r.refused, r.note, r.error, r.trace_id
          from unnest($1::text[]) as j(name)
         cross join lateral (select * from platform_job_runs where job = j.name order by id desc limit 1) r
        """, r => new JobRun
    {
        Id = r.GetInt64(0), Job = r.GetString(1), StartedAt = r.GetFieldValue<DateTimeOffset>(2), TookMs = r.GetInt32(3), Seen = r.GetInt32(4),
        Changed = r.GetInt32(5), Refused = r.GetInt32(6), Note = r.Text(7), Error = r.Text(8), TraceId = r.GetString(9),
    }, ct, (object)jobs.ToArray());
}

/// <summary>Forgets runs after 30 days.</summary>
internal sealed class PruneJobRuns(HubDatabase database, TimeProvider clock) : IJob
{
    private static readonly TimeSpan Kept = TimeSpan.FromDays(30);

    public async Task<JobReport> RunAsync(CancellationToken ct)
    {
        var gone = await database.RunAsync(tx => tx.ExecuteAsync("delete from platform_job_runs where started_at < $1", ct, clock.GetUtcNow() - Kept), ct);
        return new JobReport(gone, gone);
    }
}
