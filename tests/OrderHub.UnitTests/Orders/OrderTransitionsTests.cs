using OrderHub.Orders.Contracts;
using OrderHub.Orders.States;

namespace OrderHub.UnitTests.Orders;

public sealed class OrderTransitionsTests
{
    [Fact]
    public void Every_state_can_be_reached_and_every_open_state_can_be_left()
    {
        foreach (var state in Enum.GetValues<OrderState>())
        {
            if (state != OrderState.PendingPayment) OrderTransitions.All.ShouldContain(t => t.To == state, $"nothing leads to {state}");
            if (state is not (OrderState.Cancelled or OrderState.Returned)) OrderTransitions.All.ShouldContain(t => t.From == state, $"{state} is a dead end");
        }
    }

    [Fact]
    public void What_has_left_the_house_is_never_cancelled() =>
        OrderTransitions.All.Where(t => t.Trigger == OrderTrigger.Cancel).ShouldAllBe(t => t.From < OrderState.Shipped);

    [Fact]
    public void Only_a_packed_order_ships() => OrderTransitions.All.Where(t => t.Trigger == OrderTrigger.Ship).Select(t => t.From).ShouldBe([OrderState.Packed]);

    [Theory]
    [InlineData(OrderState.Shipped, OrderTrigger.Ship, true)]
    [InlineData(OrderState.Allocated, OrderTrigger.Ship, false)]
    [InlineData(OrderState.Cancelled, OrderTrigger.Cancel, true)]
    [InlineData(OrderState.Completed, OrderTrigger.Cancel, false)]
    public void Asking_twice_is_harmless_only_where_it_has_happened(OrderState state, OrderTrigger trigger, bool done) => OrderTransitions.IsAlreadyDone(state, trigger).ShouldBe(done);
}
