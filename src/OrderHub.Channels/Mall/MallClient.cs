using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using OrderHub.Channels.Adapters;

namespace OrderHub.Channels.Mall;

internal sealed class MallClient(PlatformHttp http, TimeProvider clock)
{
    public const string Conflict = "conflict";
    public const string NotFound = "not_found";

    public Task<JsonReading> GetAsync(ShopConnection shop, string path, CancellationToken ct) => CallAsync(shop, HttpMethod.Get, path, null, null, ct);

    public Task<JsonReading> PostAsync(ShopConnection shop, string path, object body, string idempotencyKey, CancellationToken ct, bool repeatable = true) =>
        CallAsync(shop, HttpMethod.Post, path, body, idempotencyKey, ct, repeatable);

    public Task<JsonReading> PutAsync(ShopConnection shop, string path, object body, CancellationToken ct) => CallAsync(shop, HttpMethod.Put, path, body, null, ct);

    /// <param name="path">Below <c>/mall/v1</c>, percent-encoded, with its query.</param>
    private Task<JsonReading> CallAsync(ShopConnection shop, HttpMethod method, string path, object? body, string? idempotencyKey, CancellationToken ct, bool repeatable = true)
    {
        var bytes = body is null ? [] : JsonSerializer.SerializeToUtf8Bytes(body);
        return http.CallAsync(shop, $"{method} {path.Split('?')[0]}", () => Request(shop, method, path, bytes, idempotencyKey), reply =>
        {
            // 204 and an empty 200 are good answers to a command
            if (reply.IsSuccess && reply.Body.Length == 0 && method != HttpMethod.Get) return new(JsonElement.Parse("{}"), "");
            if (reply.IsSuccess) return PlatformHttp.Parse(reply);
            throw Refusal(reply);
        }, ct, repeatable);
    }

    private static PlatformException Refusal(PlatformReply reply)
    {
        var error = PlatformHttp.Parse(reply);
        return PlatformHttp.Read(error, e =>
        {
            // a mall that answers without a code still says what it means by its status
            var code = e.TextOrNull("code") ?? reply.Status switch
            {
                HttpStatusCode.NotFound => NotFound,
                HttpStatusCode.Conflict => Conflict,
                _ => $"http.{(int)reply.Status}",
            };
            return new PlatformException(code, e.Text("message"), isTransient: code is "rate_limited" or "server_error");
        });
    }

    private HttpRequestMessage Request(ShopConnection shop, HttpMethod method, string path, byte[] body, string? idempotencyKey)
    {
        var request = new HttpRequestMessage(method, PlatformHttp.Resolve(shop.BaseUrl, "/mall/v1") + path);
        var timestamp = clock.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var nonce = Guid.NewGuid().ToString("N");
        request.Headers.Add(MallSignature.AppHeader, shop.AppKey);
        request.Headers.Add(MallSignature.TimestampHeader, timestamp);
        request.Headers.Add(MallSignature.NonceHeader, nonce);
        request.Headers.TryAddWithoutValidation(MallSignature.SignatureHeader,
            MallSignature.Header(MallSignature.Text(timestamp, nonce, method.Method, request.RequestUri!.PathAndQuery, body), shop.AppSecret));
        if (idempotencyKey is not null) request.Headers.Add("Idempotency-Key", idempotencyKey);
        if (body.Length > 0)
        {
            request.Content = new ByteArrayContent(body);
            request.Content.Headers.ContentType = new("application/json", Encoding.UTF8.WebName);
        }
        return request;
    }
}
