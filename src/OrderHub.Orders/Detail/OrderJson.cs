using OrderHub.Allocation.Contracts;
using OrderHub.Orders.Acceptance;
using OrderHub.Orders.Contracts;

namespace OrderHub.Orders.Detail;

/// <summary>An order as other programs get it. Money in fen, weight in grams, instants in UTC, states as their codes.</summary>
internal sealed record OrderJson
{
    public required string OrderNo { get; init; }
    public required string PlatformOrderNo { get; init; }
    public required string? Shop { get; init; }
    public required string Status { get; init; }
    public required DateTimeOffset StatusSince { get; init; }

    /// <summary>Why it may not go on for now; null = it may.</summary>
    public required string? Hold { get; init; }

    /// <summary>Codes of what a person has to look at.</summary>
    public required IReadOnlyList<string> ReviewReasons { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset? PaidAt { get; init; }
    public required DateTimeOffset? ShipBy { get; init; }
    public required DateTimeOffset? ShippedAt { get; init; }
    public required IncomingAmounts Amounts { get; init; }
    public required string BuyerNick { get; init; }

    /// <summary>As stored: masked where the platform masks it.</summary>
    public required ReceiverJson Receiver { get; init; }

    /// <summary><c>remote</c> or <c>overseas</c>; null for an ordinary address.</summary>
    public required string? AddressTag { get; init; }
    public required string? BuyerNote { get; init; }
    public required string? SellerNote { get; init; }
    public required IncomingInvoice? Invoice { get; init; }
    public required PlatformExtras Extras { get; init; }
    public required string? Warehouse { get; init; }
    public required string? Courier { get; init; }
    public required int WeightGrams { get; init; }

    /// <summary>By the catalog; 0 = unknown.</summary>
    public required int VolumeCm3 { get; init; }
    public required IReadOnlyList<LineJson> Lines { get; init; }
    public required IReadOnlyList<ReservationJson> Reservations { get; init; }
    public required DecisionJson? Decision { get; init; }
    public required IReadOnlyList<TimelineJson> Timeline { get; init; }

    /// <summary>What other modules know of it, under their names (<c>parcels</c>).</summary>
    [System.Text.Json.Serialization.JsonExtensionData]
    public Dictionary<string, object?> More { get; init; } = [];

    public static OrderJson From(OrderDetail detail)
    {
        var head = detail.Head;
        string? Warehouse(int? id) => detail.Network.Warehouse(id)?.Code;
        string? Sku(int id) => detail.Catalog.Sku(id)?.Code;
        return new()
        {
            OrderNo = head.No, PlatformOrderNo = head.PlatformOrderNo, Shop = detail.Shop?.Code, Status = head.State.Code(), StatusSince = head.StateSince,
            Hold = head.Hold ?? head.PlatformHold, ReviewReasons = head.ReviewReasons, CreatedAt = head.CreatedAt, PaidAt = head.PaidAt, ShipBy = head.ShipBy, ShippedAt = head.ShippedAt,
            Amounts = head.Amounts, BuyerNick = head.BuyerNick, BuyerNote = head.BuyerNote, SellerNote = head.SellerNote, Invoice = head.Invoice, Extras = head.Extras,
            Receiver = new(head.Receiver.Name, head.Receiver.Phone, head.Receiver.Province, head.Receiver.City, head.Receiver.District, head.Receiver.Town, head.Receiver.Address),
            AddressTag = OfficialAddress.TagOf(head.Receiver.Province, head.Receiver.City, detail.Network)?.Code(),
            Warehouse = Warehouse(head.WarehouseId), Courier = detail.Network.Courier(head.CourierId)?.Code, WeightGrams = head.WeightGrams,
            VolumeCm3 = ParcelVolume.Of(StockDemand.Of(detail.Lines.Where(l => l.Sku is not null).Select(l => (l.Sku!, Math.Clamp(l.Quantity, 0, 10_000))), detail.Catalog), detail.Catalog),
            Lines = [.. detail.Lines.Select(l => new LineJson(l.LineNo, l.PlatformLineNo, l.PlatformSkuId, l.Sku?.Code, l.Title, l.Spec, l.Quantity, l.UnitPriceFen, l.PayFen, l.IsGift))],
            Reservations = [.. detail.Held.Select(h => new ReservationJson(Sku(h.SkuId), Warehouse(h.WarehouseId), h.Quantity))],
            Decision = detail.Decision is not { } d ? null : new(Warehouse(d.WarehouseId), detail.Network.Courier(d.CourierId)?.Code, d.FreightFen, d.RuleVersion, d.Reason,
                [.. d.Candidates.Select(c => new CandidateJson(Warehouse(c.WarehouseId), c.Rule, c.Fits, c.Obstacle.ToString(), detail.Network.Courier(c.CourierId)?.Code, c.Cost, c.Cost?.Total, c.CourierRule, c.AfterCutOff,
                    [.. c.Stock.Select(s => new MissingJson(Sku(s.SkuId), s.Wanted, s.Free))]))],
                [.. d.Missing.Select(m => new MissingJson(Sku(m.SkuId), m.Wanted, m.Free))],
                [.. d.Parts.Select(p => new PartJson(Warehouse(p.WarehouseId), detail.Network.Courier(p.CourierId)?.Code, p.Cost.Total, p.Lines))], d.UnknownWarehouse, d.UnknownCourier),
            Timeline = [.. detail.Timeline.Select(t => new TimelineJson(t.At, t.What, t.To?.Code(), t.Actor, t.Note, t.TraceId))],
        };
    }
}

internal sealed record ReceiverJson(string Name, string Phone, string Province, string City, string District, string Town, string Address);
internal sealed record LineJson(int LineNo, string PlatformLineNo, string? PlatformSkuId, string? Sku, string Title, string Spec, int Quantity, long UnitPriceFen, long PayFen, bool IsGift);
internal sealed record ReservationJson(string? Sku, string? Warehouse, int Quantity);
internal sealed record DecisionJson(string? Warehouse, string? Courier, long FreightFen, string RuleVersion, string Reason, IReadOnlyList<CandidateJson> Candidates, IReadOnlyList<MissingJson> Missing,
    IReadOnlyList<PartJson> Parts, string? UnknownWarehouse, string? UnknownCourier);

/// <summary>One parcel of an order that was split.</summary>
internal sealed record PartJson(string? Warehouse, string? Courier, long TotalFen, IReadOnlyList<PartLine> Lines);

/// <param name="Cost">Its parts, in fen.</param>
/// <param name="CourierRule">The rule that decided the courier; null = the cost did.</param>
/// <param name="AfterCutOff">Today's last pickup was over.</param>
/// <param name="Stock">Of each SKU, as it was there at that moment.</param>
internal sealed record CandidateJson(string? Warehouse, string? Rule, bool Fits, string Obstacle, string? Courier, AllocationCost? Cost, long? TotalFen, string? CourierRule, bool AfterCutOff,
    IReadOnlyList<MissingJson> Stock);

internal sealed record MissingJson(string? Sku, int Wanted, int Free);
internal sealed record TimelineJson(DateTimeOffset At, string What, string? Status, string Actor, string? Note, string? TraceId);
