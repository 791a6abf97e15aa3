using System.Globalization;
using OrderHub.Sandbox.Gateway;

namespace OrderHub.Sandbox.Trading;

/// <summary>Order numbers in each platform's own form, unique by the world's running number.</summary>
internal static class OrderNumbers
{
    public static string Next(SandboxPlatform platform, long sequence, DateTimeOffset created) => platform switch
    {
        SandboxPlatform.Taobao => Text(3_061_000_000_000_000_000 + sequence * 100),
        SandboxPlatform.Jd => Text(290_000_000_000 + sequence),
        SandboxPlatform.Pinduoduo => Date(created, "yyMMdd") + "-" + (100_000_000_000_000 + sequence * 7919).ToString(CultureInfo.InvariantCulture),
        SandboxPlatform.Douyin => Text(6_910_000_000_000_000_000 + sequence * 1000),
        SandboxPlatform.WeChat => Text(3_705_115_058_000_000_000 + sequence * 256),
        SandboxPlatform.Kuaishou => Text(2_431_500_000_000_000 + sequence * 1000),
        _ => "MP" + Date(created, "yyyyMMdd") + sequence.ToString("D8", CultureInfo.InvariantCulture),
    };

    /// <summary>Number of a line where the platform numbers its sub-orders: the order's own number when there is only one line.</summary>
    public static long SubOrder(SandboxOrder order, int lineNo)
    {
        var no = long.Parse(order.No, CultureInfo.InvariantCulture);
        return order.Lines.Count == 1 ? no : no + lineNo * 10_000_000_000;
    }

    private static string Text(long no) => no.ToString(CultureInfo.InvariantCulture);

    private static string Date(DateTimeOffset at, string format) => at.ToOffset(ChinaTime.Offset).ToString(format, CultureInfo.InvariantCulture);
}
