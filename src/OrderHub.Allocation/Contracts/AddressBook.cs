using OrderHub.Allocation.Addresses;

namespace OrderHub.Allocation.Contracts;

/// <summary>An address in official names. Parts that could not be recognised stay as they were written.</summary>
/// <param name="Province">Short name (广东, 上海, 内蒙古), or the text as written when it is none.</param>
/// <param name="Detail">The rest: street, number, room.</param>
public sealed record RecognisedAddress(string Province, string City, string District, string Town, string Detail, AddressLevel Known)
{
    /// <summary>广东省, 上海市, 内蒙古自治区; the text as written when it is no province.</summary>
    public string ProvinceName => Divisions.ByProvince.GetValueOrDefault(Province)?.Name ?? Province;

    /// <summary>Beyond the customs border.</summary>
    public bool IsOverseas => Province is "香港" or "澳门" or "台湾";
}

/// <summary>How far down an address was recognised.</summary>
public enum AddressLevel { None = 0, Province = 1, City = 2, District = 3, Town = 4 }

/// <summary>Recognises addresses against the official divisions. Pure.</summary>
public static class AddressBook
{
    /// <summary>
    /// Names are brought into their official form; what the fields do not say is read from the start of <paramref name="address"/>. A city
    /// without its province, or a county or county-level city without its prefecture (江苏省昆山市), is found when its name is the only one of its kind.
    /// </summary>
    public static RecognisedAddress Recognise(string province, string city, string district, string town, string address)
    {
        var rest = new Reader(address);
        var inProvince = Provinces.Normalize(province) is { } shortName ? Divisions.ByProvince[shortName] : null;
        if (inProvince is not null) rest.Skip(inProvince.Name, province);
        else if (province.Trim().Length == 0) inProvince = rest.TakeProvince();

        if (inProvince is not null) (city, district, town) = BelowPrefecture(inProvince, city, district, town);
        var inCity = CityOf(ref inProvince, city, district);
        if (inCity is not null) rest.Skip(inCity.Name, city);
        else if (inProvince is not null && city.Trim().Length == 0) inCity = rest.Take(inProvince, orShort: true) ?? rest.PrefectureAhead([inProvince])?.City;
        else if (inProvince is null && province.Trim().Length == 0) (inProvince, inCity) = rest.TakeCity() ?? rest.PrefectureAhead(Divisions.ByProvince.Values) ?? (null, null);
        if (inProvince is null) return new(province.Trim(), city.Trim(), district.Trim(), town.Trim(), address.Trim(), AddressLevel.None);
        var name = Provinces.Normalize(inProvince.Name)!;
        if (inCity is null) return new(name, city.Trim(), district.Trim(), town.Trim(), rest.Left, AddressLevel.Province);

        var inDistrict = district.Trim().Length > 0 ? inCity.Find(district.Trim()) : rest.Take(inCity);
        if (inDistrict is null) return new(name, inCity.Name, district.Trim(), town.Trim(), rest.Left, AddressLevel.City);
        if (district.Trim().Length > 0) rest.Skip(inDistrict.Name, district);
        var inTown = town.Trim().Length > 0 ? inDistrict.Find(town.Trim()) : rest.Take(inDistrict);
        return new(name, inCity.Name, inDistrict.Name, inTown?.Name ?? town.Trim(), rest.Left, inTown is null ? AddressLevel.District : AddressLevel.Town);
    }

    /// <summary>A mobile, a landline or a service number, with an extension as platforms' virtual numbers have; masked ones (138****1234) and empty ones of encrypting platforms pass.</summary>
    /// <param name="province">Where the receiver lives: beyond the customs border other shapes of numbers are usual.</param>
    public static bool IsPhone(string text, string province = "")
    {
        var phone = text.Trim();
        if (phone.Length == 0 || phone.Contains('*', StringComparison.Ordinal)) return true;
        if (Phone.IsMobile(phone) || Phone.IsLandline(phone) || Phone.IsService(phone)) return true;
        return (Provinces.Normalize(province) is "香港" or "澳门" or "台湾" || Phone.NamesOverseas(phone)) && Phone.IsPlausible(phone);
    }

