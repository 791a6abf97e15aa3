using OrderHub.Inventory;
using OrderHub.Inventory.Ledger;
using OrderHub.Inventory.Snapshots;
using OrderHub.Platform.Data;
using OrderHub.Platform.Texts;

namespace OrderHub.UnitTests.Inventory;

public sealed class BillWordsTests
{
    private static readonly HubLocalizer Texts = OfInventory();

    [Fact]
    public void A_document_on_the_bill_says_what_it_moved_and_what_it_may_still_move()
    {
        var receipt = new BillDocument(1, MovementKind.Receipt, "RK000012", 12, -12, 18, 3, 1, DateTimeOffset.UnixEpoch);

        HubLocalizer.In("zh-CN", () => SnapshotPage.Pieces(Texts, receipt)).ShouldBe("在库 +12 在途 -12 还在路上 18 待发 3");
        HubLocalizer.In("en-US", () => SnapshotPage.Pieces(Texts, receipt)).ShouldBe("on hand +12 in transit -12 still under way 18 to be sent 3");
        HubLocalizer.In("zh-CN", () => SnapshotPage.Pieces(Texts, receipt with { OnHand = -4, InTransit = 0, Arriving = 0, Leaving = 0 })).ShouldBe("在库 -4");
    }

    private static HubLocalizer OfInventory()
    {
        var modules = new ModuleAssemblies();
        modules.Add(typeof(InventoryModule).Assembly);
        return new HubLocalizer(modules);
    }
}
