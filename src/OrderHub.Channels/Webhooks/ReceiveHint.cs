using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using OrderHub.Catalog.Contracts;
using OrderHub.Channels.Adapters;
using OrderHub.Channels.Connections;

namespace OrderHub.Channels.Webhooks;

/// <summary><c>POST /oms/v1/webhooks/mall</c>: the event is stored and answered; fetching comes after.</summary>
internal sealed class ReceiveHintHandler(HintBox hints, ShopConnections connections, CheckSignature signature, ILogger<ReceiveHintHandler> log)
{
    private sealed record Heard(string Id, string Event, string Shop, string Subject);

    public static async Task<IResult> HandleHttpAsync(HttpContext context, ReceiveHintHandler handler, CancellationToken ct)
    {
        try
        {
            using var request = await SignedRequest.ReadAsync(context, ct);
            return await handler.HandleAsync(request, ct);
        }
        catch (BadHttpRequestException bad)
        {
            return (bad.StatusCode == StatusCodes.Status413PayloadTooLarge ? MallRefusal.TooLarge : MallRefusal.Invalid("请求体不完整")).ToHttp();
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            handler.Log(failure);
            return MallRefusal.ServerError.ToHttp();
        }
    }

    private async Task<IResult> HandleAsync(SignedRequest request, CancellationToken ct)
    {
        var shops = await connections.OfAppAsync(ShopKind.Mall, request.App, ct);
        if (shops.Count == 0) return MallRefusal.SignInvalid.ToHttp();
        if (await signature.RefusalAsync(shops[0], request, ct) is { } refusal) return refusal.ToHttp();
        if (Read(request.Call.Body) is not { } hint) return MallRefusal.Invalid("事件应有 id、event 和 data").ToHttp();
        await hints.KeepAsync([new(ShopOf(shops, hint).ShopId, hint.Id, hint.Event, hint.Subject)], ct);
        return Results.Json(new { ok = true });
    }

    /// <summary>An app usually has one shop; with several the event names it by our code.</summary>
    private static ShopConnection ShopOf(IReadOnlyList<ShopConnection> shops, Heard hint) =>
        shops.FirstOrDefault(s => s.ShopCode.Equals(hint.Shop, StringComparison.OrdinalIgnoreCase)) ?? shops[0];

    private void Log(Exception failure) => log.LogError(failure, "Mall webhook could not be stored");

    private static Heard? Read(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            var root = json.RootElement;
            if (root.ValueKind != JsonValueKind.Object || Text(root, "id") is not { Length: > 0 and <= 200 } id || Text(root, "event") is not { Length: > 0 and <= 100 } name) return null;
            var data = root.TryGetProperty("data", out var given) && given.ValueKind == JsonValueKind.Object ? given : default;
            var subject = data.ValueKind == JsonValueKind.Object ? Text(data, name.StartsWith("refund.", StringComparison.Ordinal) ? "refund_no" : "order_no") : null;
            return new(id, name, Text(root, "shop") ?? "", subject ?? "");
        }
        catch (Exception malformed) when (malformed is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private static string? Text(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()!.Replace("\0", "", StringComparison.Ordinal) : null;
}
