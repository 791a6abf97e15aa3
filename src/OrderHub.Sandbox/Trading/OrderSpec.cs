namespace OrderHub.Sandbox;

/// <summary>What a test or the live traffic wants a buyer to order. Everything left out is ordinary.</summary>
public sealed record OrderSpec
{
    public required IReadOnlyList<OrderSpecLine> Lines { get; init; }

    /// <summary>Pinduoduo has no unpaid orders: there the order appears when it is paid.</summary>
    public bool Paid { get; init; } = true;

    public DateTimeOffset? CreatedAt { get; init; }
    public SandboxBuyer? Buyer { get; init; }
    public SandboxReceiver? Receiver { get; init; }
    public string BuyerNote { get; init; } = "";
    public string SellerNote { get; init; } = "";
    public int SellerFlag { get; init; }
    public long FreightFen { get; init; }

    /// <summary>Order-wide discounts; their sum may not exceed the goods.</summary>
    public IReadOnlyList<SandboxPromotion> Promotions { get; init; } = [];

    public SandboxInvoice? Invoice { get; init; }
    public bool RiskControlled { get; init; }
    public SandboxExtras? Extras { get; init; }
    public IReadOnlyList<PlannedStep> Plan { get; init; } = [];
}

/// <param name="SkuCode">A code outside the product list makes an unknown SKU for the hub.</param>
/// <param name="UnitPriceFen">List price when null.</param>
public sealed record OrderSpecLine(string SkuCode, int Quantity, long? UnitPriceFen = null);
