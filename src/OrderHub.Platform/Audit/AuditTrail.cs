using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OrderHub.Platform.Accounts;
using OrderHub.Platform.Actions;
using OrderHub.Platform.Data;

namespace OrderHub.Platform.Audit;

/// <summary>Who did what to which thing, before and after. Append-only: the database refuses update and delete.</summary>
public sealed class AuditEntry
{
    public long Id { get; init; }
    public DateTimeOffset At { get; init; }
    public string Actor { get; init; } = "";

    /// <summary>Stable code, <c>module.action</c>.</summary>
    public string Action { get; init; } = "";

    /// <summary>What it was done to, as people name it (order number, SKU code, user name).</summary>
    public string Subject { get; init; } = "";
    public string? Reason { get; init; }
    public string? Before { get; init; }
    public string? After { get; init; }
    public string TraceId { get; init; } = "";
}

internal sealed class AuditEntryMapping : IEntityTypeConfiguration<AuditEntry>
{
    public void Configure(EntityTypeBuilder<AuditEntry> entry)
    {
        entry.ToTable("platform_audit");
        entry.Property(x => x.Before).HasColumnType("jsonb");
        entry.Property(x => x.After).HasColumnType("jsonb");
        entry.HasIndex(x => new { x.Subject, x.Id });
    }
}

public sealed class AuditTrail(TimeProvider clock)
{
    /// <summary>Joins the caller's transaction.</summary>
    public Task WriteAsync(HubTransaction tx, Actor actor, string action, string subject, string? reason, object? before, object? after, CancellationToken ct) =>
        tx.ExecuteAsync("""
            insert into platform_audit (at, actor, action, subject, reason, before, after, trace_id)
            values ($1, $2, $3, $4, $5::text, $6::text::jsonb, $7::text::jsonb, $8)
            """, ct, clock.GetUtcNow(), actor.Name, action, subject, reason, Json(before), Json(after), HubTracing.CurrentTraceId);

    private static string? Json(object? value) => value is null ? null : JsonSerializer.Serialize(value, JsonSerializerOptions.Web);
}
