namespace OrderHub.Orders.Contracts;

/// <summary>The platform's own view of an order, reduced to what it means to us.</summary>
public enum PlatformStatus { Unpaid = 1, Paid = 2, PartShipped = 3, Shipped = 4, Received = 5, ClosedUnpaid = 6, ClosedAfterPayment = 7 }

/// <summary>
/// An order as every channel hands it in. Mapping from a platform's payload is a pure function and never refuses a readable order:
/// what looks wrong (unknown SKU, odd amounts, unknown province) is judged here, so that it is kept and seen.
/// Money in fen, instants in UTC.
/// </summary>
public sealed record IncomingOrder
{
    public required int ShopId { get; init; }

    /// <summary>The platform's order number; unique within the shop. Never empty.</summary>
    public required string PlatformOrderNo { get; init; }

    /// <summary>Grows with every change on the platform: its own version, or the modification time in Unix milliseconds.</summary>
    public required long Version { get; init; }

    public required PlatformStatus Status { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? PaidAt { get; init; }
    public DateTimeOffset? ShipBy { get; init; }

    /// <summary>Opaque and stable per buyer and shop; never a decrypted phone.</summary>
    public string BuyerKey { get; init; } = "";
    public string BuyerNick { get; init; } = "";
    public required IncomingReceiver Receiver { get; init; }
    public required IncomingAmounts Amounts { get; init; }
    public required IReadOnlyList<IncomingLine> Lines { get; init; }
    public string? BuyerNote { get; init; }
    public string? SellerNote { get; init; }

    /// <summary>0 = none; platforms' colours 1 red, 2 yellow, 3 green, 4 blue, 5 purple.</summary>
    public int SellerFlag { get; init; }
    public IncomingInvoice? Invoice { get; init; }

    /// <summary>normal, presale, group, live, flash, gift…; the platform's word where we have none.</summary>
    public string PromotionType { get; init; } = "normal";
    public IReadOnlyList<IncomingCoupon> Coupons { get; init; } = [];

    /// <summary>The platform forbids shipping for now (risk review, group not complete, cancellation asked); the reason in Chinese.</summary>
    public string? PlatformHold { get; init; }

    /// <summary>Our code of a courier the platform or the buyer's service demands, if any.</summary>
    public string? NamedCourier { get; init; }

    /// <summary>What only some orders carry; null when there is nothing of it.</summary>
    public PlatformExtras? Extras { get; init; }

    /// <summary>Of the request or pull that brought it, where the transaction serves several; null = the current one.</summary>
    public string? TraceId { get; init; }
}

/// <summary>What a platform says beyond the ordinary; kept and shown, so that nobody has to open the platform's back office.</summary>
public sealed record PlatformExtras
{
    /// <summary>The live room's or host's name; its id where no name is given.</summary>
    public string? LiveHost { get; init; }
    public IncomingPresale? Presale { get; init; }

    /// <summary>As the platform gives it, mostly masked or absent.</summary>
    public string? BuyerIp { get; init; }

    /// <summary>The platform's code or name of a warehouse it demands.</summary>
    public string? NamedWarehouse { get; init; }

    /// <summary>The platform forbids sending it in several parcels.</summary>
    public bool GoesWhole { get; init; }

    /// <summary>What the platform obliges us to, in Chinese as people read it: 赠品, 集运中转, 送货上门, 顺丰包邮 …</summary>
    public IReadOnlyList<string> Obligations { get; init; } = [];

    /// <returns>Null when it says nothing, so that an ordinary order stores nothing.</returns>
    public PlatformExtras? OrNull() => LiveHost is null && Presale is null && BuyerIp is null && NamedWarehouse is null && !GoesWhole && Obligations.Count == 0 ? null : this;
}

/// <param name="DepositFen">Paid first; part of the order's amount.</param>
/// <param name="BalanceFen">Due later; 0 when the platform does not tell it yet.</param>
public sealed record IncomingPresale(long DepositFen, long BalanceFen, bool BalancePaid)
{
    /// <summary>False only where the platform tells of a deposit before it is paid.</summary>
    public bool DepositPaid { get; init; } = true;

    /// <summary>Until when the balance can be paid; null where the platform does not tell.</summary>
    public DateTimeOffset? BalanceDueAt { get; init; }
}

/// <summary>Encrypting platforms give masks and a token; then <see cref="Token"/> is what labels and merging use.</summary>
public sealed record IncomingReceiver(string Name, string Phone, string Province, string City, string District, string Town, string Address, string? Token);

/// <param name="GoodsFen">Σ unit price × quantity.</param>
/// <param name="AdjustFen">Manual price changes by the seller, positive or negative.</param>
/// <param name="PayFen">What the buyer pays or paid in all, refunds not deducted. = goods + adjust + freight − shop discount − platform discount.</param>
public sealed record IncomingAmounts(long GoodsFen, long ShopDiscountFen, long PlatformDiscountFen, long FreightFen, long AdjustFen, long PayFen);

public sealed record IncomingLine
{
    /// <summary>The platform's own line number (sub-order); unique within the order.</summary>
    public required string PlatformLineNo { get; init; }
    public string? PlatformProductId { get; init; }
    public string? PlatformSkuId { get; init; }
    public string? MerchantCode { get; init; }
    public required string Title { get; init; }
    public string Spec { get; init; } = "";
    public required int Quantity { get; init; }
    public required long UnitPriceFen { get; init; }

    /// <summary>The line's share of what the buyer paid; 0 for gifts.</summary>
    public required long PayFen { get; init; }
    public bool IsGift { get; init; }
}

public sealed record IncomingInvoice(string Kind, string Title, string? TaxNo, string? Email);

/// <param name="BornByPlatform">Who pays for it: the platform reimburses us, or we do.</param>
public sealed record IncomingCoupon(string Name, long AmountFen, bool BornByPlatform);
