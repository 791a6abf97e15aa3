using OrderHub.Inventory.Ledger;
using OrderHub.Platform.Units;

namespace OrderHub.UnitTests.Inventory;

public sealed class MovementWordsTests
{
    [Fact]
    public void A_shipment_in_the_ledger_leads_to_its_order() => MovementWords.OrderNoOf("order:17").ShouldBe(OrderNo.From(17));

    [Theory]
    [InlineData("receipt:PO-1")]
    [InlineData("adjust:page:abc")]
    [InlineData("order:x")]
    public void Other_documents_lead_to_no_order(string document) => MovementWords.OrderNoOf(document).ShouldBeNull();

    [Fact]
    public void Every_kind_of_movement_has_a_word() => Enum.GetValues<MovementKind>().Select(MovementWords.Kind).ShouldBeUnique();

    [Fact]
    public void Every_reason_a_hold_ends_has_a_word() =>
        Enum.GetValues<OrderHub.Inventory.Contracts.ReleaseReason>().Select(r => MovementWords.EndReason((short)r)).Append(MovementWords.EndReason(0)).ShouldBeUnique();
}
