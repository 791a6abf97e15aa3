using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;
using OrderHub.Catalog.Contracts;
using OrderHub.Channels.Adapters;
using OrderHub.Channels.Connections;
using OrderHub.Channels.Douyin;

namespace OrderHub.Channels.Webhooks;

/// <summary>
/// <c>POST /oms/v1/webhooks/douyin</c>: the Douyin shop's message push, a list of notes signed over the raw body. They are stored as hints
/// and answered; the order or paper they name is fetched after. What is answered otherwise than with code 0 comes again.
/// </summary>
internal sealed class ReceiveDouyinMessagesHandler(HintBox hints, ShopConnections connections, ILogger<ReceiveDouyinMessagesHandler> log)
{
    private const string SignHeader = "event-sign";
    private const int MostMessages = 1000;

    private sealed record Note(string Id, string Event, string Subject);

    public static async Task<IResult> HandleHttpAsync(HttpContext context, ReceiveDouyinMessagesHandler handler, CancellationToken ct)
    {
        try
        {
            return await handler.HandleAsync(context.Request.Headers[SignHeader].ToString(), await BodyAsync(context, ct), ct);
        }
        catch (BadHttpRequestException bad)
        {
            return Answer(bad.StatusCode, "request body too large or broken");
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            handler.Log(failure);
            return Answer(StatusCodes.Status500InternalServerError, "try again");
        }
    }

    private async Task<IResult> HandleAsync(string sign, string body, CancellationToken ct)
    {
        // the header with the app's key is not documented well enough to trust: the signature itself says whose app it is
        var shops = (await connections.OfKindAsync(ShopKind.Douyin, ct)).Where(s => DouyinSigning.IsEventSign(sign, s.AppKey, body, s.AppSecret)).ToArray();
        if (shops.Length == 0) return Answer(StatusCodes.Status401Unauthorized, "invalid signature");
        if (Read(body) is not { } notes) return Answer(StatusCodes.Status422UnprocessableEntity, "not a list of messages");
        await StoreAsync(shops, notes, ct);
        return Results.Json(new { code = 0, msg = "success" });
    }

    /// <summary>Shops that share an app all follow the hint; only the one whose order it is finds something.</summary>
    private Task StoreAsync(IReadOnlyList<ShopConnection> shops, IReadOnlyList<Note> notes, CancellationToken ct) =>
        hints.KeepAsync([.. shops.SelectMany(s => notes.Select(n => new News(s.ShopId, n.Id, n.Event, n.Subject)))], ct);

    private void Log(Exception failure) => log.LogError(failure, "Douyin messages could not be stored");

    private static IResult Answer(int status, string why) => Results.Json(new { code = 1, msg = why }, statusCode: status);

    private static async Task<string> BodyAsync(HttpContext context, CancellationToken ct)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit) limit.MaxRequestBodySize = SignedRequest.MaxBodyBytes;
        using var reader = new StreamReader(context.Request.Body);
        return await reader.ReadToEndAsync(ct);
    }

    /// <summary>Null when it is no list of messages.</summary>
    private static List<Note>? Read(string body) => Parse(body) is { Element.ValueKind: JsonValueKind.Array } messages && messages.Element.GetArrayLength() <= MostMessages
        ? [.. messages.Elements().Select(NoteOf).OfType<Note>()] : null;

    /// <summary>
    /// Tags 1xx speak of orders, 2xx of after-sale papers. Other subjects (products, the check of our address) and what can't be read are
    /// left out: sending it again would not make it readable, and the regular pull sees the change anyway.
    /// </summary>
    private static Note? NoteOf(JsonReading message)
    {
        try
        {
            if (message.Text("tag") is not { Length: 3 } tag || message.TextOrNull("msg_id") is not { Length: <= 200 } id || Parse(message.Text("data")) is not { } data) return null;
            return tag[0] switch
            {
                '1' when data.TextOrNull("p_id") is { Length: <= 100 } order => new(id, $"order.{tag}", order),
                '2' when data.TextOrNull("aftersale_id") is { Length: <= 100 } paper => new(id, $"refund.{tag}", paper),
                _ => null,
            };
        }
        catch (Exception unreadable) when (unreadable is UnreadablePayloadException or InvalidOperationException)
        {
            return null;
        }
    }

    private static JsonReading? Parse(string json)
    {
        try
        {
            return new JsonReading(JsonElement.Parse(json), "");
        }
        catch (Exception malformed) when (malformed is JsonException or ArgumentException)
        {
            return null;
        }
    }
}
