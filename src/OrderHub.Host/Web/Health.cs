using Npgsql;
using OrderHub.Host.Startup;
using Quartz;

namespace OrderHub.Host.Web;

/// <summary><c>/healthz</c>: the process answers. <c>/readyz</c>: it can work; else 503 and the part that cannot.</summary>
internal static class Health
{
    public static void MapHealth(this IEndpointRouteBuilder app)
    {
        app.MapGet("/healthz", () => TypedResults.Ok(new { status = "ok" })).AllowAnonymous().WithTags("health").WithSummary("The process answers.");
        app.MapGet("/readyz", ReadyAsync).AllowAnonymous().WithTags("health").WithSummary("Database, migrations and scheduler are ready; otherwise 503 and which part is not.");
    }

    private static async Task<IResult> ReadyAsync(HttpContext http, CancellationToken ct)
    {
        var services = http.RequestServices;
        var parts = new Dictionary<string, string>
        {
            ["database"] = await TellAsync(async () =>
            {
                await using var command = services.GetRequiredService<NpgsqlDataSource>().CreateCommand("select 1");
                await command.ExecuteScalarAsync(ct);
                return null;
            }),
            ["migrations"] = await TellAsync(async () =>
                await SchemaUpdate.PendingAsync(services, ct) is { Count: > 0 } pending ? $"{pending.Count} pending" : null),
            ["scheduler"] = await TellAsync(async () =>
            {
                var scheduler = await services.GetRequiredService<ISchedulerFactory>().GetScheduler(ct);
                var status = await scheduler.GetStatus(ct);
                return status is SchedulerStatus.Running ? null : status.ToString();
            }),
        };
        var ready = parts.Values.All(p => p == "ok");
        return TypedResults.Json(new { status = ready ? "ok" : "unavailable", parts }, statusCode: ready ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
    }

    /// <summary>Kinds of failure, never a message that could hold a connection's secrets.</summary>
    private static async Task<string> TellAsync(Func<Task<string?>> check)
    {
        try
        {
            return await check() ?? "ok";
        }
        catch (Exception e) when (e is NpgsqlException or InvalidOperationException or SchedulerException or TimeoutException)
        {
            return "unreachable";
        }
    }
}
