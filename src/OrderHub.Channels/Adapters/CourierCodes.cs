using OrderHub.Catalog.Contracts;

namespace OrderHub.Channels.Adapters;

/// <summary>How each platform names our couriers. Douyin takes the lower-case names that Kuaidi100 uses too; the mall takes ours.</summary>
internal static class CourierCodes
{
    private sealed record Names(string Ours, string Taobao, string Jd, string Pinduoduo, string Douyin);

    private static readonly Dictionary<string, Names> Table = new Names[]
    {
        new("SF", "SF", "467", "44", "shunfeng"),
        new("YTO", "YTO", "463", "85", "yuantong"),
        new("ZTO", "ZTO", "1499", "115", "zhongtong"),
        new("STO", "STO", "470", "1", "shentong"),
        new("YUNDA", "YUNDA", "1327", "121", "yunda"),
        new("EMS", "EMS", "465", "118", "ems"),
        new("POSTB", "POSTB", "2170", "132", "youzhengguonei"),
        new("JD", "JD", "2087", "120", "jd"),
        new("JITU", "JITU", "", "384", "jtexpress"),
        new("DBL", "DBL", "3046", "131", "debangwuliu"),
        new("BEST", "BEST", "1748", "3", "huitongkuaidi"),
    }.ToDictionary(n => n.Ours);

    /// <exception cref="PlatformException">The platform has no name for this courier.</exception>
    public static string For(ShopKind kind, string courierCode)
    {
        var names = Table.GetValueOrDefault(courierCode);
        var code = kind switch
        {
            ShopKind.Taobao => names?.Taobao,
            ShopKind.Jd => names?.Jd,
            ShopKind.Pinduoduo => names?.Pinduoduo,
            ShopKind.Douyin => names?.Douyin,
            _ => courierCode,
        };
        return code is { Length: > 0 } ? code : throw new PlatformException("courier.unknown", $"平台没有快递 {courierCode} 的编码", isTransient: false);
    }
}
