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
                new(1, "华南就近", Obstacle.None, 2, new(500, Preference: 0, Balance: 20), [new(7, 1, 5)], null),
                new(2, null, Obstacle.None, 2, new(500, 30, 2_000, 10_000, 0, 1_000_000), [new(7, 1, 50)], [3, 4]),
                new(3, "华南就近", Obstacle.Stock, null, null, [new(7, 1, 0)], null),
                new(4, null, Obstacle.NoCourier, null, null, [new(7, 1, 9)], [3]),
                new(5, null, Obstacle.None, 2, new(0), [new(7, 1, 9)], null),
            ], []);
        var text = DecisionText.Write(decision);
        Same(DecisionText.Read(text), decision);
        text.Length.ShouldBeLessThan(300);
    }

    [Fact]
    public void A_shortage_says_what_was_missing()
    {
        var decision = new AllocationDecision(null, null, 0, "v7", "没有仓库有足够库存", [new(1, null, Obstacle.Stock, null, null, [new(7, 3, 1)], null)], [new(7, 3, 1)]);
        Same(DecisionText.Read(DecisionText.Write(decision)), decision);
    }

    [Fact]
    public void Every_skus_stock_in_every_warehouse_and_the_rule_of_the_courier_are_kept_in_few_bytes()
    {
        AllocationCandidate[] before = [.. Enumerable.Range(1, 4).Select(id => new AllocationCandidate(id, null, Obstacle.None, 2, new(500, 30, Balance: 20), [new(1207, 1, 25)], null))];
        var now = before.Select((c, i) => c with { CourierRule = i == 1 ? "贵重走顺丰" : null, Stock = [new(1207, 1, 25), new(1344, 2, 130), new(1350, 1, 9)] }).ToList();
        var decision = new AllocationDecision(1, 2, 500, "v7", "综合成本最低 → 苏州仓，圆通", now, []);
        Same(DecisionText.Read(DecisionText.Write(decision)), decision);
        decision.Candidates[0].Scarcest.SkuId.ShouldBe(1350);
        var scarcestOnly = """{"w":1,"c":2,"f":500,"v":"v7","r":"综合成本最低 → 苏州仓，圆通","a":[[1,-1,0,2,1350,1,9,[500,30,0,0,20]],[2,-1,0,2,1350,1,9,[500,30,0,0,20]],[3,-1,0,2,1350,1,9,[500,30,0,0,20]],[4,-1,0,2,1350,1,9,[500,30,0,0,20]]]}""";
        DecisionText.Write(decision with { Candidates = [.. now.Select(c => c with { CourierRule = null })] }).Length.ShouldBeLessThan(scarcestOnly.Length + 40);
        DecisionText.Write(decision with { Candidates = before }).Length.ShouldBeLessThan(scarcestOnly.Length, "a record of one SKU is no longer than it was");
        var old = DecisionText.Read(scarcestOnly).Candidates[0];
        (old.Stock.ShouldHaveSingleItem(), old.CourierId, old.Cost!.Total).ShouldBe((new MissingStock(1350, 1, 9), 2, 550));
    }

    [Fact]
    public void Of_very_many_skus_the_scarcest_is_kept()
    {
        MissingStock[] many = [.. Enumerable.Range(1, 40).Select(sku => new MissingStock(sku, 1, 100 - sku))];
        DecisionText.Read(DecisionText.Write(new(1, 2, 500, "v7", "r", [new(1, null, Obstacle.None, 2, new(500), many, [3])], []))).Candidates[0]
            .ShouldSatisfyAllConditions(c => c.Stock.ShouldBe([new(40, 1, 60)]), c => c.Refused.ShouldBe([3]));
    }

    /// <summary>Field by field; what kind of list holds them does not matter.</summary>
    private static void Same(AllocationDecision read, AllocationDecision written) => JsonSerializer.Serialize(read).ShouldBe(JsonSerializer.Serialize(written));
}
