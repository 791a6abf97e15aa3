using OrderHub.Allocation.Contracts;
using static OrderHub.Allocation.Contracts.AddressLevel;

namespace OrderHub.UnitTests.Allocation;

public sealed class AddressBookTests
{
    [Theory]
    [InlineData("浙江省杭州市西湖区文三路1号", "浙江", "杭州市", "西湖区", "", "文三路1号", District)]
    [InlineData("浙江 杭州 西湖区 转塘街道 象山路352号", "浙江", "杭州市", "西湖区", "转塘街道", "象山路352号", Town)]
    [InlineData("上海市浦东新区张江镇祖冲之路2305号", "上海", "上海市", "浦东新区", "张江镇", "祖冲之路2305号", Town)]
    [InlineData("北京市北京市朝阳区望京街10号", "北京", "北京市", "朝阳区", "", "望京街10号", District)]
    [InlineData("内蒙古自治区呼和浩特市新城区兴安南路2号", "内蒙古", "呼和浩特市", "新城区", "", "兴安南路2号", District)]
    [InlineData("吉林省延边州延吉市光明街1号", "吉林", "延边朝鲜族自治州", "延吉市", "", "光明街1号", District)]
    [InlineData("湖北省仙桃市沔州大道8号", "湖北", "仙桃市", "", "", "沔州大道8号", City)]
    [InlineData("广东省东莞市南城街道鸿福路200号", "广东", "东莞市", "南城街道", "", "鸿福路200号", District)]
    [InlineData("深圳市南山区粤海街道科技园南路1号", "广东", "深圳市", "南山区", "粤海街道", "科技园南路1号", Town)]
    [InlineData("江苏省昆山市玉山镇前进西路1号", "江苏", "苏州市", "昆山市", "玉山镇", "前进西路1号", Town)]
    [InlineData("江苏昆山市前进西路1号", "江苏", "苏州市", "昆山市", "", "前进西路1号", District)]
    [InlineData("昆山市花桥镇物流大道88号", "江苏", "苏州市", "昆山市", "花桥镇", "物流大道88号", Town)]
    [InlineData("浙江省义乌市稠城街道宾王路1号", "浙江", "金华市", "义乌市", "稠城街道", "宾王路1号", Town)]
    [InlineData("江苏省鼓楼区中山路1号", "江苏", "", "", "", "鼓楼区中山路1号", Province)]
    [InlineData("香港特别行政区九龙油尖旺区弥敦道1号", "香港", "九龙", "油尖旺区", "", "弥敦道1号", District)]
    [InlineData("上海路100号", "", "", "", "", "上海路100号", None)]
    [InlineData("火星基地1号舱", "", "", "", "", "火星基地1号舱", None)]
    public void An_address_written_in_one_line_is_taken_apart(string text, string province, string city, string district, string town, string detail, AddressLevel known) =>
        AddressBook.Recognise("", "", "", "", text).ShouldBe(new RecognisedAddress(province, city, district, town, detail, known));

