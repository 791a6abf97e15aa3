using System.Text.Json;
using OrderHub.Allocation.Contracts;
using OrderHub.Allocation.Decisions;

namespace OrderHub.UnitTests.Allocation;

public sealed class DecisionTextTests
{
    [Fact]
    public void A_decision_reads_as_it_was_written_and_stays_short()
    {
        var decision = new AllocationDecision(1, 2, 500, "v7", "华南就近 → 广州仓，圆通",
            [
                new(1, "华南就近", Obstacle.None, 2, new(500, Preference: 0, Balance: 20), new(7, 1, 5), null),
                new(2, null, Obstacle.None, 2, new(500, 30, 2_000, 10_000, 0, 1_000_000), new(7, 1, 50), [3, 4]),
                new(3, "华南就近", Obstacle.Stock, null, null, new(7, 1, 0), null),
                new(4, null, Obstacle.NoCourier, null, null, new(7, 1, 9), [3]),
                new(5, null, Obstacle.None, 2, new(0), new(7, 1, 9), null),
            ], []);
        var text = DecisionText.Write(decision);
        Same(DecisionText.Read(text), decision);
        text.Length.ShouldBeLessThan(300);
    }

    [Fact]
    public void A_shortage_says_what_was_missing()
    {
        var decision = new AllocationDecision(null, null, 0, "v7", "没有仓库有足够库存", [new(1, null, Obstacle.Stock, null, null, new(7, 3, 1), null)], [new(7, 3, 1)]);
        Same(DecisionText.Read(DecisionText.Write(decision)), decision);
    }

    /// <summary>Field by field; what kind of list holds them does not matter.</summary>
    private static void Same(AllocationDecision read, AllocationDecision written) => JsonSerializer.Serialize(read).ShouldBe(JsonSerializer.Serialize(written));
}
