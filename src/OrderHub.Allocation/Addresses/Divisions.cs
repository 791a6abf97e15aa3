using System.Collections.Frozen;
using System.Text.RegularExpressions;
using OrderHub.Allocation.Contracts;

namespace OrderHub.Allocation.Addresses;

/// <summary>A division with what lies in it. Names are the official ones; <see cref="Stem"/> is what people write for short.</summary>
internal sealed class Division(string name)
{
    private readonly Dictionary<string, Division> _parts = new(StringComparer.Ordinal);

    public string Name { get; } = name;
    public string Stem { get; } = StemOf(name);
    public IReadOnlyCollection<Division> Parts => _parts.Values;

    public Division Part(string name) => _parts.TryGetValue(name, out var part) ? part : _parts[name] = new(name);

    public Division? Find(string text) => _parts.GetValueOrDefault(text) ?? Parts.FirstOrDefault(p => p.Stem == StemOf(text));

    /// <summary>The part whose name stands at the start of the text; the longest wins.</summary>
    /// <param name="orShort">Also by its short name: right for cities (杭州西湖区, 延边州), wrong for towns (解放碑1号 is no 解放碑街道).</param>
    public (Division? Part, int Length) AtStartOf(ReadOnlySpan<char> text, bool orShort)
    {
        (Division? Part, int Length) best = default;
        foreach (var part in Parts)
        {
            var length = text.StartsWith(part.Name, StringComparison.Ordinal) ? part.Name.Length : 0;
            if (length == 0 && orShort && text.StartsWith(part.Stem, StringComparison.Ordinal))
                length = part.Stem.Length + (text.Length > part.Stem.Length && text[part.Stem.Length] is '市' or '州' or '盟' ? 1 : 0);
            if (length > best.Length) best = (part, length);
        }
        return best;
    }

    /// <summary><c>延边朝鲜族自治州</c> → <c>延边</c>, <c>杭州市</c> → <c>杭州</c>; a name that would shrink below two characters stays.</summary>
    private static string StemOf(string name)
    {
        foreach (var suffix in Suffixes)
            if (name.Length - suffix.Length >= 2 && name.EndsWith(suffix, StringComparison.Ordinal))
                return suffix.StartsWith("自治", StringComparison.Ordinal) && Peoples.Match(name[..^suffix.Length]) is { Success: true, Index: >= 2 } peoples ? name[..peoples.Index] : name[..^suffix.Length];
        return name;
    }

    private static readonly string[] Suffixes = ["特别行政区", "自治州", "自治县", "自治旗", "地区", "林区", "街道", "市", "区", "县", "旗", "盟", "镇", "乡"];

    /// <summary>The names of peoples before 自治.</summary>
    private static readonly Regex Peoples = new("(维吾尔|哈萨克|柯尔克孜|蒙古族|蒙古|朝鲜族|土家族|藏族|回族|苗族|彝族|壮族|侗族|布依族|哈尼族|傣族|白族|羌族|景颇族|傈僳族|瑶族|黎族|畲族|满族|水族|仡佬族|毛南族|仫佬族|拉祜族|佤族|布朗族|纳西族|怒族|独龙族|普米族|裕固族|保安族|东乡族|撒拉族|土族|锡伯|塔吉克|达斡尔族|鄂温克族|鄂伦春|各族)+$",
        RegexOptions.CultureInvariant | RegexOptions.Compiled, TimeSpan.FromSeconds(1));
}

/// <summary>The official divisions of China down to towns, read once.</summary>
internal static class Divisions
{
    /// <summary>Rows of the statistics office that are no places people live in: their districts stand directly below the province.</summary>
    private static readonly FrozenSet<string> Placeholders = new[] { "市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划" }.ToFrozenSet();
    private static readonly FrozenSet<string> Municipalities = new[] { "北京", "天津", "上海", "重庆" }.ToFrozenSet();

    private static readonly Lazy<FrozenDictionary<string, Division>> Loaded = new(Load);

    /// <summary>By the province's short name.</summary>
    public static FrozenDictionary<string, Division> ByProvince => Loaded.Value;

    /// <summary>In a municipality the city is the province itself; a county the province governs is its own city.</summary>
    private static FrozenDictionary<string, Division> Load()
    {
        var provinces = new Dictionary<string, Division>();
        using var stream = typeof(Divisions).Assembly.GetManifestResourceStream("OrderHub.Allocation.Addresses.divisions.txt")!;
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is { } line)
        {
            var columns = line.Split('\t');
            var shortName = Provinces.Normalize(columns[0])!;
            if (!provinces.TryGetValue(shortName, out var province)) provinces[shortName] = province = new(columns[0]);
            var city = province.Part(!Placeholders.Contains(columns[1]) ? columns[1] : Municipalities.Contains(shortName) ? columns[0] : columns[2]);
            var district = columns[1] != columns[2] && city.Name != columns[2] ? city.Part(columns[2]) : city;
            foreach (var town in columns[3].Split(',', StringSplitOptions.RemoveEmptyEntries)) district.Part(town);
        }
        return provinces.ToFrozenDictionary();
    }
}
