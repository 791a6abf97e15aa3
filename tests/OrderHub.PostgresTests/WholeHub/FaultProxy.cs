using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace OrderHub.PostgresTests.WholeHub;

/// <summary>Stands between the hub and the platforms and spoils what passes: silence, broken connections, half answers, shuffled and repeated rows, storms of 429, wrong clocks.</summary>
internal sealed class FaultProxy : IAsyncDisposable
{
    /// <summary>Names of the arrays that are pages of a list; lines inside an order are left as they are.</summary>
    private static readonly HashSet<string> Pages = ["trade", "orderInfoList", "order_sn_list", "shop_order_list", "items", "refund", "refund_list", "orderList", "refundOrderInfoList", "order_id_list", "after_sale_order_id_list"];

    private static readonly HashSet<string> HopByHop = new(StringComparer.OrdinalIgnoreCase) { "Transfer-Encoding", "Connection", "Keep-Alive", "Date", "Server", "Content-Length" };
    private readonly WebApplication _web;
    private readonly HttpClient _platform;
    private readonly Random _random;
    private readonly ConcurrentDictionary<string, DateTimeOffset> _storms = new();
    private long _passed;

    private FaultProxy(WebApplication web, HttpClient platform, Random random) => (_web, _platform, _random) = (web, platform, random);

    public Uri Address => new(_web.Urls.First());
    public bool Quiet { get; set; }
    public long Passed => Interlocked.Read(ref _passed);
    public ConcurrentDictionary<string, int> Spoiled { get; } = new();

    public static async Task<FaultProxy> StartAsync(Uri platforms, int seed)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var web = builder.Build();
        web.Urls.Add("http://127.0.0.1:0");
        var proxy = new FaultProxy(web, new(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = platforms, Timeout = TimeSpan.FromSeconds(30) }, new(seed));
        web.Run(proxy.PassAsync);
        await web.StartAsync();
        return proxy;
    }

    public async ValueTask DisposeAsync()
    {
        await _web.DisposeAsync();
        _platform.Dispose();
    }

    private async Task PassAsync(HttpContext context)
    {
        Interlocked.Increment(ref _passed);
        if (Storm(context.Request.Path.Value!.Split('/')[1]) && Hit("429", 1))
        {
            context.Response.StatusCode = StatusCodes.Status429TooManyRequests;
            context.Response.Headers.RetryAfter = "1";
            return;
        }
        if (Hit("silence", 0.0005))
        {
            await Task.Delay(TimeSpan.FromSeconds(11), context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            context.Abort();
            return;
        }
        if (Hit("reset before", 0.01))
        {
            context.Abort();
            return;
        }
        var (status, headers, body) = await ForwardAsync(context);
        if (Hit("reset after", 0.01)) // the platform did it, and we never hear of it
        {
            context.Abort();
            return;
        }
        if (Hit("500", 0.01)) status = StatusCodes.Status502BadGateway;
        if (Hit("shuffled", 0.1)) body = Shuffled(body);
        context.Response.StatusCode = status;
        foreach (var (name, value) in headers) context.Response.Headers[name] = value;
        context.Response.Headers.Date = DateTimeOffset.UnixEpoch.AddSeconds(Roll() * 4e9).ToString("R", CultureInfo.InvariantCulture);
        if (Hit("half a text", 0.01)) body = body[..(body.Length / 2)];
        context.Response.ContentLength = body.Length;
        if (body.Length > 1 && Hit("half an answer", 0.01))
        {
            await context.Response.Body.WriteAsync(body.AsMemory(0, body.Length / 2));
            await context.Response.Body.FlushAsync();
            context.Abort();
            return;
        }
        await context.Response.Body.WriteAsync(body);
    }

    private async Task<(int Status, List<(string, string)> Headers, byte[] Body)> ForwardAsync(HttpContext context)
    {
        using var request = new HttpRequestMessage(new HttpMethod(context.Request.Method), context.Request.Path.ToUriComponent() + context.Request.QueryString.ToUriComponent());
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        if (body.Length > 0)
        {
            request.Content = new ByteArrayContent(body.ToArray());
            request.Content.Headers.TryAddWithoutValidation("Content-Type", context.Request.ContentType);
        }
        foreach (var header in context.Request.Headers.Where(h => !HopByHop.Contains(h.Key) && h.Key is not ("Host" or "Content-Type"))) request.Headers.TryAddWithoutValidation(header.Key, header.Value.ToArray());
        using var answer = await _platform.SendAsync(request);
        var headers = answer.Headers.Concat(answer.Content.Headers).Where(h => !HopByHop.Contains(h.Key)).Select(h => (h.Key, string.Join(", ", h.Value))).ToList();
        return ((int)answer.StatusCode, headers, await answer.Content.ReadAsByteArrayAsync());
    }

    private byte[] Shuffled(byte[] body)
    {
        try
        {
            if (JsonNode.Parse(body) is not { } root) return body;
            Shuffle(root);
            return Encoding.UTF8.GetBytes(root.ToJsonString());
        }
        catch (JsonException)
        {
            return body;
        }
    }

    private void Shuffle(JsonNode node)
    {
        if (node is not JsonObject known) return;
        foreach (var (name, value) in known.ToList())
        {
            if (value is JsonArray { Count: > 1 } page && Pages.Contains(name))
            {
                var rows = page.Select(r => r!.DeepClone()).ToList();
                rows.Add(rows[(int)(Roll() * rows.Count)].DeepClone());
                known[name] = new JsonArray([.. rows.OrderBy(_ => Roll())]);
            }
            else if (value is not null) Shuffle(value);
        }
    }

    private bool Storm(string platform)
    {
        if (Quiet) return false;
        if (_storms.TryGetValue(platform, out var until) && TimeProvider.System.GetUtcNow() < until) return true;
        if (Roll() < 0.002) _storms[platform] = TimeProvider.System.GetUtcNow().AddSeconds(1.5);
        return false;
    }

    private bool Hit(string fault, double chance)
    {
        if (Quiet || (chance < 1 && Roll() >= chance)) return false;
        Spoiled.AddOrUpdate(fault, 1, (_, n) => n + 1);
        return true;
    }

    private double Roll()
    {
        lock (_random) return _random.NextDouble();
    }
}
