using System.Globalization;

namespace OrderHub.Inventory.Documents;

/// <summary>A document's number is made of its id, so that it needs no counter of its own: <c>RK000012</c>.</summary>
internal static class DocumentNumbers
{
    public static string Of(DocumentKind kind, long id) => Letters(kind) + id.ToString("D6", CultureInfo.InvariantCulture);

    /// <summary>How the ledger names the kind.</summary>
    public static string Slug(DocumentKind kind) => kind switch
    {
        DocumentKind.Receipt => "receipt",
        DocumentKind.Transfer => "transfer",
        DocumentKind.Adjustment => "adjust",
        DocumentKind.Count => "count",
        DocumentKind.Return => "return",
        DocumentKind.Kit => "kit",
        DocumentKind.Freeze => "freeze",
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    private static string Letters(DocumentKind kind) => kind switch
    {
        DocumentKind.Receipt => "RK",
        DocumentKind.Transfer => "DB",
        DocumentKind.Adjustment => "TZ",
        DocumentKind.Count => "PD",
        DocumentKind.Return => "TH",
        DocumentKind.Kit => "ZC",
        DocumentKind.Freeze => "DJ",
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };
}
