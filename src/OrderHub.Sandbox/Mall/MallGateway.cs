using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using OrderHub.Sandbox.Gateway;

namespace OrderHub.Sandbox.Mall;

/// <summary>The self-built mall: REST with a signature over time, nonce, method, path and body.</summary>
internal sealed class MallGateway(WorldState world)
{
    public static readonly IReadOnlyList<string> Paths =
    [
        "GET /mall/v1/orders", "GET /mall/v1/orders/{order_no}", "POST /mall/v1/orders/{order_no}/shipments", "PUT /mall/v1/orders/{order_no}/memo",
        "PUT /mall/v1/skus/{sku_code}/stock", "GET /mall/v1/skus/{sku_code}/stock",
        "GET /mall/v1/refunds", "GET /mall/v1/refunds/{refund_no}", "POST /mall/v1/refunds/{refund_no}/decision",
    ];

    private static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(300);
    private static readonly TimeSpan NonceMemory = TimeSpan.FromMinutes(10);
    private readonly ConcurrentDictionary<string, DateTimeOffset> _nonces = new();
    private readonly MallOrders _orders = new(world);
    private readonly MallShipments _shipments = new(world);
    private readonly MallStock _stock = new(world);
    private readonly MallRefunds _refunds = new(world);

    public void Map(WebApplication web)
    {
        var mall = web.MapGroup("/mall/mall/v1");
        mall.MapGet("/orders", Checked((request, _) => _orders.List(request.Query)));
        mall.MapGet("/orders/{no}", Checked((request, _) => _orders.Get(No(request))));
        mall.MapPost("/orders/{no}/shipments", Checked((request, body) => _shipments.Ship(No(request), request.Headers["Idempotency-Key"].ToString(), body)));
        mall.MapPut("/orders/{no}/memo", Checked((request, body) => _orders.Note(No(request), body)));
        mall.MapGet("/skus/{no}/stock", Checked((request, _) => _stock.Get(No(request))));
        mall.MapPut("/skus/{no}/stock", Checked((request, body) => _stock.Put(No(request), body)));
        mall.MapGet("/refunds", Checked((request, _) => _refunds.List(request.Query)));
        mall.MapGet("/refunds/{no}", Checked((request, _) => _refunds.Get(No(request))));
        mall.MapPost("/refunds/{no}/decision", Checked((request, body) => _refunds.Decide(No(request), body)));
    }

    private Func<HttpRequest, CancellationToken, Task<IResult>> Checked(Func<HttpRequest, string, MallAnswer> handle) => async (request, ct) =>
    {
        using var bytes = new MemoryStream();
        await request.Body.CopyToAsync(bytes, ct);
        var body = bytes.ToArray();
        var target = request.HttpContext.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        var answer = Refusal(request.Headers, request.Method, target, body) ?? handle(request, System.Text.Encoding.UTF8.GetString(body));
        if (answer.Status == StatusCodes.Status429TooManyRequests) request.HttpContext.Response.Headers.RetryAfter = "1";
        if (answer.Code is not null) answer.Body["request_id"] = Answers.RequestId(world.Clock);
        return Answers.Json(answer.Body, answer.Status);
    };

    internal MallAnswer? Refusal(IHeaderDictionary headers, string method, string target, byte[] body)
    {
        var now = world.Clock.GetUtcNow();
        var (timestamp, nonce) = (headers["X-Oms-Timestamp"].ToString(), headers["X-Oms-Nonce"].ToString());
        if (headers["X-Oms-App"] != SandboxCredentials.Mall.AppKey || nonce.Length == 0) return MallAnswer.Refuse(401, "sign_invalid", "应用或随机数缺失");
        if (!ChinaTime.TryParseUnix(timestamp, out var at) || !at.IsWithin(Tolerance, now)) return MallAnswer.Refuse(401, "timestamp_skew", "时间戳与服务器相差超过300秒");
        var expected = MallSignature.Of(SandboxCredentials.Mall.AppSecret, timestamp, nonce, method, target, body);
        // during a change of secrets a client sends two signatures
        if (!headers["X-Oms-Signature"].ToString().Split(' ').Any(given => Digest.Same(given, expected))) return MallAnswer.Refuse(401, "sign_invalid", "签名无效");
        if (_nonces.Count > 10_000) Forget(now);
        if (!_nonces.TryAdd(nonce, now) && now - _nonces[nonce] < NonceMemory) return MallAnswer.Refuse(401, "nonce_replayed", "随机数已被使用");
        return world.Limiter.Allows("mall") ? null : MallAnswer.Refuse(429, "rate_limited", "请求过于频繁");
    }

    private void Forget(DateTimeOffset now)
    {
        foreach (var (nonce, at) in _nonces)
        {
            if (now - at >= NonceMemory) _nonces.TryRemove(nonce, out _);
        }
    }

    private static string No(HttpRequest request) => (string)request.RouteValues["no"]!;
}

/// <param name="Code">Error code; null for success.</param>
internal sealed record MallAnswer(int Status, JsonObject Body, string? Code = null)
{
    public static MallAnswer Ok(JsonObject body) => new(200, body);

    public static MallAnswer NotFound => Refuse(404, "not_found", "不存在");

    public static MallAnswer Invalid(string message) => Refuse(422, "invalid", message);

    public static MallAnswer Conflict(string message) => Refuse(409, "conflict", message);

    public static MallAnswer Refuse(int status, string code, string message) => new(status, new() { ["code"] = code, ["message"] = message }, code);
}
