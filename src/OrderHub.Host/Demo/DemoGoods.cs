using OrderHub.Catalog.Contracts;
using OrderHub.Sandbox;

namespace OrderHub.Host.Demo;

/// <param name="PriceFen">What the shops ask for it.</param>
internal sealed record DemoSku(string Code, string Name, string Spec, string Category, string Barcode, int WeightGrams, long CostFen, long PriceFen,
    IReadOnlyDictionary<string, int>? Parts = null)
{
    /// <summary>Textiles and boxes are packed loosely, tins and jars densely; tenths of a cubic centimetre a gram.</summary>
    private int Bulk => Category switch { "服饰" => 75, "家居" => 80, "美妆" => 28, "组合" => 50, _ => 20 };

    /// <summary>A pillow takes more than a pan: products of one category lie between half and twice its bulk, all specifications of one alike.</summary>
    private int VolumeCm3 => WeightGrams * Bulk / 10 * (50 + DemoGoods.Spread(Name, 151)) / 100;

    public SkuImport Import() => new(Code, Name, Spec, Category, Barcode, WeightGrams, CostFen, PriceFen * 6 / 10, null, Parts, VolumeCm3);
}

/// <summary>What the demo company sells: its own range, or the products of a replayed order file. The same goods at every start.</summary>
/// <param name="Name">Marks the opening stock document, so that each range is received once.</param>
internal sealed record DemoGoods(string Name, IReadOnlyList<DemoSku> Skus, int PiecesPerWarehouse)
{
    /// <summary>A replay must never run short for want of demo stock.</summary>
    private const int PlentyForAReplay = 20_000;

    public static DemoGoods For(DemoOptions options) => options.ProductsFile is { } file
        ? new("REPLAY", [.. ProductCsv.Read(file).Select(FromReplay)], PlentyForAReplay)
        : new("RANGE", DemoRange.Skus(), 400);

    private static DemoSku FromReplay(SandboxProduct product)
    {
        var weight = 80 + Spread(product.SkuCode, 920);
        return new(product.SkuCode, product.Title, product.Spec, "美妆", product.Barcode, weight, product.PriceFen * 2 / 5, product.PriceFen);
    }

    /// <summary>A number below <paramref name="below"/> that only depends on the code; <see cref="string.GetHashCode()"/> differs from run to run.</summary>
    internal static int Spread(string code, int below) => (int)(code.Aggregate(2166136261u, (hash, c) => (hash ^ c) * 16777619u) % (uint)below);
}
