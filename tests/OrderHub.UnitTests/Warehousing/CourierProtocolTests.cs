using OrderHub.Warehousing.Labels;
using OrderHub.Warehousing.Tracking;

namespace OrderHub.UnitTests.Warehousing;

public sealed class CourierProtocolTests
{
    private const string PushParam = """{"status":"polling","billstatus":"got","message":"","autoCheck":"0","comOld":"","comNew":"","lastResult":{"message":"ok","state":"0","status":"200","condition":"F00","ischeck":"0","com":"yuantong","nu":"YT9876543210987","data":[{"context":"上海分拨中心","time":"2026-11-11 10:00:00","ftime":"2026-11-11 10:00:00","status":"在途","areaCode":null,"areaName":null}]}}""";

    [Fact]
    public void A_push_is_signed_with_the_salt() => TrackingSignature.Of(PushParam, "s@lt01").ShouldBe("DCB11EE7C88812858D55D6CEE1F1ADA6");

    [Theory]
    [InlineData("DCB11EE7C88812858D55D6CEE1F1ADA6", "s@lt01", true)]
    [InlineData("dcb11ee7c88812858d55d6cee1f1ada6", "s@lt01", true)]
    [InlineData("DCB11EE7C88812858D55D6CEE1F1ADA7", "s@lt01", false)]
    [InlineData("", "s@lt01", false)]
    [InlineData(null, "s@lt01", false)]
    [InlineData("DCB11EE7C88812858D55D6CEE1F1ADA6", "", false)]
    public void Only_our_salt_signs_and_without_one_nothing_is_believed(string? sign, string salt, bool ours) => TrackingSignature.IsOurs(PushParam, sign, salt).ShouldBe(ours);

    [Fact]
    public void A_query_is_signed_with_key_and_customer() => TrackingSignature.Of(
        """{"com":"shunfeng","num":"SF1234567890123","phone":"1234","from":"","to":"","resultv2":"4","show":"0","order":"desc"}""", "XjRkTnAbCdEf", "0F1E2D3C4B5A69788796A5B4C3D2E1F0")
        .ShouldBe("2872C9C168DB52B1C4DBF77ACF70E77E");

    [Fact]
    public void A_waybill_request_is_signed_with_time_key_and_secret() => Kuaidi100Waybills.Sign(
        """{"kuaidicom":"zhongtong","recMan":{"name":"张三","mobile":"13800000000","printAddr":"广东省深圳市南山区科技路1号"},"sendMan":{"name":"李四","mobile":"13900000000","printAddr":"上海市青浦区华新镇1号"},"cargo":"服装","count":1,"payType":"SHIPPER","expType":"标准快递","printType":"NON"}""",
        "1795017600000", "XjRkTnAbCdEf", "2d3c4b5a69788796a5b4c3d2e1f00f1e").ShouldBe("8EFA7E2316D2E36963B2DC4A131E5689");

    [Fact]
    public void A_hidden_receivers_label_is_asked_for_with_the_platforms_order_number_and_token()
    {
        var request = new WaybillRequest("H0000000018", "zhongtong", new("苏州仓", "13900000000", "苏州"), new("张**", "138****0000", "广东省深圳市南山区科***"), "服装", 300);
        Text(request with { PlatformOrderNo = "3061234567890123456", Oaid = "1Zx" }).ShouldContain("\"thirdOrderId\":\"3061234567890123456\",\"oaid\":\"1Zx\"");
        Text(request).ShouldNotContain("oaid");

        static string Text(WaybillRequest request) => Kuaidi100Waybills.Text(request, new());
    }

    [Theory]
    [InlineData("1", "PickedUp")]
    [InlineData("103", "PickedUp")]
    [InlineData("101", "Nothing")]
    [InlineData("102", "Nothing")]
    [InlineData("0", "PickedUp")]
    [InlineData("5", "PickedUp")]
    [InlineData("3", "Signed")]
    [InlineData("304", "Signed")]
    [InlineData("401", "Nothing")]
    [InlineData("6", "Returning")]
    [InlineData("2", "Nothing")]
    [InlineData(null, "Nothing")]
    public void A_couriers_state_means_one_step_for_the_parcel(string? state, string progress) => CourierNews.Of(state).ToString().ShouldBe(progress);

    [Theory]
    [InlineData("13812345678", "138****5678")]
    [InlineData("138****5678", "138****5678")]
    [InlineData("05121234567", "051****4567")]
    [InlineData("051212345678", "********5678")]
    [InlineData("", "")]
    public void A_phone_on_a_label_is_masked(string phone, string printed) => PrivacyMask.Phone(phone).ShouldBe(printed);
}
