using System.Text.Json;
using System.Text.Json.Nodes;
using OrderHub.AfterSales.Contracts;
using OrderHub.Channels.Adapters;
using OrderHub.Channels.Douyin;
using OrderHub.Channels.Jd;
using OrderHub.Channels.Mall;
using OrderHub.Channels.Pinduoduo;
using OrderHub.Channels.Taobao;
using OrderHub.Orders.Contracts;

namespace OrderHub.UnitTests.Channels;

/// <summary>Whatever a platform sends, mapping either succeeds or says in words why not; nothing else ever comes out.</summary>
public sealed class BrokenPayloadTests
{
    private const int Cases = 2000;

    public static TheoryData<string> Kinds => [.. Mappings.Keys];

    private static readonly Dictionary<string, (string Sample, Func<string, object> Map)> Mappings = new()
    {
        ["taobao order"] = (SamplePayloads.TaobaoTrade, json => TaobaoOrders.Map(1, json)),
        ["taobao refund"] = (SamplePayloads.TaobaoRefund, json => TaobaoRefunds.Map(1, json)),
        ["jd order"] = (SamplePayloads.JdOrder, json => JdOrders.Map(1, json)),
        ["jd cancellation"] = (SamplePayloads.JdCancellation, json => JdRefunds.Map(1, json)),
        ["jd after-sale"] = (SamplePayloads.JdAfterSale, json => JdRefunds.Map(1, json)),
        ["pinduoduo order"] = (SamplePayloads.PinduoduoOrder, json => PinduoduoOrders.Map(1, json)),
        ["pinduoduo refund"] = (SamplePayloads.PinduoduoRefund, json => PinduoduoRefunds.Map(1, json)),
        ["douyin order"] = (SamplePayloads.DouyinOrder, json => DouyinOrders.Map(1, json)),
        ["douyin refund"] = (SamplePayloads.DouyinRefund, json => DouyinRefunds.Map(1, json)),
        ["mall order"] = (SamplePayloads.MallOrder, json => MallOrders.Map(1, json)),
        ["mall refund"] = (SamplePayloads.MallRefund, json => MallRefunds.Map(1, json)),
    };

    [Theory, MemberData(nameof(Kinds))]
    public void A_payload_with_damaged_text_is_read_or_refused_in_words(string kind)
    {
        var random = new Random(20261111);
        var sample = Mappings[kind].Sample;
        for (var i = 0; i < Cases; i++) ReadOrRefuse(kind, Damage(sample, random));
    }

    [Theory, MemberData(nameof(Kinds))]
    public void A_payload_with_odd_values_is_read_or_refused_in_words(string kind)
    {
        var random = new Random(20261112);
        var sample = Mappings[kind].Sample;
        var read = 0;
        for (var i = 0; i < Cases; i++)
        {
            var root = JsonNode.Parse(sample)!;
            for (var changes = random.Next(1, 4); changes > 0; changes--) Oddify(root, random);
            // half a surrogate pair can't be built as a node, only written as text
            if (ReadOrRefuse(kind, root.ToJsonString().Replace("@half", "\\ud800", StringComparison.Ordinal))) read++;
        }
        read.ShouldBeInRange(1, Cases - 1);
    }

    [Theory, MemberData(nameof(Kinds))]
    public void The_sample_itself_is_read(string kind) => ReadOrRefuse(kind, Mappings[kind].Sample).ShouldBeTrue();

    [Theory, InlineData(""), InlineData("null"), InlineData("[]"), InlineData("7"), InlineData("{"), InlineData("{}"), InlineData("\"text\""), InlineData("{\"tid\":{}}")]
    public void What_is_no_order_at_all_is_refused(string json)
    {
        foreach (var kind in Mappings.Keys) ReadOrRefuse(kind, json).ShouldBeFalse();
    }

    private static bool ReadOrRefuse(string kind, string json)
    {
        try
        {
            var mapped = Mappings[kind].Map(json);
            (mapped is IncomingOrder { PlatformOrderNo.Length: > 0, Lines.Count: > 0 } or IncomingRefund { RefundNo.Length: > 0, PlatformOrderNo.Length: > 0 }).ShouldBeTrue(json);
            return true;
        }
        catch (UnreadablePayloadException e)
        {
            e.Message.ShouldNotBeNullOrWhiteSpace();
            return false;
        }
        catch (Exception e) when (e is not ShouldAssertException)
        {
            throw new ShouldAssertException($"{kind}: {e.GetType().Name} for {json}", e);
        }
    }

    private static string Damage(string sample, Random random)
    {
        var at = random.Next(sample.Length);
        const string Noise = "{}[]\",:0-9eE.\\u\0\uD83D\uDE00\u2028 ntf张";
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

    private static void Oddify(JsonNode node, Random random)
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

    private static JsonNode? Odd(Random random)
    {
        string[] values =
        [
            "null", "true", "0", "-1", "1.5", "1e3", "1e400", "9223372036854775807", "-9223372036854775808", "99999999999999999999999999", "\"\"", "\" \"", "\"abc\"", "\"12.345\"", "\"-0.01\"",
            "\"0001-01-01 00:00:00\"", "\"9999-12-31 23:59:59\"", "\"2026-02-30 00:00:00\"", "\"\\u0000\"", "\"@half\"", "[]", "[null]", "[7]", "[[]]", "{}", "{\"a\":1}", "{\"order\":7}", "4000000000000",
        ];
        return JsonSerializer.Deserialize<JsonNode?>(values[random.Next(values.Length)]);
    }
}
