using System.Globalization;
using OrderHub.Sandbox.Gateway;

namespace OrderHub.Sandbox.Living;

/// <summary>Invented buyers and receivers; the same random source gives the same people. The 190 mobile numbers are invented too.</summary>
internal sealed class People(Random random)
{
    private static readonly string[] Families = ["王", "李", "张", "刘", "陈", "杨", "黄", "赵", "吴", "周", "徐", "孙", "马", "朱", "胡", "郭", "何", "林", "罗", "欧阳"];
    private static readonly string[] Givens = ["伟", "芳", "秀英", "敏", "静", "丽", "强", "磊", "洋", "艳", "勇", "婷", "雪梅", "建国", "子涵", "浩然", "欣怡", "宇轩", "晓东", "佳琪"];
    private static readonly string[] Streets = ["中山路", "人民路", "解放路", "建设大道", "文化路", "和平街", "新华路", "学府路", "滨江大道", "科技路", "长江路", "迎宾大道"];
    private static readonly string[] Towns = ["城关街道", "新城街道", "高新街道", "滨河街道", "东风街道", "南湖街道"];
    private static readonly string[] Estates = ["阳光花园", "翠湖名苑", "金色家园", "锦绣江南", "万和城", "书香门第", "绿地新里", "幸福里"];

    public SandboxBuyer Buyer()
    {
        var nick = One(Givens) + One(["的小店", "爱生活", "tb", "2号", "_", "呀"]) + random.Next(100, 9999).ToString(CultureInfo.InvariantCulture);
        return new(Digest.Opaque("buyer", nick), nick);
    }

    public SandboxReceiver Receiver() => ReceiverIn(Regions.Mainland[random.Next(Regions.Mainland.Count)]);

    /// <param name="province">Any name the table does not know is kept as it is, without city.</param>
    public SandboxReceiver ReceiverIn(string province)
    {
        var regions = Regions.Of(province);
        return ReceiverIn(regions.Count == 0 ? new(province, "", "") : regions[random.Next(regions.Count)]);
    }

    private SandboxReceiver ReceiverIn(Region region) => new(
        One(Families) + One(Givens),
        "190" + random.Next(0, 100_000_000).ToString("D8", CultureInfo.InvariantCulture),
        region.Province, region.City, region.District, One(Towns),
        string.Create(CultureInfo.InvariantCulture, $"{One(Streets)}{random.Next(1, 400)}号{One(Estates)}{random.Next(1, 30)}栋{random.Next(1, 4)}单元{random.Next(1, 33)}0{random.Next(1, 6)}"));

    private string One(string[] choices) => choices[random.Next(choices.Length)];
}
