using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Threading.RateLimiting;
using OrderHub.Catalog.Contracts;
using OrderHub.Channels.Calls;

namespace OrderHub.Channels.Adapters;

internal sealed record PlatformReply(HttpStatusCode Status, string Body)
{
    public bool IsSuccess => (int)Status is >= 200 and < 300;
}

/// <summary>
/// One HTTP exchange with a platform. Whatever goes wrong below the platform's own envelope becomes a <see cref="PlatformException"/>
/// here; a half or garbled answer is transient, since asking again is harmless.
/// </summary>
internal sealed class PlatformHttp(IHttpClientFactory clients, CallLog calls, TimeProvider clock) : IDisposable
{
    private const string Unreachable = "http.unreachable", TimedOut = "http.timeout";
    private const int Attempts = 4;
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(3);

    /// <summary>No further attempt begins once those before took this long together: three that time out, at most.</summary>
    private static readonly TimeSpan LongestTrying = TimeSpan.FromSeconds(25);
    private static readonly HashSet<string> Mishaps = [Unreachable, TimedOut, "answer.unreadable", "answer.incomplete", "http.500", "http.502", "http.503", "http.504"];
    private readonly ConcurrentDictionary<int, TokenBucketRateLimiter> _budgets = new();

    public static string ClientName(ShopKind kind) => $"channels.{kind.ToString().ToLowerInvariant()}";

    /// <summary>A base address is the root before the documented path; one that already ends in that path is taken as it is.</summary>
    public static Uri Resolve(Uri baseUrl, string documentedPath)
    {
        var root = baseUrl.GetLeftPart(UriPartial.Path).TrimEnd('/');
        return new Uri(root.EndsWith(documentedPath, StringComparison.OrdinalIgnoreCase) ? root : root + documentedPath);
    }

    /// <summary>
    /// A connection that breaks, silence, a gateway's 5xx and half an answer are tried again within moments, so that one mishap among
    /// hundreds of detail calls does not cost the whole pull; a throttle too, where it asks for a short wait. A long throttle is left to the
    /// caller. Repeating is harmless: reads change nothing, stock is absolute, and a repeated shipment counts as done.
    /// </summary>
    /// <param name="method">The platform's name of the call; for the interface log.</param>
    /// <param name="request">Built anew for each attempt, after the wait for the shop's budget: the signature carries a time.</param>
    /// <param name="read">Takes the answer out of its envelope; throws what the envelope says went wrong.</param>
    /// <param name="repeatable">False for the rare call that would count twice: then a broken connection is the caller's to judge.</param>
    public async Task<T> CallAsync<T>(ShopConnection shop, string method, Func<HttpRequestMessage> request, Func<PlatformReply, T> read, CancellationToken ct, bool repeatable = true)
    {
        var tried = TimeSpan.Zero;
        for (var attempt = 1; ; attempt++)
        {
            using var turn = await BudgetOf(shop).AcquireAsync(1, ct);
            var began = clock.GetTimestamp();
            try
            {
                return await CallOnceAsync(shop, method, request, read, ct);
            }
            catch (PlatformException mishap) when (repeatable && attempt < Attempts && WaitAfter(mishap, attempt) is not null)
            {
                tried += clock.GetElapsedTime(began);
                if (tried >= LongestTrying) throw;
                await Task.Delay(WaitAfter(mishap, attempt)!.Value, clock, ct);
            }
        }
    }

    /// <returns>Null: not here. A short wait the platform asks for is kept to, with some spread, so that all who wait do not come at once.</returns>
    private static TimeSpan? WaitAfter(PlatformException mishap, int attempt) => mishap switch
    {
        { IsTransient: true, RetryAfter: { } asked } => asked <= LongestWait ? asked + TimeSpan.FromMilliseconds(Random.Shared.Next(50, 250)) : null,
        _ when Mishaps.Contains(mishap.Code) => TimeSpan.FromMilliseconds(Random.Shared.Next(50, 150) * (1 << attempt)),
        _ => null,
    };