    /// <summary>Where the city's field names a county, its prefecture is the city, and what stood in the fields below moves down.</summary>
    private static (string City, string District, string Town) BelowPrefecture(Division province, string city, string district, string town)
    {
        var (county, below) = (city.Trim(), district.Trim());
        if (county.Length == 0 || province.Parts.Count == 1 || province.Find(county) is not null || Only(province.Parts.Where(c => c.Find(county) is not null)) is not { } prefecture) return (city, district, town);
        if (below.Length == 0 || below == county) return (prefecture.Name, county, town);
        return town.Trim().Length == 0 && prefecture.Find(county)!.Find(below) is not null ? (prefecture.Name, county, below) : (city, district, town);
    }

    private static Division? CityOf(ref Division? province, string city, string district)
    {
        var (wanted, below) = (city.Trim(), district.Trim());
        if (wanted.Length > 0 && province is not null)
        {
            if (province.Find(wanted) is { } found) return found;
            // platforms write 市辖区, 县 or the province again where a municipality has no city, and counties under their province
            if (province.Parts.Count == 1) return province.Parts.Single();
            return below.Length > 0 ? province.Find(below) ?? Only(province.Parts.Where(c => c.Find(below) is not null)) : null;
        }
        if (wanted.Length == 0) return province is { Parts.Count: 1 } ? province.Parts.Single() : null;
        foreach (var candidate in Divisions.ByProvince.Values)
            if (candidate.Find(wanted) is { } found)
            {
                province = candidate;
                return found;
            }
        return null;
    }

    private static Division? Only(IEnumerable<Division> found) => found.Take(2).ToList() is [var one] ? one : null;

    /// <summary>Reads divisions off the front of an address.</summary>
    private sealed class Reader(string address)
    {
        private string _text = address.Trim();

        public string Left => _text;

        /// <summary>What a field said already is not said again in front of the street.</summary>
        public void Skip(string official, string written)
        {
            foreach (var name in new[] { official, written.Trim() })
                if (name.Length > 0 && _text.StartsWith(name, StringComparison.Ordinal) && _text.Length > name.Length)
                {
                    Drop(name.Length);
                    return;
                }
        }

        public Division? Take(Division parent, bool orShort = false)
        {
            var (part, length) = parent.AtStartOf(_text, orShort);
            if (part is not null) Drop(length);
            return part;
        }

        public Division? TakeProvince()
        {
            foreach (var (shortName, province) in Divisions.ByProvince)
            {
                if (!_text.StartsWith(shortName, StringComparison.Ordinal)) continue;
                // 上海路 is no province: a short name counts only before a division of that province
                var length = _text.StartsWith(province.Name, StringComparison.Ordinal) ? province.Name.Length : shortName.Length;
                if (length == shortName.Length && _text.Length > length && province.AtStartOf(_text.AsSpan(length).TrimStart(), orShort: true).Part is null
                    && province.Parts.All(c => c.AtStartOf(_text.AsSpan(length).TrimStart(), orShort: false).Part is null)) continue;
                Drop(length);
                return province;
            }
            return null;
        }

        /// <summary>The only city with a county of the name that stands at the start; the county itself is left there.</summary>
        public (Division? Province, Division? City)? PrefectureAhead(IEnumerable<Division> provinces)
        {
            var found = provinces.SelectMany(p => p.Parts.Where(c => c.AtStartOf(_text, orShort: false).Part is { Name: [.., '市' or '县' or '旗' or '区'] }).Select(c => (p, c))).Take(2).ToList();
            return found is [var (province, city)] ? (province, city) : null;
        }

        public (Division? Province, Division? City)? TakeCity()
        {
            foreach (var province in Divisions.ByProvince.Values)
                if (province.AtStartOf(_text, orShort: false) is ({ } city, var length))
                {
                    Drop(length);
                    return (province, city);
                }
            return null;
        }

        private void Drop(int length) => _text = _text[length..].TrimStart(' ', '　', ',', '，', '/', '-', '·');
    }
}
