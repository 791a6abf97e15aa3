using OrderHub.Orders.Shortages;
using static OrderHub.Orders.Shortages.TriageVerdict;

namespace OrderHub.UnitTests.Orders;

public sealed class TriageProposalTests
{
    [Fact]
    public void The_next_pieces_go_down_the_line_until_they_are_used_up() =>
        TriageProposal.Of(0, 5, [(2, false), (2, false), (2, false), (1, false)]).ShouldBe([NextPieces, NextPieces, Waits, NextPieces], "who is too big lets the next one pass");

    [Fact]
    public void An_order_that_lacks_something_else_takes_nothing_from_the_others() =>
        TriageProposal.Of(0, 2, [(2, true), (2, false)]).ShouldBe([OtherMissing, NextPieces]);

    [Fact]
    public void What_is_free_and_was_not_taken_lies_in_several_warehouses() =>
        TriageProposal.Of(3, 0, [(3, false), (1, false)]).ShouldBe([Scattered, Waits]);
}
