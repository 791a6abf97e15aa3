using System.Diagnostics;

namespace OrderHub.Host.Web;

/// <summary>One line per request that was slow or failed on our side; paths only, since queries may hold what a person searched for.</summary>
internal sealed class RequestLog(RequestDelegate next, ILogger<RequestLog> log)
{
    private static readonly TimeSpan Slow = TimeSpan.FromSeconds(1);

    public async Task InvokeAsync(HttpContext http)
    {
        var started = Stopwatch.GetTimestamp();
        await next(http);
        var took = Stopwatch.GetElapsedTime(started);
        var failed = http.Response.StatusCode >= 500;
        if (!failed && (took < Slow || http.WebSockets.IsWebSocketRequest || http.Request.Path.StartsWithSegments("/_blazor"))) return;
        log.Log(failed ? LogLevel.Warning : LogLevel.Information, "{Method} {Path} answered {Status} in {TookMs} ms",
            http.Request.Method, http.Request.Path.Value, http.Response.StatusCode, (long)took.TotalMilliseconds);
    }
}
