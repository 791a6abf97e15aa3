using OrderHub.Platform.Units;

namespace OrderHub.UnitTests.Platform;

public sealed class UnitsTests
{
    [Theory]
    [InlineData(0, "¥0.00")]
    [InlineData(123450, "¥1,234.50")]
    [InlineData(-99, "-¥0.99")]
    public void Money_is_written_as_people_read_it(long fen, string text) => Money.Format(fen).ShouldBe(text);

    [Theory]
    [InlineData("12.34", 1234)]
    [InlineData("12", 1200)]
    [InlineData("0.10", 10)]
    [InlineData("-3.5", -350)]
    [InlineData("12.3400", 1234)]
    public void Yuan_text_becomes_fen_exactly(string text, long fen)
    {
        Money.TryParseYuan(text, out var parsed).ShouldBeTrue();
        parsed.ShouldBe(fen);
    }

    [Theory]
    [InlineData("12.345")]
    [InlineData("")]
    [InlineData(null)]
    [InlineData("1e3")]
    [InlineData("1,000.00")]
    [InlineData("99999999999999999999")]
    public void Yuan_text_that_would_lose_a_fraction_or_is_none_is_refused(string? text) => Money.TryParseYuan(text, out _).ShouldBeFalse();

    [Theory]
    [InlineData(10_000, 60, 60)]
    [InlineData(25, 200, 1)]   // 0.5 fen
    [InlineData(24, 200, 0)]
    [InlineData(-25, 200, -1)]
    public void A_share_is_rounded_half_away_from_zero(long fen, int basisPoints, long share) => Money.Share(fen, basisPoints).ShouldBe(share);

    [Theory]
    [InlineData(1)]
    [InlineData(123_456_789)]
    [InlineData(9_876_543_210)]
    public void An_order_number_reads_back_to_its_id(long id)
    {
        OrderNo.TryParse(OrderNo.From(id), out var back).ShouldBeTrue();
        back.ShouldBe(id);
    }

    [Fact]
    public void Every_single_wrong_digit_of_an_order_number_is_noticed()
    {
        var no = OrderNo.From(123_456_789);
        for (var i = 1; i < no.Length; i++)
            for (var digit = '0'; digit <= '9'; digit++)
                if (digit != no[i]) OrderNo.TryParse(no[..i] + digit + no[(i + 1)..], out _).ShouldBeFalse();
    }

    [Fact]
    public void The_business_day_ends_at_midnight_in_shanghai()
    {
        ShopTime.BusinessDay(new DateTimeOffset(2026, 11, 30, 15, 59, 59, TimeSpan.Zero)).ShouldBe(new DateOnly(2026, 11, 30));
        ShopTime.BusinessDay(new DateTimeOffset(2026, 11, 30, 16, 0, 0, TimeSpan.Zero)).ShouldBe(new DateOnly(2026, 12, 1));
    }
}
