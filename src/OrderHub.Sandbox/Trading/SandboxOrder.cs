namespace OrderHub.Sandbox;

public enum SandboxPlatform
{
    Taobao, Jd, Pinduoduo, Douyin, Mall,
    WeChat,
    Kuaishou,
}

public enum SandboxOrderState { Unpaid, Paid, PartShipped, Shipped, Signed, Finished, ClosedUnpaid, ClosedRefunded }

/// <summary>An order as the platform itself sees it, before any protocol shapes it. Immutable: every change is a new version.</summary>
public sealed record SandboxOrder
{
    public required SandboxPlatform Platform { get; init; }
    public required string No { get; init; }
    public required long Sequence { get; init; }
    public long Version { get; init; } = 1;
    public SandboxOrderState State { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? PaidAt { get; init; }
    public DateTimeOffset? ShippedAt { get; init; }
    public DateTimeOffset? SignedAt { get; init; }
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>When the change became visible; never earlier than any change before it on the same platform.</summary>
    public DateTimeOffset ModifiedAt { get; init; }

    public required SandboxBuyer Buyer { get; init; }
    public required SandboxReceiver Receiver { get; init; }
    public string BuyerNote { get; init; } = "";
    public string SellerNote { get; init; } = "";
    public int SellerFlag { get; init; }
    public required IReadOnlyList<SandboxLine> Lines { get; init; }
    public long FreightFen { get; init; }
    public IReadOnlyList<SandboxPromotion> Promotions { get; init; } = [];
    public SandboxInvoice? Invoice { get; init; }
    public IReadOnlyList<SandboxShipment> Shipments { get; init; } = [];
    public IReadOnlyList<SandboxRefund> Refunds { get; init; } = [];

    /// <summary>Paid, but the platform forbids shipping for now.</summary>
    public bool RiskControlled { get; init; }

    public SandboxExtras? Extras { get; init; }

    /// <summary>Left out of incremental lists, as if the platform had lost the change.</summary>
    public bool Hidden { get; init; }

    /// <summary>Row of the replayed file, counted in order of creation; null for other orders.</summary>
    public int? ReplayIndex { get; init; }

    /// <summary>What buyer, courier and platform will do later unless something else happens first.</summary>
    public IReadOnlyList<PlannedStep> Plan { get; init; } = [];

    public long GoodsFen => Lines.Sum(l => l.GoodsFen);
    public long AdjustFen => Lines.Sum(l => l.AdjustFen);
    public long LineDiscountFen => Lines.Sum(l => l.DiscountFen);
    public long ShopDiscountFen => Lines.Sum(l => l.ShopShareFen);
    public long PlatformDiscountFen => Lines.Sum(l => l.PlatformShareFen);

    /// <summary>What the buyer pays, freight included; a later refund does not change it.</summary>
    public long PayFen => Lines.Sum(l => l.PayFen) + FreightFen;

    public long RefundedFen => Refunds.Where(r => r.State == SandboxRefundState.Done).Sum(r => r.AmountFen);
    public bool HasOpenRefund => Refunds.Any(r => r.State == SandboxRefundState.Applied);
    public bool IsClosed => State is SandboxOrderState.ClosedUnpaid or SandboxOrderState.ClosedRefunded;
    public bool IsOver => IsClosed || State == SandboxOrderState.Finished;

    public SandboxShipment? ShipmentOf(SandboxLine line) => Shipments.FirstOrDefault(s => s.LineNos.Contains(line.No));

    /// <summary>The line's newest refund, or one of the whole order.</summary>
    public SandboxRefund? RefundOf(SandboxLine line) => Refunds.LastOrDefault(r => r.LineNo == line.No || r.LineNo == 0);
}

public sealed record SandboxBuyer(string OpenId, string Nick);

public sealed record SandboxReceiver(string Name, string Mobile, string Province, string City, string District, string Street, string Address);

/// <summary>One line. <paramref name="PriceFen"/> is the unit price.</summary>
public sealed record SandboxLine(int No, string SkuCode, long ProductId, long PlatformSkuId, string Title, string Spec, long PriceFen, int Quantity)
{
    /// <summary>Price change by the seller; negative makes it cheaper.</summary>
    public long AdjustFen { get; init; }

    /// <summary>Discount of this line alone.</summary>
    public long DiscountFen { get; init; }

    /// <summary>Share of the order-wide discount the shop pays for.</summary>
    public long ShopShareFen { get; init; }

    /// <summary>Share of the order-wide discount the platform pays for.</summary>
    public long PlatformShareFen { get; init; }

    public long GoodsFen => PriceFen * Quantity;
    public long PayFen => GoodsFen + AdjustFen - DiscountFen - ShopShareFen - PlatformShareFen;
}

/// <param name="LineNo">0 for the whole order.</param>
public sealed record SandboxPromotion(string Name, long AmountFen, bool ByPlatform, int LineNo = 0);

/// <param name="Type">personal or company.</param>
public sealed record SandboxInvoice(string Type, string Title, string TaxNo, string Email);

/// <param name="Carrier">Carrier as the platform names it: code or numeric id.</param>
public sealed record SandboxShipment(string Carrier, string CarrierName, string WaybillNo, DateTimeOffset At, IReadOnlyList<int> LineNos);

public enum SandboxRefundKind { BeforeShipping, AfterShipping, ReturnGoods }

/// <summary>Agreed: the seller takes the goods back, the money follows when they are there.</summary>
public enum SandboxRefundState { Applied, Refused, Done, Agreed }

/// <param name="LineNo">0 for the whole order.</param>
public sealed record SandboxRefund(string No, int LineNo, SandboxRefundKind Kind, SandboxRefundState State, long AmountFen, string Reason,
    DateTimeOffset CreatedAt, DateTimeOffset ModifiedAt);

public enum PlannedAct { Pay, Close, RequestRefund, CompleteRefund, Sign, Finish }

/// <param name="AmountFen">Only of a refund request; 0 means everything.</param>
public sealed record PlannedStep(DateTimeOffset At, PlannedAct Act, long AmountFen = 0);
