using System.Collections.Frozen;

namespace OrderHub.Allocation.Contracts;

/// <summary>The 34 provincial divisions under their short names, and how platforms and people write them.</summary>
public static class Provinces
{
    public static readonly IReadOnlyList<string> All =
    [
        "北京", "天津", "上海", "重庆", "河北", "山西", "辽宁", "吉林", "黑龙江", "江苏", "浙江", "安徽", "福建", "江西", "山东", "河南", "湖北", "湖南",
        "广东", "海南", "四川", "贵州", "云南", "陕西", "甘肃", "青海", "台湾", "内蒙古", "广西", "西藏", "宁夏", "新疆", "香港", "澳门",
    ];

    private static readonly string[] Suffixes = ["维吾尔自治区", "壮族自治区", "回族自治区", "特别行政区", "自治区", "省", "市"];
    private static readonly FrozenSet<string> Known = All.ToFrozenSet();

    /// <summary><c>广西壮族自治区</c> → <c>广西</c>, <c>上海市</c> → <c>上海</c>; null when it is no province.</summary>
    public static string? Normalize(string? text)
    {
        text = text?.Trim();
        if (string.IsNullOrEmpty(text)) return null;
        if (Known.Contains(text)) return text;
        foreach (var suffix in Suffixes)
            if (text.EndsWith(suffix, StringComparison.Ordinal) && Known.Contains(text[..^suffix.Length])) return text[..^suffix.Length];
        return null;
    }
}
