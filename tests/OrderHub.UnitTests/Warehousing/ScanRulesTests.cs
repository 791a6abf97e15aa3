using OrderHub.Catalog.Contracts;
using OrderHub.Warehousing.Packing;
using OrderHub.Warehousing.PickTasks;

namespace OrderHub.UnitTests.Warehousing;

public sealed class ScanRulesTests
{
    private static readonly CatalogSnapshot Skus = new(
    [
        Sku(1, "SHIRT-W", "T恤", "白", "6901"), Sku(2, "SHIRT-B", "T恤", "黑", "6902"), Sku(3, "SET", "套装", "", "6903", new KitPart(1, 1), new KitPart(2, 1)),
    ], [], []);

    [Theory]
    [InlineData("6901")]
    [InlineData("SHIRT-W")]
    [InlineData("shirt-w")]
    public void Barcode_and_SKU_code_mean_the_same_piece(string code) => ScanRules.Judge(code, [new PickLine(1, 2)], Skus).Line!.SkuId.ShouldBe(1);

    [Theory]
    [InlineData("6902", "warehousing.wrong_item")] // the same shirt in another colour
    [InlineData("6903", "warehousing.scan_parts")]
    [InlineData("9999", "warehousing.unknown_code")]
    public void What_does_not_belong_is_refused_by_name(string code, string refusal) => ScanRules.Judge(code, [new PickLine(1, 2)], Skus).Refusal!.Code.ShouldBe(refusal);

    [Fact]
    public void One_too_many_is_refused()
    {
        var line = new PickLine(1, 1);
        line.Add();
        ScanRules.Judge("6901", [line], Skus).Refusal!.Code.ShouldBe("warehousing.too_many");
    }

    private static Sku Sku(int id, string code, string name, string spec, string barcode, params KitPart[] parts) => new(id, code, name, spec, "", barcode, 100, 0, 0, null, parts);
}
