using OrderHub.Reconciliation.Checks;

namespace OrderHub.UnitTests.Reconciliation;

public sealed class ReplayFileTests
{
    private const string Header = "订单编号,总金额,买家实际支付金额,收货地址,订单创建时间,订单付款时间,退款金额\n";

    [Fact]
    public void Amounts_are_read_to_the_fen_and_an_empty_payment_time_means_unpaid() =>
        ReplayFile.Read(new StringReader(Header + "1,178.8,0.0,上海,2020-02-21 00:00:00,,0.0\n28010,37.05,0.0,安徽省,2020-02-20 23:59:35,2020-02-21 00:00:02,37.05\n"))
            .ShouldBe([new ReplayFileRow("2020020000000000001", 17_880, false, 0), new ReplayFileRow("2020020000000028010", 3_705, true, 3_705)]);

    [Fact]
    public void An_amount_of_parts_of_a_fen_is_refused() =>
        Should.Throw<FormatException>(() => ReplayFile.Read(new StringReader(Header + "1,178.805,0.0,上海,2020-02-21 00:00:00,,0.0\n")).ToList());
}
