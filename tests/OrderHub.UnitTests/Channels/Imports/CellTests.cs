using OrderHub.Channels.Imports.Rows;
using OrderHub.Channels.Imports.Sheets;
using OrderHub.Orders.Contracts;

namespace OrderHub.UnitTests.Channels.Imports;

public sealed class CellTests
{
    [Theory]
    [InlineData("=\"3894567890123456789\"", "3894567890123456789"), InlineData("='3894567890123456789", "3894567890123456789"), InlineData("='3894567890123456789'", "3894567890123456789")]
    [InlineData("'3894567890123456789", "3894567890123456789"), InlineData("3894567890123456789\t", "3894567890123456789"), InlineData("\"240101-123456789012345\"", "240101-123456789012345")]
    [InlineData("３８９４", "3894"), InlineData("\uFEFF A-1 ", "A-1"), InlineData("`4012", "4012"), InlineData("1001.0", "1001")]
    public void An_order_number_loses_its_wrapping_and_nothing_else(string cell, string expected) => CellValues.OrderNo(cell).Value.ShouldBe(expected);

    [Theory]
    [InlineData("3.89457E+18", "channels.row_digits_lost"), InlineData("3.89456789012346E+018", "channels.row_digits_lost"), InlineData("合计", "channels.row_bad_order_no"), InlineData("A 1", "channels.row_bad_order_no")]
    public void What_is_no_order_number_is_refused_with_the_reason(string cell, string code) => CellValues.OrderNo(cell).Error!.Code.ShouldBe(code);

    [Fact]
    public void A_long_number_that_excel_holds_as_a_number_has_lost_its_digits()
    {
        var file = SheetFile.Xlsx(["订单号", "下单时间", "收货地址", "实付金额"], [3894567890123456789L, "2026-01-01", "上海", "1"]);
        SheetFile.Read(file).ShouldHaveSingleItem().Findings[0].Error.Code.ShouldBe("channels.row_digits_lost");
    }

    [Fact]
    public void When_most_numbers_end_in_zeros_excel_wrote_them_and_none_is_taken()
    {
        var file = SheetFile.Csv("订单号,下单时间,收货地址,实付金额\n3894567890123450000,2026-01-01,上海,1\n3894567890123460000,2026-01-01,上海,1\nA1,2026-01-01,上海,1\n");
        var read = SheetFile.Read(file);
        read.Where(r => r.Order is not null).Select(r => r.OrderNo).ShouldBe(["A1"]);
        read.SelectMany(r => r.Findings).Where(f => f.Error.Code == "channels.row_digits_zeroed").Select(f => f.Row).ShouldBe([2, 3]);
    }

    [Fact]
    public void One_number_among_many_may_end_in_zeros() =>
        SheetFile.Read(SheetFile.Csv("订单号,下单时间,收货地址,实付金额\n3894567890123450000,2026-01-01,上海,1\n3894567890123461234,2026-01-01,上海,1\n")).ShouldAllBe(r => r.Order != null);

    [Theory]
    [InlineData("12.5", 1250), InlineData("￥1,234.50", 123450), InlineData("¥12元", 1200), InlineData("１２．５０", 1250), InlineData("=\"88.00\"", 8800), InlineData("12.500", 1250), InlineData("1，234.00 元", 123400)]
    public void Money_is_read_as_people_write_it(string cell, long fen) => CellValues.Money(cell, "实付金额").Value.ShouldBe(fen);

    [Theory]
    [InlineData("12.345"), InlineData("免费"), InlineData("1.2.3"), InlineData("12-5")]
    public void What_is_no_money_is_refused(string cell) => CellValues.Money(cell, "实付金额").Error!.Code.ShouldBe("channels.row_bad_money");

    [Theory]
    [InlineData(""), InlineData("-"), InlineData("无"), InlineData("—")]
    public void Nothing_is_not_zero(string cell) => CellValues.Money(cell, "实付金额").Value.ShouldBeNull();

    [Theory]
    [InlineData("2026-01-02 03:04:05"), InlineData("2026/1/2 3:04:05"), InlineData("2026年1月2日 03:04:05"), InlineData("2026年1月2日 3时4分5秒"), InlineData("20260102030405"), InlineData("2026.01.02 03:04:05"),
     InlineData("2026-01-01T19:04:05Z"), InlineData("2026-01-02T03:04:05+08:00"), InlineData("2026-01-02T03:04:05"), InlineData("46024.127835648146"), InlineData("\t2026-01-02 03:04:05\t"), InlineData("2026-01-02 03:04:05.000")]
    public void A_time_is_shop_time_however_it_is_written(string cell) => CellValues.Time(cell, "下单时间").Value.ShouldBe(new DateTimeOffset(2026, 1, 1, 19, 4, 5, TimeSpan.Zero));

