using OrderHub.Allocation.Contracts;

namespace OrderHub.Host.Demo;

/// <summary>Five warehouses, nine couriers with rate tables, and the rules that choose among them.</summary>
internal static class DemoNetwork
{
    private static readonly WarehouseImport[] Warehouses =
    [
        new("SUZ", "苏州仓", "江苏", "苏州", "苏州市昆山市花桥镇物流大道 88 号 2 号库", "郑建国", "0512-57608801", 1),
        new("HGH", "杭州仓", "浙江", "杭州", "杭州市余杭区仁和街道东西大道 366 号 B 库", "徐慧", "0571-88627712", 2),
        new("CAN", "广州仓", "广东", "广州", "广州市白云区太和镇广从一路 128 号 5 栋", "梁志强", "020-37426633", 3),
        new("SZX", "深圳仓", "广东", "深圳", "深圳市龙岗区平湖街道华南大道 1 号 C 区", "黄晓敏", "0755-28450916", 4),
        new("TJN", "天津仓", "天津", "天津", "天津市武清区京滨工业园京滨大道 19 号 3 号库", "刘卫东", "022-22196650", 5),
    ];

    /// <summary>Yuan for the first kilogram within the region, elsewhere and to the far west; then for each further started kilogram.</summary>
    /// <param name="VolumeDivisor">Cubic centimetres billed as a kilogram.</param>
    private sealed record Tariff(string Code, string Name, decimal Near, decimal Far, decimal Remote, decimal More, decimal MoreRemote, int? VolumeDivisor);

    private static readonly Tariff[] Tariffs =
    [
        new("SF", "顺丰速运", 12m, 18m, 26m, 4m, 12m, 6000), new("YTO", "圆通速递", 3.2m, 4.5m, 12m, 1.5m, 10m, 8000), new("ZTO", "中通快递", 3.3m, 4.6m, 12m, 1.5m, 10m, 8000),
        new("STO", "申通快递", 3.1m, 4.4m, 12m, 1.5m, 10m, 8000), new("YUNDA", "韵达快递", 3.0m, 4.3m, 11.5m, 1.4m, 10m, 8000), new("EMS", "中国邮政 EMS", 8m, 10m, 13m, 3m, 6m, null),
        new("JD", "京东快递", 9m, 14m, 22m, 3m, 10m, 8000), new("JITU", "极兔速递", 2.9m, 4.2m, 12m, 1.4m, 10m, 12000), new("DBL", "德邦快递", 10m, 14m, 24m, 2m, 8m, 6000),
    ];

    private static readonly string[] Remote = ["新疆", "西藏", "青海", "内蒙古", "宁夏", "甘肃", "海南"];

    private static readonly (string Name, string[] Provinces, string[] Warehouses)[] Regions =
    [
        ("华东就近", ["江苏", "上海", "安徽", "山东"], ["SUZ", "HGH", "TJN"]),
        ("浙闽赣就近", ["浙江", "福建", "江西"], ["HGH", "SUZ", "CAN"]),
        ("华北东北就近", ["北京", "天津", "河北", "山西", "内蒙古", "辽宁", "吉林", "黑龙江"], ["TJN", "SUZ", "HGH"]),
        ("华南就近", ["广东", "广西", "海南", "香港", "澳门"], ["CAN", "SZX", "HGH"]),
        ("华中就近", ["湖北", "湖南", "河南"], ["SUZ", "CAN", "HGH"]),
        ("西南就近", ["四川", "重庆", "贵州", "云南", "西藏"], ["SZX", "CAN", "SUZ"]),
        ("西北就近", ["陕西", "甘肃", "青海", "宁夏", "新疆"], ["TJN", "SUZ"]),
    ];

    public static NetworkImport Import() => new(Warehouses, [.. Tariffs.Select(t => new CourierImport(t.Code, t.Name, t.VolumeDivisor))], [.. Tariffs.SelectMany(Rates)],
    [
        .. Regions.Select((r, i) => new RuleImport(RuleKind.Region, r.Name, r.Provinces, r.Warehouses, 10 + i)),
        new RuleImport(RuleKind.Category, "食品走恒温库", ["食品"], ["SUZ", "CAN", "TJN"], 30),
        new RuleImport(RuleKind.Category, "服饰走杭州", ["服饰"], ["HGH", "CAN"], 31),
    ]);

    /// <summary>Everywhere else, the far west, and each warehouse's own region (where it stands first in the region's rule).</summary>
    private static IEnumerable<RateImport> Rates(Tariff t)
    {
        yield return new(t.Code, null, null, 1000, Fen(t.Far), Fen(t.More));
        foreach (var province in Remote) yield return new(t.Code, null, province, 1000, Fen(t.Remote), Fen(t.MoreRemote));
        foreach (var region in Regions)
            foreach (var province in region.Provinces.Except(Remote))
                yield return new(t.Code, region.Warehouses[0], province, 1000, Fen(t.Near), Fen(t.More));
    }

    private static long Fen(decimal yuan) => (long)(yuan * 100);
}
