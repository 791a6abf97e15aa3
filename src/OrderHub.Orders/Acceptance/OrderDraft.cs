using OrderHub.Allocation.Contracts;
using OrderHub.Catalog.Contracts;
using OrderHub.Inventory.Contracts;
using OrderHub.Orders.Contracts;
using OrderHub.Orders.Judging;
using OrderHub.Orders.Locking;
using OrderHub.Orders.Reading;
using OrderHub.Orders.States;
using OrderHub.Platform.Accounts;

namespace OrderHub.Orders.Acceptance;

/// <summary>What is stored of an order that comes in again; its row is locked.</summary>
internal sealed record KnownOrder(long Id, int ShopId, string PlatformOrderNo, long Version, OrderState State, long PayFen, DateTimeOffset? PaidAt,
    int? WarehouseId, int? CourierId, int LinesDigest, string[]? ReviewReasons)
{
    public string? ReceiverKey { get; init; }

    /// <summary>As stored, where it was to go.</summary>
    public (string Province, string City, string District) Region { get; init; }

    /// <summary>As <see cref="OrderParts.Text"/> gives them; null = it goes whole.</summary>
    public string? Parts { get; init; }
}

internal sealed record TrailEntry(string What, OrderState? To, string? Note);

/// <summary>
/// One order on its way through intake: what came in, what is known, and what shall become of it. Deciding is pure; stock is asked for
/// by <see cref="WantsStock"/> and answered by <see cref="Settle"/>.
/// </summary>
internal sealed class OrderDraft
{
    private const string OutOfReach = "改了地址，原来的快递到不了";
    private readonly Shop _shop;
    private readonly IReadOnlyList<string> _reasons;
    private readonly LockPolicy _locks;
    private readonly Func<IReadOnlyList<DemandUnit>> _units;
    private readonly CatalogSnapshot _catalog;
    private int _volumeCm3;

    public OrderDraft(IncomingOrder incoming, KnownOrder? known, Shop shop, CatalogSnapshot catalog, LockRules locking)
    {
        (Source, Known, _shop, _catalog) = (incoming, known, shop, catalog);
        Incoming = incoming = incoming with { Receiver = OfficialAddress.Of(incoming.Receiver) };
        Skus = [.. incoming.Lines.Select(l => catalog.Resolve(incoming.ShopId, l.PlatformSkuId, l.MerchantCode))];
        Digest = LinesDigest.Of(incoming.Lines);
        _reasons = Judge.Examine(incoming, catalog);
        _locks = locking.PolicyFor(shop, incoming.PromotionType, Skus);
        State = known?.State ?? OrderState.PendingPayment;
        WarehouseId = known?.WarehouseId;
        CourierId = known?.CourierId;
        PlatformHold = incoming.PlatformHold;
        Review = known?.ReviewReasons;
        LinesChanged = known is not null && known.LinesDigest != Digest && IsBeforePacking(known.State);
        if (known is null) TakeNew();
        else TakeNewer(known);
        if (LeavesSiblings) Trail.Add(new("平台修改了收货人", null, null));
        _units = () => StockDemand.Units(Skus.Zip(incoming.Lines, (sku, line) => (sku!, line.Quantity)).Select((l, i) => (i + 1, l.Item1, l.Quantity)), catalog);
        if (WantsStock) Measure();
    }

    /// <summary>As it was handed in.</summary>
    public IncomingOrder Source { get; }

    /// <summary>With the receiver's divisions in their official names.</summary>
    public IncomingOrder Incoming { get; }
    public KnownOrder? Known { get; }
    public Actor Channel => Actor.Channel(_shop.Code);
    public long Id { get; set; }
    public OrderState State { get; private set; }
    public IReadOnlyList<Sku?> Skus { get; }
    public int Digest { get; }
    public bool LinesChanged { get; }
    public IReadOnlyList<string>? Review { get; private set; }
    public string? PlatformHold { get; private set; }
    public int? WarehouseId { get; private set; }
    public int? CourierId { get; private set; }
    public bool WantsStock { get; private set; }
    public bool GivesStockBack { get; private set; }
    public bool IsPaidNow { get; private set; }
    public IReadOnlyList<DemandLine> Demand { get; private set; } = [];
    public AllocationDecision? Decision { get; private set; }
    public List<TrailEntry> Trail { get; } = [];

    /// <summary>The money of an order is what it was when it was paid: platforms lower their figure when they refund.</summary>
    public bool AmountsOpen => Known?.PaidAt is null;

    /// <summary>Platforms empty the receiver once an order is under review or shipped: nothing never replaces something.</summary>
    public bool ReceiverOpen => Known is null || IsBeforePacking(Known.State) && Incoming.Receiver.Province.Length > 0;

    /// <summary>It may lie in one parcel with orders of its former receiver.</summary>
    public bool LeavesSiblings => State == OrderState.Allocated && Known is { State: OrderState.Allocated, ReceiverKey: { } before } && ReceiverOpen && ReceiverKey.Of(Incoming.BuyerKey, Incoming.Receiver) != before;

