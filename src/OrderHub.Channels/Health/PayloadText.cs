using System.Text.Encodings.Web;
using System.Text.Json;

namespace OrderHub.Channels.Health;

internal static class PayloadText
{
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Laid out for reading; what is no JSON is shown as it came.</summary>
    public static string Indented(string payload)
    {
        try
        {
            using var json = JsonDocument.Parse(payload);
            return JsonSerializer.Serialize(json.RootElement, Readable);
        }
        catch (JsonException)
        {
            return payload;
        }
    }
}
