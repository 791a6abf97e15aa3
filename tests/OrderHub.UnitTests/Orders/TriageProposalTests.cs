using OrderHub.Inventory.Contracts;
using OrderHub.Orders.Shortages;
using static OrderHub.Orders.Shortages.TriageVerdict;

namespace OrderHub.UnitTests.Orders;

public sealed class TriageProposalTests
{
    private const int Ours = 1, Theirs = 2;

    private static FreePieces Free(int shared, int setAsideForThem = 0) => new(new PublishableStock(7, shared + setAsideForThem, shared)
    {
        Shares = new Dictionary<int, PublishableShare> { [0] = new(shared, shared), [Theirs] = new(shared + setAsideForThem, shared) },
    });

    [Fact]
    public void The_next_pieces_go_down_the_line_until_they_are_used_up() =>
        TriageProposal.Of(Free(0), 5, [(Ours, 2, false), (Ours, 2, false), (Ours, 2, false), (Ours, 1, false)]).ShouldBe([NextPieces, NextPieces, Waits, NextPieces], "who is too big lets the next one pass");

    [Fact]
    public void An_order_that_lacks_something_else_takes_nothing_from_the_others() =>
        TriageProposal.Of(Free(0), 2, [(Ours, 2, true), (Ours, 2, false)]).ShouldBe([OtherMissing, NextPieces]);

    [Fact]
    public void What_is_free_and_was_not_taken_lies_in_several_warehouses() =>
        TriageProposal.Of(Free(3), 0, [(Ours, 3, false), (Ours, 1, false)]).ShouldBe([Scattered, Waits]);

    [Fact]
    public void What_is_set_aside_for_another_shop_is_not_there_for_this_one() =>
        TriageProposal.Of(Free(0, 4), 1, [(Ours, 2, false), (Theirs, 5, false), (Ours, 1, false)]).ShouldBe([Waits, NextPieces, Waits], "their quota and the piece on its way");
}