    /// <summary>It holds stock for another region than it is to go to now.</summary>
    public bool ChangesRegion => Known is { WarehouseId: not null } known && WarehouseId is not null && !WantsStock && ReceiverOpen && State is OrderState.PendingPayment or OrderState.Allocated
        && (Incoming.Receiver.Province, Incoming.Receiver.City, Incoming.Receiver.District) != known.Region;

    /// <summary>By whom it was to go from where, parcel by parcel.</summary>
    public IEnumerable<(int WarehouseId, int CourierId)> Ways => OrderParts.Read(Known?.Parts) is { Count: > 0 } parts ? parts.Select(p => (p.WarehouseId, p.CourierId)) : [(WarehouseId!.Value, CourierId ?? 0)];

    public DateTimeOffset? PaidAt => Known?.PaidAt ?? (IsPaidNow ? Incoming.PaidAt ?? Incoming.CreatedAt : null);
    /// <summary>What allocation is asked.</summary>
    public AllocationDemand AllocationDemand => new(Provinces.Normalize(Incoming.Receiver.Province), Incoming.Receiver.City, Demand, WeightGrams, Incoming.NamedCourier, _shop.Kind)
    {
        District = Incoming.Receiver.District, ShopId = Incoming.ShopId, AmountFen = Incoming.Amounts.PayFen, NamedWarehouse = Incoming.Extras?.NamedWarehouse, ShipBy = Incoming.ShipBy ?? _shop.ShipBy(Incoming.CreatedAt, PaidAt),
        VolumeCm3 = _volumeCm3, GoesWhole = Incoming.Extras?.GoesWhole == true, Units = _units,
    };

    public int WeightGrams => Skus.Select((sku, i) => (sku?.WeightGrams ?? 0) * Math.Clamp(Incoming.Lines[i].Quantity, 0, 10_000)).Sum();

    public string? Explanation => State switch
    {
        OrderState.Review => ReviewText,
        OrderState.Shortage => Decision?.Reason,
        _ => null,
    };

    private string ReviewText => string.Join("；", (Review ?? []).Select(ReviewReason.Chinese));

    /// <summary>Nobody takes it from where its stock is to its new address: it is placed again; with goods that nobody can tell any more it waits for a person.</summary>
    public void PlaceElsewhere()
    {
        Trail.Add(new(OutOfReach, null, null));
        GiveBack();
        WantsStock = !Skus.Contains(null);
        if (WantsStock) Measure();
        else if (State == OrderState.Allocated)
        {
            Review = _reasons;
            Move(OrderTrigger.SendToReview, ReviewText);
        }
    }

    /// <summary>Answers <see cref="WantsStock"/>.</summary>
    public void Settle(AllocationDecision decision)
    {
        Decision = decision;
        (WarehouseId, CourierId) = (decision.WarehouseId, decision.CourierId);
        if (State == OrderState.PendingPayment)
            Trail.Add(decision.WarehouseId is null ? new("库存不足，付款后再分仓", null, decision.Reason) : new(IsDepositPaid ? "付定金预占库存" : "下单预占库存", null, decision.Reason));
        else if (State == OrderState.Allocated && decision.WarehouseId is not null)
            Trail.Add(new("重新分仓", null, decision.Reason));
        else
            Move(decision.WarehouseId is null ? OrderTrigger.RunShort : OrderTrigger.Allocate, decision.Reason);
    }

    private void Measure()
    {
        Demand = DemandOf(Skus, Incoming.Lines, _catalog);
        _volumeCm3 = ParcelVolume.Of(Demand, _catalog);
    }

    public static List<DemandLine> DemandOf(IReadOnlyList<Sku?> skus, IReadOnlyList<IncomingLine> lines, CatalogSnapshot catalog) =>
        StockDemand.Of(skus.Zip(lines, (sku, line) => (sku!, line.Quantity)), catalog);

    /// <summary>A presale takes its stock with the deposit, whatever the rules say of placing and paying; what is in question takes none.</summary>
    private bool LocksUnpaid => _reasons.Count == 0 && (Incoming.Extras?.Presale is null ? _locks == LockPolicy.OnOrder : IsDepositPaid);

    public HoldReason HoldReason => State != OrderState.PendingPayment ? HoldReason.Paid : IsDepositPaid ? HoldReason.Deposit : HoldReason.Placed;

    private bool IsDepositPaid => Incoming.Extras?.Presale is { DepositPaid: true };

