using System.Globalization;
using System.Text.RegularExpressions;
using OrderHub.Warehousing.Labels;

namespace OrderHub.UnitTests.Warehousing;

public sealed partial class Code128Tests
{
    [Theory]
    [InlineData("PJJ123C", 55)]
    [InlineData("A", 34)]
    [InlineData("YT1234567890123", 23)]
    public void The_check_symbol_is_the_weighted_sum_modulo_103(string text, int check)
    {
        var symbols = Code128.Symbols(text);
        symbols[0].ShouldBe(104);
        symbols[^2].ShouldBe(check);
        symbols[^1].ShouldBe(106);
    }

    [Fact]
    public void A_printed_code_has_eleven_modules_a_symbol_a_stop_of_thirteen_and_quiet_zones()
    {
        var svg = Code128.Svg("SF3100000001");
        var width = int.Parse(ViewBox().Match(svg).Groups[1].Value, CultureInfo.InvariantCulture);
        width.ShouldBe(10 + (1 + 12 + 1) * 11 + 13 + 10);
        Bar().Count(svg).ShouldBe((1 + 12 + 1) * 3 + 4);
        Bar().Matches(svg)[^1].Groups[1].Value.ShouldBe("2"); // the final bar of the stop is two modules wide
    }

    [Theory]
    [InlineData("")]
    [InlineData("顺丰")]
    [InlineData("A\tB")]
    public void What_code_set_B_cannot_say_is_refused(string text) => Should.Throw<ArgumentException>(() => Code128.Symbols(text));

    [GeneratedRegex("viewBox=\"0 0 (\\d+) 1\"")] private static partial Regex ViewBox();
    [GeneratedRegex("M\\d+ 0h(\\d)v1")] private static partial Regex Bar();
}
