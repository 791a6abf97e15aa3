using OrderHub.Allocation.Contracts;
using OrderHub.Platform.Results;

namespace OrderHub.Allocation.Addresses;

/// <summary>Regions as people type them, brought into the form that rules and suspensions compare: 广东, 广东/深圳市, 广东/深圳市/南山区.</summary>
internal static class Regions
{
    private static readonly char[] Between = ['\n', '\r', ',', '，', '、', ';', '；'], Within = ['/', ' ', '　', '-', '>', '·'];

    public static Result<IReadOnlyList<string>> ReadAll(string text)
    {
        var regions = new List<string>();
        foreach (var typed in text.Split(Between, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var read = Read(typed);
            if (read.Error is { } unknown) return unknown;
            if (!regions.Contains(read.Value)) regions.Add(read.Value);
        }
        return regions;
    }

    /// <summary>A municipality's city may be left out: 上海/浦东新区.</summary>
    public static Result<string> Read(string typed)
    {
        var parts = typed.Split(Within, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (parts.Length is 0 or > 3) return AllocationErrors.RegionUnknown(typed.Trim());
        if (Provinces.Normalize(parts[0]) is not { } name || !Divisions.ByProvince.TryGetValue(name, out var province)) return AllocationErrors.ProvinceUnknown(parts[0]);
        if (parts.Length == 1) return name;
        var districtAt = 2;
        var city = province.Find(parts[1]);
        if (city is null && parts.Length == 2 && province.Parts.Count == 1) (city, districtAt) = (province.Parts.Single(), 1);
        if (city is null) return AllocationErrors.CityUnknown(name, parts[1]);
        if (parts.Length <= districtAt) return $"{name}/{city.Name}";
        return city.Find(parts[districtAt]) is { } district ? $"{name}/{city.Name}/{district.Name}" : AllocationErrors.CityUnknown(city.Name, parts[districtAt]);
    }
}