    private void TakeNew()
    {
        Trail.Add(new("接单", OrderState.PendingPayment, null));
        switch (Incoming.Status)
        {
            case PlatformStatus.Unpaid:
                WantsStock = LocksUnpaid;
                break;
            case PlatformStatus.Paid:
                Pay();
                GoOnAfterPayment();
                break;
            case PlatformStatus.ClosedUnpaid:
                Move(OrderTrigger.Cancel, "平台已关闭");
                break;
            case PlatformStatus.ClosedAfterPayment:
                Pay();
                Move(OrderTrigger.Cancel, "付款后已关闭");
                break;
            default:
                Pay();
                State = OrderState.Completed;
                Trail.Add(new("接入前已在平台发货", State, "只作记录，不占用库存"));
                break;
        }
    }

    private void TakeNewer(KnownOrder known)
    {
        if (LinesChanged)
        {
            Trail.Add(new("平台修改了商品", null, null));
            GiveBack();
        }
        switch (Incoming.Status)
        {
            case PlatformStatus.Unpaid:
                WantsStock = State == OrderState.PendingPayment && LocksUnpaid && (LinesChanged || IsDepositPaid && WarehouseId is null);
                break;
            case PlatformStatus.Paid when State == OrderState.PendingPayment:
                Pay();
                if (WarehouseId is not null && _reasons.Count == 0) Move(OrderTrigger.Allocate, "使用下单时预占的库存");
                else GoOnAfterPayment();
                break;
            case PlatformStatus.Paid when State == OrderState.Cancelled && known.PaidAt is null:
                Review = [.. _reasons, ReviewReason.PaidAfterCancel];
                Pay();
                break;
            case PlatformStatus.Paid:
                if (LinesChanged) ReviewChangedLines();
                else if (State == OrderState.Review && _reasons.Count == 0 && !(known.ReviewReasons ?? []).Contains(ReviewReason.LinesChanged)) GoOnMended();
                break;
            case PlatformStatus.ClosedUnpaid or PlatformStatus.ClosedAfterPayment:
                if (Incoming.Status == PlatformStatus.ClosedAfterPayment && State == OrderState.PendingPayment) Pay();
                else if (Incoming.Status == PlatformStatus.ClosedAfterPayment && known.PaidAt is null) LearnOfPayment();
                if (OrderTransitions.Target(State, OrderTrigger.Cancel) is not null)
                {
                    GiveBack();
                    Move(OrderTrigger.Cancel, "平台已关闭");
                }
                else if (OrderTransitions.Target(State, OrderTrigger.Return) is not null) Move(OrderTrigger.Return, "平台已全额退款关闭");
                break;
            case PlatformStatus.Received:
                if (OrderTransitions.Target(State, OrderTrigger.Complete) is not null) Move(OrderTrigger.Complete, "买家确认收货");
                else NoticeForeignShipment();
                break;
            default:
                NoticeForeignShipment();
                break;
        }
    }

    private void Pay()
    {
        IsPaidNow = true;
        Move(OrderTrigger.Pay, null);
    }

    /// <summary>Its refund was heard of first and cancelled it: the money came and went, and both belong in the books.</summary>
    private void LearnOfPayment()
    {
        IsPaidNow = true;
        Trail.Add(new(OrderTrigger.Pay.Chinese(), null, "取消之后才得知的付款"));
    }

    private void GoOnAfterPayment()
    {
        if (_reasons.Count == 0)
        {
            WantsStock = true;
            GiveBack();
            return;
        }
        Review = _reasons;
        GiveBack();
        Move(OrderTrigger.SendToReview, ReviewText);
    }

    /// <summary>The newer version reads clean (a receiver that was hidden during risk control, a price mended on the platform): nobody needs to look.</summary>
    private void GoOnMended()
    {
        Review = null;
        Move(OrderTrigger.Approve, "平台更正后资料已齐全");
        WantsStock = true;
    }

    private void ReviewChangedLines()
    {
        Review = [.. _reasons, ReviewReason.LinesChanged];
        if (OrderTransitions.Target(State, OrderTrigger.SendToReview) is not null) Move(OrderTrigger.SendToReview, ReviewText);
    }

    /// <summary>Somebody shipped it in the platform's own back office: our warehouse must not ship it again.</summary>
    private void NoticeForeignShipment()
    {
        if (State == OrderState.PendingPayment) Pay();
        if (State is OrderState.Paid) GoOnAfterPayment();
        if (State is OrderState.Review or OrderState.Shortage or OrderState.Allocated or OrderState.Packed or OrderState.Paid)
            PlatformHold = "平台显示已发货，请核对后再处理";
    }

    private void GiveBack()
    {
        GivesStockBack |= WarehouseId is not null;
        (WarehouseId, CourierId) = (null, null);
    }

    private void Move(OrderTrigger trigger, string? note)
    {
        State = OrderTransitions.Target(State, trigger) ?? throw new InvalidOperationException($"{State} does not allow {trigger}");
        Trail.Add(new(trigger.Chinese(), State, note));
    }

    private static bool IsBeforePacking(OrderState state) =>
        state is OrderState.PendingPayment or OrderState.Review or OrderState.Paid or OrderState.Shortage or OrderState.Allocated;
}
