using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using OrderHub.Catalog.Contracts;
using OrderHub.Channels.Adapters;
using OrderHub.Channels.Connections;
using OrderHub.Channels.Contracts;
using OrderHub.Channels.Inbox;
using OrderHub.Orders.Contracts;

namespace OrderHub.Channels.Webhooks;

/// <summary>A self-built mall hands in 1–500 orders, signed over the raw body; answered after commit.</summary>
internal sealed class PushOrdersHandler(ICatalog catalog, ShopConnections connections, CheckSignature signature, PushLine line, ILogger<PushOrdersHandler> log)
{
    public const int MostOrders = 500;

    public static async Task<IResult> HandleHttpAsync(string shopCode, HttpContext context, PushOrdersHandler handler, CancellationToken ct)
    {
        try
        {
            using var request = await SignedRequest.ReadAsync(context, ct);
            return await handler.HandleAsync(shopCode, request, ct);
        }
        catch (BadHttpRequestException bad)
        {
            return (bad.StatusCode == StatusCodes.Status413PayloadTooLarge ? MallRefusal.TooLarge : MallRefusal.Invalid("请求体不完整")).ToHttp();
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            handler.Log(failure, shopCode);
            return MallRefusal.ServerError.ToHttp();
        }
    }

    private async Task<IResult> HandleAsync(string shopCode, SignedRequest request, CancellationToken ct)
    {
        if ((await catalog.CurrentAsync(ct)).ShopByCode(shopCode) is not { Kind: ShopKind.Mall } shop || await connections.FindAsync(shop.Id, ct) is not { } connection)
            return MallRefusal.NotFound($"店铺 {shopCode}").ToHttp();
        if (signature.FaultOf(connection, request) is { } refusal) return refusal.ToHttp();
        if (!TryReadOrders(request.Call.Body, out var documents, out var why)) return MallRefusal.Invalid(why).ToHttp();
        if (await line.TakeAsync(connection.AppKey, request.Call.Nonce!, [.. documents.Select(d => new Arrival(shop, d))], ct) is not { } receipts) return MallRefusal.NonceReplayed.ToHttp();
        return Results.Json(new PushedOrders([.. receipts.Select(ResultOf)]));
    }

    private void Log(Exception failure, string shopCode) => log.LogError(failure, "Push of shop {Shop} failed", shopCode);

    private static PushedOrder ResultOf(DocumentReceipt receipt) => new(receipt.ExternalId.Length > 0 ? receipt.ExternalId : null,
        receipt.Answer?.OrderNo, receipt.Answer?.Outcome.ToString().ToLowerInvariant() ?? "quarantined", receipt.Reason, receipt.Answer?.State.Code());

    private static bool TryReadOrders(ReadOnlyMemory<byte> body, out IReadOnlyList<RawDocument> documents, out string why)
    {
        (documents, why) = ([], "");
        try
        {
            using var json = JsonDocument.Parse(body);
            if (json.RootElement.ValueKind != JsonValueKind.Object || !json.RootElement.TryGetProperty("orders", out var orders) || orders.ValueKind != JsonValueKind.Array)
                why = "请求体应为 {\"orders\":[…]}";
            else if (orders.GetArrayLength() is 0 or > MostOrders)
                why = $"一次 1–{MostOrders} 单，收到 {orders.GetArrayLength()} 单";
            else documents = [.. orders.EnumerateArray().Select(o => new RawDocument(OrderNoOf(o), VersionOf(o), o.GetRawText()))];
        }
        catch (JsonException malformed)
        {
            why = $"不是合法的 JSON：第 {malformed.LineNumber + 1} 行";
        }
        return why.Length == 0;
    }

    /// <summary>Only enough to file the document; the adapter judges whether it can be read.</summary>
    private static string OrderNoOf(JsonElement order)
    {
        if (order.ValueKind != JsonValueKind.Object || !order.TryGetProperty("order_no", out var no)) return "";
        try
        {
            return no.ValueKind == JsonValueKind.String && no.GetString() is { Length: <= 200 } text ? text.Trim() : "";
        }
        catch (InvalidOperationException)
        {
            return ""; // half a surrogate pair: no text at all
        }
    }

    private static long VersionOf(JsonElement order) =>
        order.ValueKind == JsonValueKind.Object && order.TryGetProperty("version", out var version) && version.ValueKind == JsonValueKind.Number && version.TryGetInt64(out var number) ? number : 0;
}
