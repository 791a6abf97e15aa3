using System.Globalization;
using OrderHub.Inventory.Ledger;

namespace OrderHub.Inventory.Documents;

/// <summary>A line while it is typed or pasted.</summary>
internal sealed class PastedLine
{
    public string Sku { get; set; } = "";
    public int? Quantity { get; set; }
    public Bucket Bucket { get; set; } = Bucket.OnHand;
    public string BatchNo { get; set; } = "";
    public DateOnly? ExpiresOn { get; set; }

    public DraftLine ToLine(bool withBatch) => new(Sku.Trim(), Quantity ?? 0, Bucket, withBatch && BatchNo.Trim().Length > 0 ? BatchNo.Trim() : null, ExpiresOn);

    /// <summary>Code, pieces, batch number and expiry day of each line, separated by tabs, commas or blanks; what is no number is left out and refused later by name.</summary>
    public static IEnumerable<PastedLine> Read(string text) =>
        from row in text.Split(['\n', '\r'], StringSplitOptions.RemoveEmptyEntries)
        let cells = row.Split(row.Contains('\t', StringComparison.Ordinal) ? ['\t'] : [',', '，', ' '], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
        where cells.Length > 0
        select new PastedLine
        {
            Sku = cells[0],
            Quantity = cells.Length > 1 && int.TryParse(cells[1], NumberStyles.AllowLeadingSign | NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out var quantity) ? quantity : null,
            BatchNo = cells.Length > 2 ? cells[2] : "",
            ExpiresOn = cells.Length > 3 && DateOnly.TryParse(cells[3], CultureInfo.InvariantCulture, out var day) ? day : null,
        };
}
