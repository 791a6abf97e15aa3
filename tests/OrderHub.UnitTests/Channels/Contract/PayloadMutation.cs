using System.Text.Json;
using System.Text.Json.Nodes;

namespace OrderHub.UnitTests.Channels.Contract;

/// <summary>Ways in which a payload goes wrong: text cut, doubled or overwritten, values of another kind or size.</summary>
internal static class PayloadMutation
{
    private const string Noise = "{}[]\",:0-9eE.\\u\0\uD83D\uDE00\u2028 ntf张";

    private static readonly string[] OddValues =
    [
        "null", "true", "0", "-1", "1.5", "1e3", "1e400", "9223372036854775807", "-9223372036854775808", "99999999999999999999999999", "\"\"", "\" \"", "\"abc\"", "\"12.345\"", "\"-0.01\"",
        "\"0001-01-01 00:00:00\"", "\"9999-12-31 23:59:59\"", "\"2026-02-30 00:00:00\"", "\"\\u0000\"", "\"@half\"", "[]", "[null]", "[7]", "[[]]", "{}", "{\"a\":1}", "{\"order\":7}", "4000000000000",
    ];

    public static string Damage(string sample, Random random)
    {
        var at = random.Next(sample.Length);
        var c = Noise[random.Next(Noise.Length)];
        return random.Next(5) switch
        {
            0 => sample[..at],
            1 => sample.Remove(at, Math.Min(random.Next(1, 20), sample.Length - at)),
            2 => sample.Insert(at, c.ToString()),
            3 => sample[..at] + c + sample[(at + 1)..],
            _ => sample.Insert(at, sample.Substring(at, Math.Min(random.Next(1, 40), sample.Length - at))),
        };
    }

    public static void Oddify(JsonNode node, Random random)
    {
        while (true)
        {
            switch (node)
            {
                case JsonObject { Count: > 0 } members:
                    var name = members.ElementAt(random.Next(members.Count)).Key;
                    if (members[name] is JsonObject or JsonArray && random.Next(3) > 0)
                    {
                        node = members[name]!;
                        continue;
                    }
                    if (random.Next(6) == 0) members.Remove(name);
                    else members[name] = Odd(random);
                    return;
                case JsonArray { Count: > 0 } items:
                    var index = random.Next(items.Count);
                    if (items[index] is JsonObject or JsonArray && random.Next(4) > 0)
                    {
                        node = items[index]!;
                        continue;
                    }
                    items[index] = Odd(random);
                    return;
                default:
                    return;
            }
        }
    }

    /// <summary>Half a surrogate pair can't be built as a node, only written as text.</summary>
    public static string Text(JsonNode root) => root.ToJsonString().Replace("@half", "\\ud800", StringComparison.Ordinal);

    private static JsonNode? Odd(Random random) => JsonSerializer.Deserialize<JsonNode?>(OddValues[random.Next(OddValues.Length)]);
}
