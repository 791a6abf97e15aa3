using System.Globalization;

namespace OrderHub.Host.Demo;

/// <summary>The demo company's range: products × specifications, and a few kits of them.</summary>
internal static class DemoRange
{
    private sealed record Product(string Name, int PriceYuan, int WeightGrams, params string[] Specs);

    private static readonly string[] Bed = ["1.2 米床 雾蓝", "1.5 米床 雾蓝", "1.8 米床 雾蓝", "1.5 米床 米白", "1.8 米床 米白"];
    private static readonly string[] Colours = ["燕麦白", "雾霾蓝", "豆沙粉", "墨绿"];
    private static readonly string[] Sizes = ["黑色 M", "黑色 L", "黑色 XL", "米色 M", "米色 L", "米色 XL"];
    private static readonly string[] Shoes = ["36", "37", "38", "39", "40", "41"];
    private static readonly string[] Bottles = ["30ml", "50ml", "100ml", "200ml"];
    private static readonly string[] Jars = ["30g", "50g", "80g"];
    private static readonly string[] Bags = ["250g", "500g", "1kg"];
    private static readonly string[] Boxes = ["6 袋装", "12 袋装", "24 袋装"];

    private static readonly (string Category, string Prefix, Product[] Products)[] Shelves =
    [
        ("家居", "HM",
        [
            new("长绒棉四件套", 399, 2600, Bed), new("大豆纤维夏凉被", 189, 1500, Bed), new("记忆棉护颈枕", 129, 1300, Colours), new("纯棉毛巾三条装", 49, 360, Colours),
            new("速干浴巾", 69, 420, Colours), new("桌面收纳盒", 39, 520, Colours), new("陶瓷马克杯 380ml", 45, 410, Colours), new("316 不锈钢保温杯", 139, 390, "350ml", "500ml", "750ml"),
            new("竹纤维砧板", 59, 1200, "小号", "中号", "大号"), new("麦饭石不粘锅", 199, 1800, "24cm", "28cm", "30cm"), new("香薰蜡烛", 88, 350, "白茶", "雪松", "无花果"),
            new("可水洗坐垫", 55, 480, Colours), new("遮光窗帘", 168, 1900, "1.5×2.0 米", "2.0×2.6 米", "3.0×2.6 米"), new("LED 护眼台灯", 229, 1100, "白色", "黑色"), new("折叠晾衣架", 119, 3200, "两层", "三层"),
            new("密封保鲜罐", 36, 430, "0.8L", "1.2L", "1.7L", "2.3L"), new("除螨洗衣液", 59, 2100, "1L", "2L", "3L"), new("植物洗手液", 29, 520, "300ml", "500ml"), new("加厚垃圾袋", 19, 300, "30 只", "60 只", "100 只"),
        ]),
        ("美妆", "BT",
        [
            new("烟酰胺亮肤精华", 199, 110, Bottles), new("玻尿酸补水面膜", 99, 260, "5 片", "10 片", "20 片"), new("氨基酸洁面乳", 79, 150, "60g", "120g", "180g"), new("积雪草舒缓面霜", 159, 140, Jars),
            new("轻薄防晒乳 SPF50+", 109, 90, "30ml", "60ml"), new("二裂酵母眼霜", 239, 60, "15g", "20g", "30g"), new("柔雾唇釉", 89, 40, "豆沙", "枫叶红", "奶茶", "正红"), new("持妆气垫", 169, 95, "象牙白", "自然色", "小麦色"),
            new("八色眼影盘", 129, 120, "大地", "蜜桃"), new("自动眉笔", 39, 20, "浅棕", "深棕", "灰棕"), new("香氛护手霜", 35, 80, "玫瑰", "桂花", "白茶"), new("生姜防脱洗发水", 69, 480, "250ml", "500ml"),
            new("山茶花护发素", 65, 470, "250ml", "500ml"), new("磨砂身体膏", 59, 320, "白桃", "海盐"), new("卸妆膏", 99, 160, "50g", "100g"), new("男士控油洁面", 59, 140, "100g", "150g"), new("淡香水", 269, 180, Bottles),
        ]),
        ("食品", "FD",
        [
            new("每日坚果", 99, 600, Boxes), new("冻干咖啡粉", 89, 90, Boxes), new("明前龙井", 199, 150, "50g", "100g", "250g"), new("新会陈皮", 128, 130, "50g", "100g", "250g"), new("东北五常大米", 69, 2600, "2.5kg", "5kg", "10kg"),
            new("有机燕麦片", 39, 560, Bags), new("黑芝麻丸", 49, 300, "9 粒", "18 粒", "36 粒"), new("手撕牛肉干", 79, 280, "100g 原味", "100g 香辣", "250g 原味", "250g 香辣"), new("芒果干", 25, 130, "100g", "250g", "500g"),
            new("全麦吐司", 29, 520, "6 片", "12 片"), new("原味苏打饼干", 22, 420, "400g", "800g"), new("土蜂蜜", 88, 700, "250g", "500g", "1kg"), new("山茶油", 139, 1100, "500ml", "1L", "2.5L"), new("螺蛳粉", 39, 980, "3 袋", "5 袋", "10 袋"),
            new("自热火锅", 29, 480, "麻辣", "番茄", "菌汤"), new("银耳羹", 59, 560, Boxes), new("无糖酥性饼干", 26, 360, "海苔", "芝麻", "燕麦"),
        ]),
        ("服饰", "CL",
        [
            new("重磅纯棉 T 恤", 89, 260, Sizes), new("防晒开衫", 129, 240, Sizes), new("直筒牛仔裤", 199, 620, Sizes), new("高腰阔腿裤", 169, 520, Sizes), new("羊毛圆领针织衫", 259, 430, Sizes), new("轻薄羽绒服", 399, 560, Sizes),
            new("莫代尔家居服", 159, 480, Sizes), new("运动速干短裤", 79, 180, Sizes), new("男士商务衬衫", 149, 290, Sizes), new("老爹鞋", 239, 980, Shoes), new("帆布鞋", 119, 820, Shoes), new("居家拖鞋", 35, 310, Shoes),
            new("抗菌中筒袜 5 双", 39, 220, "黑色", "白色", "混色"), new("渔夫帽", 59, 110, Colours), new("真皮腰带", 129, 260, "110cm", "120cm"), new("托特帆布包", 89, 420, Colours), new("真丝发圈", 29, 30, Colours), new("羊绒围巾", 299, 240, Colours),
        ]),
    ];

