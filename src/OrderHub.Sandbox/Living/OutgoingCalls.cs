using Microsoft.Extensions.Logging;

namespace OrderHub.Sandbox.Living;

internal enum CallVerdict { Accepted, TryAgain, GiveUp }

/// <summary>A call to the hub. The request is built anew for each try, so that its signature and content are fresh.</summary>
internal sealed record OutgoingCall(string Name, Func<HttpRequestMessage> Request, Func<HttpResponseMessage, string, CallVerdict> Judge,
    IReadOnlyList<TimeSpan> Retries, Action? WhenAccepted = null);

/// <summary>Sends what the outside world has to tell the hub, a few at a time, and tries again by each sender's own schedule.</summary>
internal sealed partial class OutgoingCalls(TimeProvider clock, ILogger<OutgoingCalls> log) : IDisposable
{
    private const int AtOnce = 8;
    private readonly Lock _gate = new();
    private readonly PriorityQueue<(OutgoingCall Call, int Try), DateTimeOffset> _queue = new();
    private readonly SemaphoreSlim _places = new(AtOnce);
    // the hub promises an answer within 5 s
    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(5) };

    public void Send(OutgoingCall call) => Enqueue(call, 0, clock.GetUtcNow());

    public async Task RunAsync(CancellationToken ct)
    {
        var running = new List<Task>();
        while (!ct.IsCancellationRequested)
        {
            running.RemoveAll(t => t.IsCompleted);
            while (_places.CurrentCount > 0 && Next() is { } due)
            {
                await _places.WaitAsync(ct);
                running.Add(TryAsync(due.Call, due.Try, ct));
            }
            await Task.Delay(20, ct);
        }
        await Task.WhenAll(running);
    }

    public void Dispose()
    {
        _http.Dispose();
        _places.Dispose();
    }

    private async Task TryAsync(OutgoingCall call, int attempt, CancellationToken ct)
    {
        try
        {
            switch (await VerdictAsync(call, ct))
            {
                case CallVerdict.Accepted:
                    call.WhenAccepted?.Invoke();
                    break;
                case CallVerdict.TryAgain when attempt < call.Retries.Count:
                    Enqueue(call, attempt + 1, clock.GetUtcNow() + call.Retries[attempt]);
                    break;
                default:
                    LogGivenUp(call.Name, attempt + 1);
                    break;
            }
        }
        finally
        {
            _places.Release();
        }
    }

    private async Task<CallVerdict> VerdictAsync(OutgoingCall call, CancellationToken ct)
    {
        try
        {
            using var request = call.Request();
            using var response = await _http.SendAsync(request, ct);
            var body = await response.Content.ReadAsStringAsync(ct);
            var verdict = call.Judge(response, body);
            if (verdict != CallVerdict.Accepted) LogRefused(call.Name, (int)response.StatusCode, body.Length > 300 ? body[..300] : body);
            return verdict;
        }
        catch (Exception failure) when (failure is HttpRequestException || (failure is TaskCanceledException && !ct.IsCancellationRequested))
        {
            LogUnreachable(call.Name, failure.Message);
            return CallVerdict.TryAgain;
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            LogFault(fault, call.Name);
            return CallVerdict.GiveUp;
        }
    }

    private (OutgoingCall Call, int Try)? Next()
    {
        lock (_gate)
        {
            return _queue.TryPeek(out _, out var at) && at <= clock.GetUtcNow() ? _queue.Dequeue() : null;
        }
    }

    private void Enqueue(OutgoingCall call, int attempt, DateTimeOffset at)
    {
        lock (_gate) _queue.Enqueue((call, attempt), at);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Sandbox call {Name} failed inside the sandbox")]
    private partial void LogFault(Exception fault, string name);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Sandbox call {Name} given up after {Tries} tries")]
    private partial void LogGivenUp(string name, int tries);

    [LoggerMessage(Level = LogLevel.Information, Message = "Sandbox call {Name} refused with {Status}: {Body}")]
    private partial void LogRefused(string name, int status, string body);

    [LoggerMessage(Level = LogLevel.Information, Message = "Sandbox call {Name} not answered: {Reason}")]
    private partial void LogUnreachable(string name, string reason);
}
