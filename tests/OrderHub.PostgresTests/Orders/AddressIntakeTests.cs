using OrderHub.Orders.Contracts;
using OrderHub.PostgresTests.Infrastructure;

namespace OrderHub.PostgresTests.Orders;

public sealed class AddressIntakeTests(TestHub hub) : IClassFixture<TestHub>
{
    [Theory]
    [InlineData("浙江", "杭州", "西湖区", "浙江省杭州市西湖区文三路1号", "浙江省|杭州市|西湖区|文三路1号")]
    [InlineData("", "", "", "广东省深圳市南山区科技园南路1号", "广东省|深圳市|南山区|科技园南路1号")]
    [InlineData("内蒙古自治区", "呼和浩特", "新城", "兴安南路2号", "内蒙古自治区|呼和浩特市|新城区|兴安南路2号")]
    [InlineData("上海", "不存在市", "", "1号", "上海|不存在市||1号")]
    [InlineData("江苏省", "苏州市", "工业园区", "星湖街1号", "江苏省|苏州市|工业园区|星湖街1号")]
    public async Task A_receiver_is_stored_in_official_names_and_loses_nothing(string province, string city, string district, string address, string stored)
    {
        var answer = await hub.AcceptOneAsync(hub.Order() with { Receiver = new("李四", "13800138000", province, city, district, "", address, null) });

        var to = (await hub.ViewAsync(answer.OrderId)).Receiver;
        string.Join('|', to.Province, to.City, to.District, to.Address).ShouldBe(stored);
        answer.State.ShouldNotBe(OrderState.Review);
    }

    [Fact]
    public async Task A_phone_nobody_can_call_waits_for_a_person_but_masks_and_tokens_pass()
    {
        (await StateAsync("12345", null)).ShouldBe((OrderState.Review, "收货电话无法拨打"));
        (await StateAsync("1380013800", null)).State.ShouldBe(OrderState.Review, "a digit is missing");
        (await StateAsync("138****0000", null)).State.ShouldNotBe(OrderState.Review);
        (await StateAsync("$xJ9+/==$1$", "oaid-7")).State.ShouldNotBe(OrderState.Review);
    }

    private async Task<(OrderState State, string? Reason)> StateAsync(string phone, string? token)
    {
        var order = hub.Order();
        var answer = await hub.AcceptOneAsync(order with { Receiver = order.Receiver with { Phone = phone, Token = token } });
        return (answer.State, answer.Reason);
    }
}
