using OrderHub.Inventory.Snapshots;

namespace OrderHub.UnitTests.Inventory;

public sealed class DifferenceTests
{
    [Theory]
    [InlineData(100, 100, 0, 0, 0, 0, 0, 0, 0)]
    [InlineData(100, 94, -6, 0, 0, 6, 0, 0, 0)] // we shipped six since
    [InlineData(100, 120, 20, 0, 0, -20, 0, 0, 0)] // we received twenty since
    [InlineData(130, 100, 0, 30, 0, 0, 30, 0, 0)] // they booked in what we have in transit
    [InlineData(135, 100, 0, 30, 0, 0, 30, 0, 5)]
    [InlineData(90, 100, 0, 30, 10, 0, 0, -10, 0)] // they sent the transfer we have not shipped
    [InlineData(85, 100, 0, 0, 10, 0, 0, -10, -5)]
    [InlineData(97, 94, -6, 30, 0, 6, 0, 0, -3)] // something in transit explains no loss
    public void Documents_explain_what_they_can_and_the_rest_is_left(int theirs, int ours, int moved, int arriving, int leaving, int byMovements, int byArrivals, int byDepartures, int unexplained)
    {
        var difference = new Difference(theirs, ours, moved, arriving, leaving);
        (difference.ByMovements, difference.ByArrivals, difference.ByDepartures, difference.Unexplained).ShouldBe((byMovements, byArrivals, byDepartures, unexplained));
        (difference.ByMovements + difference.ByArrivals + difference.ByDepartures + difference.Unexplained).ShouldBe(difference.Total);
    }
}
