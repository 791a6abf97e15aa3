using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using OrderHub.Allocation.Contracts;

namespace OrderHub.Allocation.Decisions;

/// <summary>
/// A decision as it is stored with every order, so it is short: <c>{"w":1,"c":3,"f":500,"v":"v7","r":"…","n":["华南就近"],"g":[sku,wanted,…],"a":[[…]],"m":[[sku,wanted,free]],"p":[[…]]}</c>.
/// A candidate is <c>[warehouse, place of its rule in n or -1, obstacle, courier or 0, [free of each in g], [freight, pack, lateness, preference, balance, unnamed, split], [refused]]</c>,
/// the courier <c>[courier, place of its rule in n]</c> where a rule decided it; instead of the list of free stock the numbers sku, wanted, free of the scarcest stand where
/// there is no g, as in older records and with orders of more than eight SKUs.
/// 10 more in the obstacle means that today's last pickup was over. A named warehouse or courier that nobody knows is <c>"uw"</c> or <c>"uc"</c>; zeros at the end of the costs and empty lists at the end are left out. A parcel of a split order is <c>[warehouse, courier, freight, [costs], [line, quantity, …]]</c>.
/// </summary>
internal static class DecisionText
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All), SkipValidation = true };

    private const int Late = 10, MostSkus = 8;

    public static string Write(AllocationDecision decision)
    {
        var rules = decision.Candidates.Select(c => c.Rule).Concat(decision.Candidates.Select(c => c.CourierRule)).OfType<string>().Distinct().ToList();
        var goods = decision.Candidates is [{ Stock.Count: <= MostSkus } first, ..] ? first.Stock : null;
        using var buffer = new MemoryStream(256);
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartObject();
            if (decision.WarehouseId is { } warehouse) json.WriteNumber("w", warehouse);
            if (decision.CourierId is { } courier) json.WriteNumber("c", courier);
            if (decision.FreightFen != 0) json.WriteNumber("f", decision.FreightFen);
            json.WriteString("v", decision.RuleVersion);
            json.WriteString("r", decision.Reason);
            if (decision.UnknownWarehouse is { } unknown) json.WriteString("uw", unknown);
            if (decision.UnknownCourier is { } stranger) json.WriteString("uc", stranger);
            if (rules.Count > 0)
            {
                json.WriteStartArray("n");
                foreach (var rule in rules) json.WriteStringValue(rule);
                json.WriteEndArray();
            }
            if (goods is not null)
            {
                json.WriteStartArray("g");
                foreach (var wanted in goods)
                {
                    json.WriteNumberValue(wanted.SkuId);
                    json.WriteNumberValue(wanted.Wanted);
                }
                json.WriteEndArray();
            }
            json.WriteStartArray("a");
            foreach (var candidate in decision.Candidates) Write(json, candidate, rules, goods is not null);
            json.WriteEndArray();
            if (decision.Missing.Count > 0)
            {
                json.WriteStartArray("m");
                foreach (var m in decision.Missing) Numbers(json, [m.SkuId, m.Wanted, m.Free]);
                json.WriteEndArray();
            }
            if (decision.Parts.Count > 0)
            {
                json.WriteStartArray("p");
                foreach (var part in decision.Parts) Write(json, part);
                json.WriteEndArray();
            }
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }

    private static void Write(Utf8JsonWriter json, AllocationCandidate c, List<string> rules, bool each)
    {
        json.WriteStartArray();
        foreach (var number in (ReadOnlySpan<int>)[c.WarehouseId, c.Rule is null ? -1 : rules.IndexOf(c.Rule), (int)c.Obstacle + (c.AfterCutOff ? Late : 0)]) json.WriteNumberValue(number);
        if (c.CourierRule is null) json.WriteNumberValue(c.CourierId ?? 0);
        else Numbers(json, [c.CourierId ?? 0, rules.IndexOf(c.CourierRule)]);
        if (each)
        {
            json.WriteStartArray();
            foreach (var here in c.Stock) json.WriteNumberValue(here.Free);
            json.WriteEndArray();
        }
        else foreach (var number in (ReadOnlySpan<int>)[c.Scarcest.SkuId, c.Scarcest.Wanted, c.Scarcest.Free]) json.WriteNumberValue(number);
        if (c.Cost is not null || c.Refused is not null) Write(json, c.Cost);
        if (c.Refused is { } refused) Numbers(json, [.. refused.Select(id => (long)id)]);
        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, AllocationCost? cost)
    {
        long[] parts = cost is null ? [] : [cost.Freight, cost.Pack, cost.Lateness, cost.Preference, cost.Balance, cost.Unnamed, cost.Split];
        Numbers(json, parts.AsSpan(0, Array.FindLastIndex(parts, p => p != 0) + 1));
    }

    private static void Write(Utf8JsonWriter json, DecisionPart part)
    {
        json.WriteStartArray();
        foreach (var number in (ReadOnlySpan<long>)[part.WarehouseId, part.CourierId, part.FreightFen]) json.WriteNumberValue(number);
        Write(json, part.Cost);
        Numbers(json, [.. part.Lines.SelectMany(l => new long[] { l.LineNo, l.Quantity })]);
        json.WriteEndArray();
    }

    private static void Numbers(Utf8JsonWriter json, ReadOnlySpan<long> numbers)
    {
        json.WriteStartArray();
        foreach (var number in numbers) json.WriteNumberValue(number);
        json.WriteEndArray();
    }

    public static AllocationDecision Read(string text)
    {
        using var document = JsonDocument.Parse(text);
        var root = document.RootElement;
        List<string> rules = root.TryGetProperty("n", out var names) ? [.. names.EnumerateArray().Select(n => n.GetString()!)] : [];
        List<int> goods = root.TryGetProperty("g", out var skus) ? [.. skus.EnumerateArray().Select(n => n.GetInt32())] : [];
        return new(Whole("w"), Whole("c"), root.TryGetProperty("f", out var freight) ? freight.GetInt64() : 0, root.GetProperty("v").GetString()!, root.GetProperty("r").GetString()!,
            root.TryGetProperty("a", out var candidates) ? [.. candidates.EnumerateArray().Select(c => Candidate(c, rules, goods))] : [],
            root.TryGetProperty("m", out var missing) ? [.. missing.EnumerateArray().Select(m => Stock(m, 0))] : [])
        {
            Parts = root.TryGetProperty("p", out var parts) ? [.. parts.EnumerateArray().Select(Part)] : [], UnknownWarehouse = Text("uw"), UnknownCourier = Text("uc"),
        };

        string? Text(string name) => root.TryGetProperty(name, out var value) ? value.GetString() : null;
        int? Whole(string name) => root.TryGetProperty(name, out var value) ? value.GetInt32() : null;
    }

    private static AllocationCandidate Candidate(JsonElement c, List<string> rules, List<int> goods)
    {
        var (rule, obstacle, by, length) = (c[1].GetInt32(), (Obstacle)(c[2].GetInt32() % Late), c[3], c.GetArrayLength());
        var ruled = by.ValueKind == JsonValueKind.Array;
        var courier = (ruled ? by[0] : by).GetInt32();
        var each = c[4].ValueKind == JsonValueKind.Array;
        var costs = each ? 5 : 7;
        return new(c[0].GetInt32(), rule < 0 ? null : rules[rule], obstacle, courier == 0 ? null : courier, obstacle == Obstacle.None && length > costs ? Cost(c[costs]) : null,
            each ? [.. c[4].EnumerateArray().Select((free, i) => new MissingStock(goods[2 * i], goods[2 * i + 1], free.GetInt32()))] : [Stock(c, 4)],
            length > costs + 1 ? [.. c[costs + 1].EnumerateArray().Select(r => r.GetInt32())] : null)
        {
            AfterCutOff = c[2].GetInt32() >= Late, CourierRule = ruled ? rules[by[1].GetInt32()] : null,
        };
    }

    private static DecisionPart Part(JsonElement p) =>
        new(p[0].GetInt32(), p[1].GetInt32(), p[2].GetInt64(), Cost(p[3]), [.. p[4].EnumerateArray().Select(n => n.GetInt32()).Chunk(2).Select(l => new PartLine(l[0], l[1]))]);

    private static AllocationCost Cost(JsonElement parts)
    {
        long Part(int at) => at < parts.GetArrayLength() ? parts[at].GetInt64() : 0;
        return new(Part(0), Part(1), Part(2), Part(3), Part(4), Part(5), Part(6));
    }

    private static MissingStock Stock(JsonElement numbers, int from) => new(numbers[from].GetInt32(), numbers[from + 1].GetInt32(), numbers[from + 2].GetInt32());
}
