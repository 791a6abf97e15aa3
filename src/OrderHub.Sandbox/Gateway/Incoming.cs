using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace OrderHub.Sandbox.Gateway;

/// <summary>Reads requests exactly as they came over the wire.</summary>
internal static class Incoming
{
    public static async Task<Dictionary<string, string>> ParametersAsync(HttpRequest request, CancellationToken ct)
    {
        var all = request.Query.ToDictionary(q => q.Key, q => q.Value.ToString(), StringComparer.Ordinal);
        if (!request.HasFormContentType) return all;
        foreach (var (name, value) in await request.ReadFormAsync(ct)) all[name] = value.ToString();
        return all;
    }

    public static async Task<string> BodyAsync(HttpRequest request, CancellationToken ct)
    {
        using var reader = new StreamReader(request.Body, new UTF8Encoding(false));
        return await reader.ReadToEndAsync(ct);
    }

    /// <summary>Null when the text is not one JSON object.</summary>
    public static JsonElement? Object(string? text)
    {
        if (string.IsNullOrWhiteSpace(text)) return null;
        try
        {
            using var document = JsonDocument.Parse(text);
            return document.RootElement.ValueKind == JsonValueKind.Object ? document.RootElement.Clone() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>A property as text whether it was sent as text, number or boolean; null when absent.</summary>
    public static string? Text(this JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) ? Scalar(value) : null;

    public static string? Scalar(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Null or JsonValueKind.Undefined => null,
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        _ => value.GetRawText(),
    };

    public static bool TryInt(string? text, int whenAbsent, out int value)
    {
        value = whenAbsent;
        return string.IsNullOrEmpty(text)
            || int.TryParse(text, System.Globalization.NumberStyles.AllowLeadingSign, System.Globalization.CultureInfo.InvariantCulture, out value);
    }
}