    [Theory]
    [InlineData("昨天"), InlineData("2026-13-01"), InlineData("12"), InlineData("1899-12-31")]
    public void What_is_no_time_is_refused(string cell) => CellValues.Time(cell, "下单时间").Error!.Code.ShouldBe("channels.row_bad_time");

    [Theory]
    [InlineData("2", 2), InlineData("2.0", 2), InlineData("2件", 2), InlineData("x3", 3), InlineData("０", 0)]
    public void Pieces_are_whole(string cell, int pieces) => CellValues.Quantity(cell).Value.ShouldBe(pieces);

    [Theory]
    [InlineData("2.5"), InlineData("-1"), InlineData("两件")]
    public void Half_a_piece_is_refused(string cell) => CellValues.Quantity(cell).Error!.Code.ShouldBe("channels.row_bad_quantity");

    [Theory]
    [InlineData("等待买家付款", PlatformStatus.Unpaid), InlineData("待支付", PlatformStatus.Unpaid), InlineData("未付款", PlatformStatus.Unpaid)]
    [InlineData("买家已付款，等待卖家发货", PlatformStatus.Paid), InlineData("待发货", PlatformStatus.Paid), InlineData("备货中", PlatformStatus.Paid), InlineData("等待出库", PlatformStatus.Paid), InlineData("未发货", PlatformStatus.Paid)]
    [InlineData("卖家部分发货", PlatformStatus.PartShipped), InlineData("卖家已发货，等待买家确认", PlatformStatus.Shipped), InlineData("已发货，待收货", PlatformStatus.Shipped), InlineData("等待确认收货", PlatformStatus.Shipped)]
    [InlineData("交易成功", PlatformStatus.Received), InlineData("已收货", PlatformStatus.Received), InlineData("完成", PlatformStatus.Received), InlineData("已签收", PlatformStatus.Received)]
    [InlineData("交易关闭", PlatformStatus.ClosedAfterPayment), InlineData("(删除)等待出库", PlatformStatus.ClosedAfterPayment), InlineData("未发货，退款成功", PlatformStatus.ClosedAfterPayment), InlineData("已发货，退款成功", PlatformStatus.ClosedAfterPayment)]
    public void The_words_of_every_back_office_are_known(string word, PlatformStatus status) => StatusWords.Parse(word, wasPaid: true)!.Value.Status.ShouldBe(status);

    [Fact]
    public void Closed_without_payment_is_another_end() => StatusWords.Parse("已关闭", wasPaid: false)!.Value.Status.ShouldBe(PlatformStatus.ClosedUnpaid);

    [Fact]
    public void A_locked_order_is_held_with_the_platforms_word() => StatusWords.Parse("锁定", wasPaid: true).ShouldBe((PlatformStatus.Paid, "平台状态：锁定"));

    [Fact]
    public void An_unknown_word_is_not_guessed() => StatusWords.Parse("薛定谔", wasPaid: true).ShouldBeNull();

    [Theory]
    [InlineData("浙江省 杭州市 西湖区 文三路 123号 ", "浙江省", "杭州市", "西湖区", "", "文三路 123号")]
    [InlineData("浙江省杭州市西湖区北山街道文三路123号", "浙江省", "杭州市", "西湖区", "北山街道", "文三路123号")]
    [InlineData("江西南昌市青山湖区昌东工业区恒源科技园1栋", "江西", "南昌市", "青山湖区", "", "昌东工业区恒源科技园1栋")]
    [InlineData("上海 上海市 浦东新区 张江镇 祖冲之路 1 号", "上海", "上海市", "浦东新区", "张江镇", "祖冲之路 1 号")]
    [InlineData("上海市浦东新区祖冲之路1号", "上海市", "上海市", "浦东新区", "", "祖冲之路1号")]
    [InlineData("北京市 市辖区 朝阳区 建国路", "北京市", "北京市", "朝阳区", "", "建国路")]
    [InlineData("新疆维吾尔自治区伊犁哈萨克自治州伊宁市解放路", "新疆维吾尔自治区", "伊犁哈萨克自治州", "伊宁市", "", "解放路")]
    [InlineData("吉林省吉林市船营区", "吉林省", "吉林市", "船营区", "", "")]
    [InlineData("浙江省台州市路桥区路北街道银安街", "浙江省", "台州市", "路桥区", "路北街道", "银安街")]
    [InlineData("浙江省杭州市文三路翠苑小区3幢", "浙江省", "杭州市", "", "", "文三路翠苑小区3幢")]
    [InlineData("内蒙古自治区", "内蒙古自治区", "", "", "", "")]
    [InlineData("中国广东省深圳市南山区粤海街道科技园(518000)", "广东省", "深圳市", "南山区", "粤海街道", "科技园")]
    [InlineData("火星基地一号", "", "", "", "", "火星基地一号")]
    public void An_address_in_one_piece_is_taken_apart_as_far_as_it_is_certain(string text, string province, string city, string district, string town, string rest) =>
        AddressText.Split(text).ShouldBe(new AddressText(province, city, district, town, rest));
}
