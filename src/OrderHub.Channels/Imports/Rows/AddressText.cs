using System.Text.RegularExpressions;
using OrderHub.Allocation.Contracts;

namespace OrderHub.Channels.Imports.Rows;

/// <summary>An address written in one piece, taken apart as far as it is certain; the rest stays as it was written.</summary>
internal sealed partial record AddressText(string Province, string City, string District, string Town, string Rest)
{
    private static readonly string[] Municipalities = ["北京", "天津", "上海", "重庆"];

    public static AddressText Split(string text)
    {
        var rest = Noise().Replace(text, "").Trim(Signs);
        if (rest.StartsWith("中国", StringComparison.Ordinal)) rest = rest[2..].TrimStart(Signs);
        var name = Provinces.All.FirstOrDefault(p => rest.StartsWith(p, StringComparison.Ordinal));
        if (name is null) return new("", "", "", "", rest);

        var isMunicipality = Municipalities.Contains(name);
        var province = isMunicipality && rest.StartsWith(name + "市", StringComparison.Ordinal) ? name + "市" : name + ProvinceSuffix().Match(rest, name.Length, rest.Length - name.Length).Value;
        rest = rest[province.Length..].TrimStart(Signs);
        string city;
        if (isMunicipality)
        {
            city = name + "市";
            foreach (var repeated in (ReadOnlySpan<string>)[city, name + " ", "市辖区", "县 "])
                if (rest.StartsWith(repeated, StringComparison.Ordinal)) rest = rest[repeated.Length..].TrimStart(Signs);
        }
        else city = Take(ref rest, CityForm());
        var district = Take(ref rest, DistrictForm());
        if (district.EndsWith("小区", StringComparison.Ordinal) || Street().IsMatch(district)) (rest, district) = (district + rest, "");
        var town = Take(ref rest, TownForm());
        return new(province, city, district, town, rest);
    }

    private static readonly char[] Signs = [' ', '\t', ',', '，', '/', '-', '\u3000', ';'];

    private static string Take(ref string rest, Regex part)
    {
        if (part.Match(rest) is not { Success: true } match) return "";
        rest = rest[match.Length..].TrimStart(Signs);
        return match.Value;
    }

    /// <summary>Post codes in brackets behind the address.</summary>
    [GeneratedRegex(@"[(（]\s*\d{6}\s*[)）]\s*$")]
    private static partial Regex Noise();

    [GeneratedRegex(@"\G(?:维吾尔自治区|壮族自治区|回族自治区|特别行政区|自治区|省)")]
    private static partial Regex ProvinceSuffix();

    [GeneratedRegex(@"^[^\s,，\d]{2,14}?(?:市|自治州|地区|盟|行政区划)")]
    private static partial Regex CityForm();

    [GeneratedRegex(@"^[^\s,，\d]{1,13}?(?:区|县|旗|市)")]
    private static partial Regex DistrictForm();

    /// <summary>A district's name holds no street or village, save as its first character (路桥区, 道里区, 镇海区).</summary>
    [GeneratedRegex("^..*(?:路|街|大道|镇|乡|村|弄|号)")]
    private static partial Regex Street();

    [GeneratedRegex(@"^[^\s,，\d弄号][^\s,，\d路弄号]{0,9}?(?:街道|镇|乡|苏木)")]
    private static partial Regex TownForm();
}
