using OrderHub.Sandbox.Kuaidi100;
using OrderHub.Sandbox.Living;

namespace OrderHub.Sandbox.Trading;

/// <summary>Everything buyers, sellers and platforms do to orders and stock, for all protocols alike.</summary>
internal sealed class Market(OrderBook book, StockBoard stock, ShopListings listings, ParcelBoard parcels, SandboxOptions options, TimeProvider clock)
{
    public OrderBook Orders => book;
    public StockBoard Stock => stock;
    public ShopListings Listings => listings;

    public SandboxOrder Publish(SandboxPlatform platform, OrderSpec spec)
    {
        var now = clock.GetUtcNow();
        var sequence = book.NextSequence();
        var created = spec.CreatedAt ?? now;
        // Pinduoduo shows an order when it is paid, a pre-sale when its deposit is
        var paid = spec.Paid || platform == SandboxPlatform.Pinduoduo && spec.Extras is not { DepositFen: > 0 };
        var person = new People(new Random((int)(StableHash.Of($"{options.Seed}/{sequence}") & 0x7fffffff)));
        var order = new SandboxOrder
        {
            Platform = platform,
            No = OrderNumbers.Next(platform, sequence, created),
            Sequence = sequence,
            State = paid ? SandboxOrderState.Paid : SandboxOrderState.Unpaid,
            CreatedAt = created,
            PaidAt = paid ? created : null,
            Buyer = spec.Buyer ?? person.Buyer(),
            Receiver = spec.Receiver ?? person.Receiver(),
            BuyerNote = spec.BuyerNote,
            SellerNote = spec.SellerNote,
            SellerFlag = spec.SellerFlag,
            Lines = Discounts.Share(Lines(platform, spec), spec.Promotions),
            FreightFen = spec.FreightFen,
            Promotions = spec.Promotions,
            Invoice = spec.Invoice,
            RiskControlled = spec.RiskControlled,
            Extras = spec.Extras,
            Plan = spec.Plan,
        };
        book.Add(order);
        foreach (var line in order.Lines) stock.Change(platform, line.SkuCode, q => q - line.Quantity);
        return book.Find(platform, order.No) ?? order;
    }

    public bool Pay(SandboxPlatform platform, string no) => Move(platform, no, OrderMoves.Pay);

    public bool Close(SandboxPlatform platform, string no)
    {
        if (!Move(platform, no, OrderMoves.Close)) return false;
        GiveBackStock(platform, no);
        return true;
    }

    /// <summary>Ships and lets the courier's timetable decide when the buyer signs.</summary>
    public ShipRefusal Ship(SandboxPlatform platform, string no, ShipRequest request) =>
        book.Change(platform, no, ShipRefusal.NotFound, (order, now) =>
        {
            var (shipped, refusal) = OrderMoves.Ship(order, request, now);
            if (shipped is null) return (null, refusal);
            var signed = parcels.Notice(request.WaybillNo, order.Receiver).SignedAt;
            if (shipped.State == SandboxOrderState.Shipped)
            {
                signed = shipped.Shipments.Select(s => parcels.Notice(s.WaybillNo, order.Receiver).SignedAt).Append(signed).Max();
                shipped = shipped with { Plan = [.. shipped.Plan, new(signed > now ? signed : now.AddSeconds(1), PlannedAct.Sign)] };
            }
            return (shipped, ShipRefusal.None);
        });

    public bool Note(SandboxPlatform platform, string no, string note, int? flag) =>
        Move(platform, no, (order, _) => order with { SellerNote = note, SellerFlag = flag ?? order.SellerFlag });

    public bool Set(SandboxPlatform platform, string no, Func<SandboxOrder, SandboxOrder> change) => Move(platform, no, (order, _) => change(order));

    public bool RequestRefund(SandboxPlatform platform, string no, long amountFen, string reason) =>
        Move(platform, no, (order, now) => OrderMoves.RequestRefund(order, amountFen, reason, now));

    public bool SettleRefunds(SandboxPlatform platform, string no, bool agreed) =>
        Move(platform, no, (order, now) => OrderMoves.SettleRefunds(order, agreed, now));

    /// <summary>The seller decides one refund; false when it is decided already.</summary>
    public bool SettleRefund(SandboxPlatform platform, string refundNo, bool agreed) => Orders.FindRefund(platform, refundNo) is var (order, _)
        && Move(platform, order.No, (o, now) => OrderMoves.SettleRefunds(o, agreed, now, refundNo));

    /// <summary>The seller takes the goods back; the money follows when they are there.</summary>
    public bool AgreeToReturn(SandboxPlatform platform, string no, string refundNo) => Move(platform, no, (order, now) => order with
    {
        Refunds = [.. order.Refunds.Select(r => r.No == refundNo && r.State == SandboxRefundState.Applied ? r with { State = SandboxRefundState.Agreed, ModifiedAt = now } : r)],
    });

    /// <summary>Does one planned step, unless something else has made it pointless.</summary>
    public void Execute(SandboxPlatform platform, string no, PlannedStep step)
    {
        var done = book.Change(platform, no, false, (order, now) =>
        {
            if (!order.Plan.Contains(step)) return (null, false);
            var rest = order with { Plan = [.. order.Plan.Where(s => s != step)] };
            var next = step.Act switch
            {
                PlannedAct.Pay => OrderMoves.Pay(rest, step.At),
                PlannedAct.Close => OrderMoves.Close(rest, step.At),
                PlannedAct.RequestRefund => OrderMoves.RequestRefund(rest, step.AmountFen, RefundReasons.For(order), now),
                PlannedAct.CompleteRefund => OrderMoves.SettleRefunds(rest, agreed: true, now),
                PlannedAct.Sign => OrderMoves.Sign(rest, step.At) is { } signed
                    ? signed with { Plan = [.. signed.Plan, new(step.At + options.FinishDelay, PlannedAct.Finish)] } : null,
                _ => OrderMoves.Finish(rest, step.At),
            };
            return (next, next is not null);
        });
        if (done && step.Act == PlannedAct.Close) GiveBackStock(platform, no);
    }

    private bool Move(SandboxPlatform platform, string no, Func<SandboxOrder, DateTimeOffset, SandboxOrder?> move) =>
        book.Change(platform, no, false, (order, now) => move(order, now) is { } moved ? (moved, true) : (null, false));

    private void GiveBackStock(SandboxPlatform platform, string no)
    {
        // the replayed shop sells without counting
        if (book.Find(platform, no) is not { ReplayIndex: null } order) return;
        foreach (var line in order.Lines) stock.Change(platform, line.SkuCode, q => q + line.Quantity);
    }

    /// <summary>A Kuaishou order is one product; the rest of a basket would be further orders.</summary>
    private SandboxLine[] Lines(SandboxPlatform platform, OrderSpec spec) => [.. spec.Lines.Take(platform == SandboxPlatform.Kuaishou ? 1 : int.MaxValue).Select((line, index) =>
    {
        var listing = listings.Find(platform, line.SkuCode) ?? ShopListings.Unlisted(platform, line.SkuCode);
        return new SandboxLine(index + 1, line.SkuCode, listing.ProductId, listing.PlatformSkuId,
            listing.Product.Title, listing.Product.Spec, line.UnitPriceFen ?? listing.Product.PriceFen, line.Quantity);
    })];
}

internal static class RefundReasons
{
    private static readonly string[] All = ["不想要了", "拍错/多拍", "发货太慢", "七天无理由退换货", "与商家协商一致退款", "收货地址填错"];

    public static string For(SandboxOrder order) => All[(int)(StableHash.Of(order.No) % (ulong)All.Length)];
}
