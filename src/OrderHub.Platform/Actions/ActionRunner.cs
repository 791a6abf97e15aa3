using System.Diagnostics;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OrderHub.Platform.Accounts;
using OrderHub.Platform.Results;

namespace OrderHub.Platform.Actions;

/// <summary>
/// How pages act and read: a fresh scope per action, the signed-in person as <see cref="CurrentActor"/>, and an outage turned into a
/// message with a trace id instead of an exception's text.
/// </summary>
public interface IActionRunner
{
    Task<Result> RunAsync<THandler>(Func<THandler, CancellationToken, Task<Result>> action, CancellationToken ct = default) where THandler : notnull;
    Task<Result<T>> RunAsync<THandler, T>(Func<THandler, CancellationToken, Task<Result<T>>> action, CancellationToken ct = default) where THandler : notnull;
    Task<Result<T>> ReadAsync<THandler, T>(Func<THandler, CancellationToken, Task<T>> read, CancellationToken ct = default) where THandler : notnull;
}

/// <summary>Who acts in this scope. Set by the action runner (pages), the API-key handler (endpoints) or the job (system).</summary>
public sealed class CurrentActor
{
    public Actor Actor { get; set; } = Actor.System;

    /// <summary>The warehouse the person is bound to; null = all.</summary>
    public int? WarehouseId { get; set; }
}

internal sealed class ActionRunner(IServiceScopeFactory scopes, AuthenticationStateProvider authentication, ILogger<ActionRunner> log) : IActionRunner
{
    public async Task<Result> RunAsync<THandler>(Func<THandler, CancellationToken, Task<Result>> action, CancellationToken ct) where THandler : notnull
    {
        var outcome = await InScopeAsync(action, ct);
        return outcome.Error is { } outage ? outage : outcome.Value;
    }

    public async Task<Result<T>> RunAsync<THandler, T>(Func<THandler, CancellationToken, Task<Result<T>>> action, CancellationToken ct) where THandler : notnull
    {
        var outcome = await InScopeAsync(action, ct);
        return outcome.Error is { } outage ? outage : outcome.Value;
    }

    public Task<Result<T>> ReadAsync<THandler, T>(Func<THandler, CancellationToken, Task<T>> read, CancellationToken ct) where THandler : notnull => InScopeAsync(read, ct);

    private async Task<Result<T>> InScopeAsync<THandler, T>(Func<THandler, CancellationToken, Task<T>> work, CancellationToken ct) where THandler : notnull
    {
        using var activity = HubTracing.Source.StartActivity(typeof(THandler).Name);
        try
        {
            var user = (await authentication.GetAuthenticationStateAsync()).User;
            await using var scope = scopes.CreateAsyncScope();
            scope.ServiceProvider.GetRequiredService<CurrentActor>().Take(user);
            return await work(scope.ServiceProvider.GetRequiredService<THandler>(), ct);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            return PlatformErrors.Cancelled;
        }
        catch (Exception failure)
        {
            var trace = Activity.Current?.TraceId.ToString() ?? Guid.NewGuid().ToString("N");
            log.LogError(failure, "{Handler} failed; trace {TraceId}", typeof(THandler).Name, trace);
            return PlatformErrors.Failed(trace);
        }
    }
}

public static class HubTracing
{
    public static readonly ActivitySource Source = new("OrderHub");

    /// <summary>The running trace's id, or an empty text outside any trace. Timelines keep it.</summary>
    public static string CurrentTraceId => Activity.Current?.TraceId.ToString() ?? "";
}

public static class CurrentActorClaims
{
    public const string DisplayName = "display_name", Warehouse = "warehouse";

    public static void Take(this CurrentActor current, System.Security.Claims.ClaimsPrincipal user)
    {
        if (user.Identity?.IsAuthenticated != true) return;
        var id = user.FindFirst(System.Security.Claims.ClaimTypes.NameIdentifier)?.Value;
        current.Actor = new Actor(user.FindFirst(DisplayName)?.Value ?? user.Identity.Name ?? "?", long.TryParse(id, out var userId) ? userId : null);
        current.WarehouseId = int.TryParse(user.FindFirst(Warehouse)?.Value, out var warehouse) ? warehouse : null;
    }
}

internal static class PlatformErrors
{
    public static readonly Error Cancelled = new("platform.cancelled", "已取消，没有任何改动。", ErrorKind.Unavailable);
    public static Error Failed(string trace) => new("platform.failed", "系统暂时无法完成，你的输入还在，请稍后重试。追踪号 {0}", ErrorKind.Unavailable, trace);
}
