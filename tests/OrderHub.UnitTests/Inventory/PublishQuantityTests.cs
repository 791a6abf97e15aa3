using OrderHub.Inventory.Publishing;

namespace OrderHub.UnitTests.Inventory;

public sealed class PublishQuantityTests
{
    [Theory]
    [InlineData(100, 0, 0, 100)]
    [InlineData(100, 10, 0, 90)]
    [InlineData(100, 10, 20, 90)]
    [InlineData(21, 10, 20, 11)] // one above the threshold
    [InlineData(20, 10, 20, 0)] // at the threshold
    [InlineData(3, 10, 20, 0)]
    [InlineData(3, 10, 0, 0)] // never below 0
    [InlineData(0, 0, 0, 0)]
    public void Channels_see_what_is_available_less_the_safety_stock_and_nothing_at_or_below_the_threshold(int available, int safetyStock, int zeroAtOrBelow, int shown) =>
        PublishQuantity.Of(available, safetyStock, zeroAtOrBelow).ShouldBe(shown);
}
