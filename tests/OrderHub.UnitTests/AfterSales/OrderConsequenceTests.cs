using OrderHub.AfterSales.Refunds;
using OrderHub.Orders.Contracts;

namespace OrderHub.UnitTests.AfterSales;

public sealed class OrderConsequenceTests
{
    [Theory]
    [InlineData(OrderState.Allocated)]
    [InlineData(OrderState.Packed)]
    [InlineData(OrderState.Shortage)]
    public void An_open_refund_stops_what_has_not_left_the_warehouse(OrderState state) =>
        OrderConsequence.For(state, null, 9900, anyOpen: true, 0).ShouldBe(ConsequenceKind.Hold);

    [Fact]
    public void A_shipped_order_cannot_be_stopped_any_more() =>
        OrderConsequence.For(OrderState.Shipped, null, 9900, anyOpen: true, 0).ShouldBe(ConsequenceKind.None);

    [Fact]
    public void A_stopped_order_is_not_stopped_again() =>
        OrderConsequence.For(OrderState.Allocated, OrderConsequence.HoldReason, 9900, anyOpen: true, 0).ShouldBe(ConsequenceKind.None);

    [Fact]
    public void When_no_refund_is_open_any_more_our_hold_is_lifted() =>
        OrderConsequence.For(OrderState.Allocated, OrderConsequence.HoldReason, 9900, anyOpen: false, 0).ShouldBe(ConsequenceKind.LiftHold);

    [Fact]
    public void Somebody_elses_hold_is_never_lifted() =>
        OrderConsequence.For(OrderState.Allocated, "平台风控", 9900, anyOpen: false, 0).ShouldBe(ConsequenceKind.None);

    [Theory]
    [InlineData(OrderState.Review, ConsequenceKind.Cancel)]
    [InlineData(OrderState.Packed, ConsequenceKind.Cancel)]
    [InlineData(OrderState.Shipped, ConsequenceKind.Return)]
    [InlineData(OrderState.Signed, ConsequenceKind.Return)]
    [InlineData(OrderState.Completed, ConsequenceKind.Return)]
    [InlineData(OrderState.Cancelled, ConsequenceKind.None)]
    [InlineData(OrderState.Returned, ConsequenceKind.None)]
    public void A_full_refund_ends_the_order_wherever_it_is(OrderState state, object consequence) =>
        OrderConsequence.For(state, null, 9900, anyOpen: false, 9900).ShouldBe((ConsequenceKind)consequence);

    [Fact]
    public void A_partial_refund_lets_the_rest_be_shipped() =>
        OrderConsequence.For(OrderState.Allocated, OrderConsequence.HoldReason, 9900, anyOpen: false, 9899).ShouldBe(ConsequenceKind.LiftHold);
}