    [Theory]
    [InlineData("广西壮族自治区", "南宁", "青秀", "", "民族大道1号", "广西", "南宁市", "青秀区", "民族大道1号", District)]
    [InlineData("重庆", "市辖区", "渝中区", "", "解放碑1号", "重庆", "重庆市", "渝中区", "解放碑1号", District)]
    [InlineData("重庆市", "县", "城口县", "", "东大街1号", "重庆", "重庆市", "城口县", "东大街1号", District)]
    [InlineData("河南省", "省直辖县级行政区划", "济源市", "", "沁园路1号", "河南", "济源市", "济源市", "沁园路1号", City)]
    [InlineData("", "苏州市", "昆山市", "花桥镇", "物流大道88号", "江苏", "苏州市", "昆山市", "物流大道88号", Town)]
    [InlineData("浙江省", "杭州市", "西湖区", "", "浙江省杭州市西湖区文三路1号", "浙江", "杭州市", "西湖区", "文三路1号", District)]
    [InlineData("江苏省", "昆山市", "", "", "玉山镇前进西路1号", "江苏", "苏州市", "昆山市", "前进西路1号", Town)]
    [InlineData("江苏省", "昆山市", "玉山镇", "", "前进西路1号", "江苏", "苏州市", "昆山市", "前进西路1号", Town)]
    [InlineData("浙江省", "亚特兰蒂斯市", "海底区", "", "一号", "浙江", "亚特兰蒂斯市", "海底区", "一号", Province)]
    [InlineData("亚特兰蒂斯", "海底市", "", "", "一号", "亚特兰蒂斯", "海底市", "", "一号", None)]
    public void Fields_are_brought_into_their_official_names(string province, string city, string district, string town, string address, string toProvince, string toCity, string toDistrict, string detail, AddressLevel known)
    {
        var found = AddressBook.Recognise(province, city, district, town, address);
        (found.Province, found.City, found.District, found.Detail, found.Known).ShouldBe((toProvince, toCity, toDistrict, detail, known));
    }

    [Fact]
    public void Remote_and_overseas_places_are_marked()
    {
        var network = new FulfilmentNetwork([], []);
        network.IsRemote("新疆维吾尔自治区", "喀什地区").ShouldBeTrue();
        network.IsRemote("江苏省", "苏州市").ShouldBeFalse();
        AddressBook.Recognise("台湾省", "台北市", "", "", "忠孝东路1号").IsOverseas.ShouldBeTrue();
        AddressBook.Recognise("江苏", "苏州", "", "", "观前街1号").IsOverseas.ShouldBeFalse();
    }

    [Theory]
    [InlineData("13800138000", true)]
    [InlineData("138****8000", true)]
    [InlineData("", true)]
    [InlineData("+86 13800138000", true)]
    [InlineData("0571-87654321", true)]
    [InlineData("138-0013-8000", true)]
    [InlineData("138 0013 8000", true)]
    [InlineData("8613800138000", true)]
    [InlineData("0086-13800138000", true)]
    [InlineData("18412345678-1234", true)]
    [InlineData("13812345678转1234", true)]
    [InlineData("13812345678,1234", true)]
    [InlineData("010-62345678", true)]
    [InlineData("(0571)87654321", true)]
    [InlineData("02161234567", true)]
    [InlineData("0512-57608801-802", true)]
    [InlineData("+86 571 8765 4321", true)]
    [InlineData("400-820-8820", true)]
    [InlineData("8008208820转2", true)]
    [InlineData("+852 9123 4567", true)]
    [InlineData("1380013800", false)]
    [InlineData("138001380000", false)]
    [InlineData("013800138000", false)]
    [InlineData("+86 1380013800", false)]
    [InlineData("1380013800-1234", false)]
    [InlineData("11111111111", false)]
    [InlineData("12800138000", false)]
    [InlineData("87654321", false)]
    [InlineData("0571-876543", false)]
    [InlineData("400-820-882", false)]
    [InlineData("23800138000", false)]
    [InlineData("12345", false)]
    [InlineData("打电话给我", false)]
    public void A_phone_is_one_when_it_can_be_dialled(string text, bool fine) => AddressBook.IsPhone(text).ShouldBe(fine);

    [Theory]
    [InlineData("91234567", "香港特别行政区", true)]
    [InlineData("0912-345-678", "台湾", true)]
    [InlineData("91234567", "广东省", false)]
    [InlineData("12345", "香港", false)]
    public void A_number_without_its_area_is_one_only_beyond_the_customs_border(string text, string province, bool fine) => AddressBook.IsPhone(text, province).ShouldBe(fine);

    [Fact]
    public void Every_province_of_ours_is_in_the_official_list()
    {
        foreach (var province in Provinces.All) AddressBook.Recognise(province, "", "", "", "").Known.ShouldBeOneOf(Province, City);
    }
}
