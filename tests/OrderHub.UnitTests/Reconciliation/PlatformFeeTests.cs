using OrderHub.Reconciliation.MoneyLedger;

namespace OrderHub.UnitTests.Reconciliation;

public sealed class PlatformFeeTests
{
    [Theory]
    [InlineData(10_000, 60, 60)]
    [InlineData(9_900, 500, 495)]
    [InlineData(83, 60, 0)]    // 0.498 fen
    [InlineData(84, 60, 1)]    // 0.504 fen
    [InlineData(250, 60, 2)]   // 1.5 fen, half away from zero
    [InlineData(750, 60, 5)]   // 4.5 fen, half away from zero
    [InlineData(1, 0, 0)]
    public void The_fee_is_rounded_once_per_order_half_away_from_zero(long paidFen, int basisPoints, long feeFen) =>
        PlatformFee.On(paidFen, basisPoints).ShouldBe(feeFen);

    [Fact]
    public void A_full_refund_in_parts_gives_the_whole_fee_back_to_the_fen()
    {
        long[] parts = [3333, 3333, 3334];
        for (var rate = 0; rate <= 1000; rate++)
            PlatformFee.Reversals(10_000, rate, parts).Sum().ShouldBe(PlatformFee.On(10_000, rate));
    }

    [Fact]
    public void A_partial_refund_gives_back_its_share() => PlatformFee.Reversals(10_000, 500, [2_000]).ShouldBe([100L]);

    [Fact]
    public void More_refunded_than_paid_gives_back_no_more_than_the_fee() => PlatformFee.Reversals(1_000, 500, [800, 800]).ShouldBe([40L, 10L]);
}
