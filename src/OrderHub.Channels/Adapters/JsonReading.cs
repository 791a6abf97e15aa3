using System.Globalization;
using System.Text.Json;
using OrderHub.Platform.Units;

namespace OrderHub.Channels.Adapters;

/// <summary>
/// A place in a platform's payload that knows its own path, so that a refusal says where and what (<c>lines[2].qty 不是整数</c>).
/// Ids and figures may be numbers or texts. Reasons never contain the payload's values: they may be personal.
/// </summary>
internal readonly record struct JsonReading(JsonElement Element, string Path)
{
    private const long MostFen = 100_000_000_000;
    private const int MostPieces = 1_000_000;

    /// <summary>Parses and maps; every way in which a payload can be unreadable ends as <see cref="UnreadablePayloadException"/>.</summary>
    public static T Map<T>(string json, Func<JsonReading, T> map)
    {
        try
        {
            var root = new JsonReading(JsonElement.Parse(json), "");
            return root.IsObject ? map(root) : throw new UnreadablePayloadException("报文不是 JSON 对象");
        }
        catch (JsonException e)
        {
            throw new UnreadablePayloadException("报文不是合法的 JSON", e);
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentException)
        {
            // what System.Text.Json says about half a surrogate pair, escaped or not
            throw new UnreadablePayloadException("报文含有不合法的字符", e);
        }
        catch (OverflowException e)
        {
            throw new UnreadablePayloadException("金额或数量超出范围", e);
        }
    }

    public bool IsObject => Element.ValueKind == JsonValueKind.Object;

    /// <summary>The member, unless it is missing or null.</summary>
    public JsonReading? Find(string name) =>
        IsObject && Element.TryGetProperty(name, out var value) && value.ValueKind is not (JsonValueKind.Null or JsonValueKind.Undefined)
            ? new(value, Path.Length == 0 ? name : $"{Path}.{name}") : null;

    public JsonReading Need(string name) => Find(name) ?? throw Missing(name);

    public JsonReading NeedObject(string name)
    {
        var found = Need(name);
        return found.IsObject ? found : throw found.IsNot("对象");
    }

    /// <summary>Empty when missing.</summary>
    public IReadOnlyList<JsonReading> Items(string name)
    {
        if (Find(name) is not { } list) return [];
        if (list.Element.ValueKind != JsonValueKind.Array) throw list.IsNot("数组");
        return list.Elements();
    }

    /// <summary>The objects of a list that only informs: whatever else stands there is no reason to refuse an order.</summary>
    public IReadOnlyList<JsonReading> ObjectsIn(string name) => Find(name) is { Element.ValueKind: JsonValueKind.Array } list ? [.. list.Elements().Where(e => e.IsObject)] : [];

    public IReadOnlyList<JsonReading> NeedItems(string name)
    {
        Need(name);
        return Items(name);
    }

    /// <summary>A list in the form <c>{"orders":{"order":[…]}}</c>, or without the wrapping.</summary>
    public IReadOnlyList<JsonReading> Wrapped(string outer, string inner) =>
        Find(outer) is { IsObject: true } wrapper ? wrapper.Items(inner) : Items(outer);

    /// <summary>Text, number or boolean as text; empty when missing.</summary>
    public string Text(string name) => Find(name)?.AsText() ?? "";

    public string? TextOrNull(string name) => Text(name) is { Length: > 0 } text ? text : null;

    /// <summary>The first of several names that has a text; throws when none has.</summary>
    public string Id(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (Text(name).Trim() is { Length: > 0 } id) return id;
        }
        throw Missing(names[0]);
    }

    public bool Flag(string name) => Text(name).ToLowerInvariant() is "true" or "1";

    public long? IntegerOrNull(string name)
    {
        if (Find(name) is not { } value || value.AsText() is not { Length: > 0 } text) return null;
        return decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && decimal.Truncate(number) == number
            && number is >= long.MinValue and <= long.MaxValue ? (long)number : throw value.IsNot("整数");
    }

    public long Integer(string name) => IntegerOrNull(name) ?? 0;

    public long NeedInteger(string name) => IntegerOrNull(name) ?? throw Missing(name);

    /// <summary>A JSON text that is not empty; a number is refused.</summary>
    public string NeedText(string name) => Need(name) is { Element.ValueKind: JsonValueKind.String } value
        ? value.AsText().Trim() is { Length: > 0 } text ? text : throw value.Fault("是空的") : throw Need(name).IsNot("文本");

    /// <summary>A JSON integer; a text is refused.</summary>
    public long NeedWhole(string name) => Need(name) is { Element.ValueKind: JsonValueKind.Number } ? NeedInteger(name) : throw Need(name).IsNot("整数");

    /// <summary>Pieces of a line: a whole number above 0.</summary>
    public int Quantity(string name) => NeedInteger(name) is var quantity and > 0 and <= MostPieces ? (int)quantity : throw Need(name).Fault("不是合理的数量");

    /// <summary>An amount in fen; 0 when missing.</summary>
    public long Fen(string name) => FenOrNull(name) ?? 0;

    public long NeedFen(string name) => FenOrNull(name) ?? throw Missing(name);

    public long? FenOrNull(string name) => IntegerOrNull(name) is { } fen ? Sane(name, fen) : null;

    /// <summary>An amount in yuan, as text or number, in fen; 0 when missing.</summary>
    public long Yuan(string name) => YuanOrNull(name) ?? 0;

    public long NeedYuan(string name) => YuanOrNull(name) ?? throw Missing(name);

    public long? YuanOrNull(string name)
    {
        if (Find(name) is not { } value || value.AsText() is not { Length: > 0 } text) return null;
        // a JSON number may come as 1.05E1
        if (decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)) text = number.ToString(CultureInfo.InvariantCulture);
        return Money.TryParseYuan(text, out var fen) ? Sane(name, fen) : throw value.IsNot("金额(元,最多两位小数)");
    }

    /// <summary><c>yyyy-MM-dd HH:mm:ss</c> in China time; null when missing or one of the platforms' “never” dates (year 1, 1970).</summary>
    public DateTimeOffset? ChinaTime(string name)
    {
        if (Find(name) is not { } value || value.AsText() is not { Length: > 0 } text) return null;
        if (!DateTime.TryParseExact(text, ["yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd HH:mm:ss.FFF", "yyyy-MM-dd"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var local))
            throw value.IsNot("时间(yyyy-MM-dd HH:mm:ss)");
        return local.Year <= 1970 ? null : ShopTime.FromLocal(local);
    }

    public DateTimeOffset NeedChinaTime(string name) => ChinaTime(name) ?? throw Missing(name);

    /// <summary>Unix seconds; null when missing or 0.</summary>
    public DateTimeOffset? UnixTime(string name) => IntegerOrNull(name) switch
    {
        null or 0 => null,
        > 0 and < 253_000_000_000 and var seconds => DateTimeOffset.FromUnixTimeSeconds(seconds),
        _ => throw Need(name).IsNot("Unix 秒"),
    };

    /// <summary>Unix milliseconds; null when missing or 0.</summary>
    public DateTimeOffset? UnixMillis(string name) => IntegerOrNull(name) switch
    {
        null or 0 => null,
        > 0 and < 253_000_000_000_000 and var millis => DateTimeOffset.FromUnixTimeMilliseconds(millis),
        _ => throw Need(name).IsNot("Unix 毫秒"),
    };

    public DateTimeOffset NeedUnixMillis(string name) => UnixMillis(name) ?? throw Missing(name);

    public DateTimeOffset NeedUnixTime(string name) => UnixTime(name) ?? throw Missing(name);

    /// <summary>ISO 8601 with offset.</summary>
    public DateTimeOffset? IsoTime(string name)
    {
        if (Find(name) is not { } value || value.AsText() is not { Length: > 0 } text) return null;
        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time) && text.Contains('T', StringComparison.Ordinal)
            ? time : throw value.IsNot("ISO 8601 时间");
    }

    public DateTimeOffset NeedIsoTime(string name) => IsoTime(name) ?? throw Missing(name);

    public UnreadablePayloadException Missing(string name) => new($"缺少 {(Path.Length == 0 ? name : $"{Path}.{name}")}");

    public UnreadablePayloadException IsNot(string kind) => Fault($"不是{kind}");

    public UnreadablePayloadException Fault(string what) => new($"{(Path.Length == 0 ? "报文" : Path)} {what}");

    public IReadOnlyList<JsonReading> Elements()
    {
        var path = Path;
        return [.. Element.EnumerateArray().Select((item, i) => new JsonReading(item, $"{path}[{i}]"))];
    }

    private string AsText() => Element.ValueKind switch
    {
        // PostgreSQL texts cannot hold U+0000
        JsonValueKind.String => Element.GetString()!.Replace("\0", "", StringComparison.Ordinal),
        JsonValueKind.Number => Element.GetRawText(),
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        _ => throw IsNot("文本"),
    };

    private long Sane(string name, long fen) => fen is >= -MostFen and <= MostFen ? fen : throw Need(name).Fault("金额超出范围");
}
