namespace OrderHub.Inventory.Publishing;

internal static class PublishQuantity
{
    /// <summary>What the channels may show: available less the safety stock, but 0 at or below the threshold.</summary>
    public static int Of(int available, int safetyStock, int zeroAtOrBelow) =>
        available <= zeroAtOrBelow ? 0 : Math.Max(available - safetyStock, 0);
}