    private static readonly (string Code, string Name, int PriceYuan, (string Code, int Quantity)[] Parts)[] Kits =
    [
        ("KIT-001", "卧室焕新组合", 519, [("HM-01-02", 1), ("HM-03-01", 2)]),
        ("KIT-002", "补水三件礼盒", 299, [("BT-01-01", 1), ("BT-02-02", 1), ("BT-04-02", 1)]),
        ("KIT-003", "早餐搭档", 139, [("FD-02-01", 1), ("FD-06-02", 1), ("FD-10-01", 2)]),
        ("KIT-004", "纯棉 T 恤两件装", 159, [("CL-01-02", 1), ("CL-01-05", 1)]),
        ("KIT-005", "厨房收纳套装", 119, [("HM-16-01", 2), ("HM-16-03", 2)]),
        ("KIT-006", "年货零食箱", 219, [("FD-01-02", 1), ("FD-08-01", 2), ("FD-09-02", 1)]),
    ];

    public static IReadOnlyList<DemoSku> Skus()
    {
        var skus = new List<DemoSku>();
        for (var shelf = 0; shelf < Shelves.Length; shelf++)
            for (var product = 0; product < Shelves[shelf].Products.Length; product++)
                for (var spec = 0; spec < Shelves[shelf].Products[product].Specs.Length; spec++)
                    skus.Add(Sku(shelf, product, spec));
        var byCode = skus.ToDictionary(s => s.Code);
        skus.AddRange(Kits.Select((kit, i) => new DemoSku(kit.Code, kit.Name, "组合装", "组合", Ean13(string.Create(CultureInfo.InvariantCulture, $"6939000{i + 1:D5}")),
            kit.Parts.Sum(p => byCode[p.Code].WeightGrams * p.Quantity), kit.Parts.Sum(p => byCode[p.Code].CostFen * p.Quantity), kit.PriceYuan * 100L,
            kit.Parts.ToDictionary(p => p.Code, p => p.Quantity))));
        return skus;
    }

    /// <summary>Bigger specifications of one product cost and weigh more.</summary>
    private static DemoSku Sku(int shelf, int product, int spec)
    {
        var (category, prefix, products) = Shelves[shelf];
        var p = products[product];
        var grows = char.IsAsciiDigit(p.Specs[0][0]) && p.Specs != Shoes;
        var price = p.PriceYuan * 100L * (100 + (grows ? 45 * spec : 0)) / 100 / 100 * 100 - 10; // …8.90
        var weight = p.WeightGrams * (100 + (grows ? 60 * spec : 0)) / 100;
        var code = string.Create(CultureInfo.InvariantCulture, $"{prefix}-{product + 1:D2}-{spec + 1:D2}");
        return new(code, "云杉 " + p.Name, p.Specs[spec], category,
            Ean13(string.Create(CultureInfo.InvariantCulture, $"693{shelf + 1}0{product + 1:D3}0{spec + 1:D3}")), weight, price * 45 / 100, price);
    }

    /// <param name="twelve">The digits before the check digit.</param>
    internal static string Ean13(string twelve)
    {
        var sum = twelve.Select((c, i) => (c - '0') * (i % 2 == 0 ? 1 : 3)).Sum();
        return twelve + (char)('0' + (10 - sum % 10) % 10);
    }
}
