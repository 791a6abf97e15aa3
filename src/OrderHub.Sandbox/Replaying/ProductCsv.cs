using System.Globalization;
using CsvHelper;
using OrderHub.Sandbox.Gateway;

namespace OrderHub.Sandbox;

/// <summary>Reads a product list with the columns 商品ID, 标题, 价格.</summary>
public static class ProductCsv
{
    public static IReadOnlyList<SandboxProduct> Read(string path)
    {
        using var csv = new CsvReader(new StreamReader(path), CultureInfo.InvariantCulture);
        csv.Read();
        csv.ReadHeader();
        var products = new List<SandboxProduct>();
        while (csv.Read())
        {
            var id = csv.GetField("商品ID")!.Trim();
            products.Add(new(id, csv.GetField("标题")!.Trim(), "标准装", Yuan.Fen(csv.GetField("价格")!), Barcode(id)));
        }
        return products;
    }

    /// <summary>A valid EAN-13 with the Chinese prefix 69, made from the last ten digits of the id.</summary>
    public static string Barcode(string id)
    {
        var digits = "69" + new string([.. id.Where(char.IsAsciiDigit)]).PadLeft(10, '0')[^10..];
        var sum = digits.Select((c, i) => (c - '0') * (i % 2 == 0 ? 1 : 3)).Sum();
        return digits + (char)('0' + (10 - sum % 10) % 10);
    }
}