    private async Task<T> CallOnceAsync<T>(ShopConnection shop, string method, Func<HttpRequestMessage> request, Func<PlatformReply, T> read, CancellationToken ct)
    {
        using var message = request();
        using var call = await calls.BeginAsync(shop.ShopId, method, message, clock, ct);
        try
        {
            var reply = await SendAsync(shop, message, ct);
            call.Answered(reply);
            return read(reply);
        }
        catch (PlatformException failure)
        {
            call.Failed(failure);
            throw;
        }
    }

    private async Task<PlatformReply> SendAsync(ShopConnection shop, HttpRequestMessage message, CancellationToken ct)
    {
        try
        {
            using var answer = await clients.CreateClient(ClientName(shop.Kind)).SendAsync(message, HttpCompletionOption.ResponseContentRead, ct);
            var status = answer.StatusCode;
            if ((int)status >= 500 || status is HttpStatusCode.TooManyRequests or HttpStatusCode.RequestTimeout)
                throw new PlatformException($"http.{(int)status}", "平台暂时无法服务", isTransient: true, RetryAfter(answer));
            var bytes = await answer.Content.ReadAsByteArrayAsync(ct);
            return new(status, Encoding.UTF8.GetString(bytes));
        }
        catch (HttpRequestException e)
        {
            throw new PlatformException(Unreachable, "平台连接失败", isTransient: true, inner: e);
        }
        catch (OperationCanceledException e) when (!ct.IsCancellationRequested)
        {
            throw new PlatformException(TimedOut, "平台超时未应答", isTransient: true, inner: e);
        }
    }

    /// <summary>The answer as a JSON object.</summary>
    public static JsonReading Parse(PlatformReply reply)
    {
        try
        {
            var root = new JsonReading(JsonElement.Parse(reply.Body), "");
            if (root.IsObject) return root;
        }
        catch (JsonException e)
        {
            throw Garbled(reply, e);
        }
        throw Garbled(reply);
    }

    /// <summary>An answer that is JSON but lacks what the method promises.</summary>
    public static PlatformException Incomplete(string what) => new("answer.incomplete", $"平台应答不完整:{what}", isTransient: true);

    /// <summary>Reads from an answer's envelope; a missing or misshapen part is an incomplete answer.</summary>
    public static T Read<T>(JsonReading answer, Func<JsonReading, T> read)
    {
        try
        {
            return read(answer);
        }
        catch (UnreadablePayloadException e)
        {
            throw new PlatformException("answer.incomplete", $"平台应答不完整:{e.Message}", isTransient: true, inner: e);
        }
    }

    public void Dispose()
    {
        foreach (var budget in _budgets.Values) budget.Dispose();
    }

    /// <summary>A page of a proxy or of a wrong address is no passing trouble; a broken answer with a good status is.</summary>
    private static PlatformException Garbled(PlatformReply reply, JsonException? inner = null) => reply.IsSuccess
        ? new("answer.unreadable", "平台应答不是 JSON 对象", isTransient: true, inner: inner)
        : new($"http.{(int)reply.Status}", "平台地址不对或拒绝访问", isTransient: false, inner: inner);

    private TimeSpan? RetryAfter(HttpResponseMessage answer) => answer.Headers.RetryAfter switch
    {
        { Delta: { } delta } => delta,
        { Date: { } date } when date > clock.GetUtcNow() => date - clock.GetUtcNow(),
        _ => null,
    };

    private TokenBucketRateLimiter BudgetOf(ShopConnection shop) => _budgets.GetOrAdd(shop.ShopId, _ => Budget(PlatformTable.Of(shop.Kind).CallsPerSecond));

    private static TokenBucketRateLimiter Budget(double perSecond) => new(new()
    {
        TokenLimit = Math.Max(1, (int)(perSecond / 5)),
        TokensPerPeriod = Math.Max(1, (int)(perSecond / 10)),
        ReplenishmentPeriod = TimeSpan.FromMilliseconds(100),
        QueueLimit = int.MaxValue,
        AutoReplenishment = true,
    });
}
