using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace OrderHub.Sandbox.Gateway;

internal static class Answers
{
    public static readonly JsonSerializerOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static IResult Json(JsonNode body, int status = StatusCodes.Status200OK) =>
        Results.Text(body.ToJsonString(Relaxed), "application/json", System.Text.Encoding.UTF8, status);

    public static JsonArray Array<T>(IEnumerable<T> items, Func<T, JsonNode?> shape) => [.. items.Select(shape)];

    /// <summary>Keeps the asked-for properties, in the object's own order.</summary>
    public static JsonObject Only(JsonObject whole, IReadOnlySet<string> wanted)
    {
        foreach (var name in whole.Select(p => p.Key).Where(name => !wanted.Contains(name)).ToArray()) whole.Remove(name);
        return whole;
    }

    public static string RequestId(TimeProvider clock) =>
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{clock.GetUtcNow().ToUnixTimeMilliseconds():x}{Random.Shared.Next(0x10000):x4}");
}
