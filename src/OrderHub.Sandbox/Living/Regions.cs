namespace OrderHub.Sandbox.Living;

internal sealed record Region(string Province, string City, string District);

/// <summary>Every province of China with its capital and a further city, each with districts: enough for believable addresses.</summary>
internal static class Regions
{
    private const string Table = """
        北京市:北京市=朝阳区,海淀区,丰台区
        天津市:天津市=和平区,南开区,西青区
        河北省:石家庄市=长安区,裕华区;唐山市=路北区,丰润区
        山西省:太原市=小店区,迎泽区;大同市=平城区
        内蒙古自治区:呼和浩特市=赛罕区,新城区;包头市=昆都仑区
        辽宁省:沈阳市=和平区,铁西区;大连市=甘井子区,沙河口区
        吉林省:长春市=朝阳区,南关区;吉林市=船营区
        黑龙江省:哈尔滨市=南岗区,道里区;大庆市=萨尔图区
        上海市:上海市=浦东新区,闵行区,徐汇区
        江苏省:南京市=鼓楼区,江宁区;苏州市=吴中区,姑苏区
        浙江省:杭州市=西湖区,余杭区;宁波市=鄞州区,海曙区
        安徽省:合肥市=蜀山区,包河区;芜湖市=镜湖区
        福建省:福州市=鼓楼区,仓山区;厦门市=思明区,湖里区
        江西省:南昌市=红谷滩区,东湖区;赣州市=章贡区
        山东省:济南市=历下区,市中区;青岛市=市南区,崂山区
        河南省:郑州市=金水区,二七区;洛阳市=涧西区
        湖北省:武汉市=洪山区,江岸区;宜昌市=西陵区
        湖南省:长沙市=岳麓区,雨花区;株洲市=天元区
        广东省:广州市=天河区,番禺区;深圳市=南山区,福田区
        广西壮族自治区:南宁市=青秀区,西乡塘区;柳州市=城中区
        海南省:海口市=龙华区,美兰区;三亚市=吉阳区
        重庆市:重庆市=渝北区,江北区,沙坪坝区
        四川省:成都市=武侯区,锦江区;绵阳市=涪城区
        贵州省:贵阳市=南明区,观山湖区;遵义市=汇川区
        云南省:昆明市=五华区,官渡区;大理白族自治州=大理市
        西藏自治区:拉萨市=城关区,堆龙德庆区
        陕西省:西安市=雁塔区,碑林区;宝鸡市=渭滨区
        甘肃省:兰州市=城关区,七里河区;天水市=秦州区
        青海省:西宁市=城西区,城中区
        宁夏回族自治区:银川市=兴庆区,金凤区
        新疆维吾尔自治区:乌鲁木齐市=天山区,沙依巴克区;克拉玛依市=克拉玛依区
        台湾省:台北市=信义区
        香港特别行政区:香港特别行政区=油尖旺区
        澳门特别行政区:澳门特别行政区=花地玛堂区
        """;

    public static IReadOnlyList<Region> All { get; } = [.. Table.Split('\n', StringSplitOptions.TrimEntries).SelectMany(Read)];

    /// <summary>Where demo buyers live: the provinces couriers deliver to by default.</summary>
    public static IReadOnlyList<Region> Mainland { get; } = [.. All.Where(r => r.Province is not ("台湾省" or "香港特别行政区" or "澳门特别行政区"))];

    /// <summary>Regions of a province given with or without its 省, 市 or 自治区.</summary>
    public static IReadOnlyList<Region> Of(string province) =>
        [.. All.Where(r => r.Province == province || r.Province.StartsWith(province, StringComparison.Ordinal))];

    /// <summary>广东省 → 广东, 广西壮族自治区 → 广西: how JD writes provinces.</summary>
    public static string ShortName(string province) => province.StartsWith("内蒙古", StringComparison.Ordinal) ? "内蒙古"
        : province.StartsWith("黑龙江", StringComparison.Ordinal) ? "黑龙江" : province.Length > 2 ? province[..2] : province;

    private static IEnumerable<Region> Read(string row)
    {
        var (province, cities) = Cut(row, ':');
        foreach (var city in cities.Split(';'))
        {
            var (name, districts) = Cut(city, '=');
            foreach (var district in districts.Split(',')) yield return new(province, name, district);
        }
    }

    private static (string Left, string Right) Cut(string text, char at) => (text[..text.IndexOf(at)], text[(text.IndexOf(at) + 1)..]);
}
