using OrderHub.Catalog.Contracts;
using OrderHub.Channels.Adapters;
using OrderHub.Channels.Imports.Columns;
using OrderHub.Channels.Imports.Sheets;
using OrderHub.Orders.Contracts;
using static OrderHub.Channels.Imports.Columns.ImportField;

namespace OrderHub.Channels.Imports.Rows;

/// <param name="Order">Null when one of its rows cannot be read. Its version is still 0: see <see cref="Runs.ImportVersions"/>.</param>
/// <param name="LastChange">The latest time its rows tell of.</param>
internal sealed record ReadOrder(string OrderNo, int FirstRow, IncomingOrder? Order, DateTimeOffset LastChange, IReadOnlyList<RowFinding> Findings);

/// <summary>The rows of one order as one of our orders. Pure.</summary>
internal sealed class OrderReader(ColumnMapping mapping, Shop shop, DateTimeOffset now)
{
    public const string GoodsUnknown = "（导出文件不含商品）";
    private const int MostLines = 1_000;
    private readonly bool _hasGoods = mapping.Has(Title) || mapping.Has(MerchantCode) || mapping.Has(PlatformSkuId) || mapping.Has(PlatformProductId);

    public ReadOrder Read(string orderNo, IReadOnlyList<SheetRow> rows)
    {
        if (rows.Count > MostLines) return new(orderNo, rows[0].Number, null, default, [new(rows[0].Number, orderNo, RowErrors.TooManyLines(MostLines.ToString(System.Globalization.CultureInfo.InvariantCulture)))]);
        var cells = rows.Select(r => new RowCells(mapping, r, now)).ToList();
        var times = new OrderTimes(cells);
        var money = cells.Select(Money).ToList();
        var (status, hold) = Status(cells, times, money);
        var goods = cells.Select((c, i) => new Goods(c.Text(LineNo), c.Text(Title), c.Text(Spec), c.Text(MerchantCode, 100), c.Text(PlatformSkuId, 100), c.Text(PlatformProductId, 100), money[i].Quantity)).ToList();
        var isClosed = status is PlatformStatus.ClosedUnpaid or PlatformStatus.ClosedAfterPayment;
        for (var i = 0; i < goods.Count; i++)
            if (goods[i].Quantity == 0)
            {
                if (!isClosed && _hasGoods) cells[i].Faults.Add(RowErrors.BadQuantity("0"));
                (goods[i], money[i]) = (goods[i] with { Quantity = 1 }, money[i] with { Quantity = 1 }); // reports write 0 pieces for what was closed
            }
        if (goods.Where(g => g.LineNo.Length > 0).GroupBy(g => g.LineNo).FirstOrDefault(g => g.Count() > 1) is { } twice) cells[^1].Faults.Add(RowErrors.LineTwice(twice.Key));
        if (times.Created is null && !cells.Exists(c => c.Faults.Count > 0)) cells[0].Faults.Add(RowErrors.NoTime);
        var amounts = Amounts(cells, money, times.Paid is not null || status is not (PlatformStatus.Unpaid or PlatformStatus.ClosedUnpaid), isClosed);

        var receiver = Receiver(cells);
        var texts = new { Nick = First(cells, BuyerNick, 100), BuyerNote = First(cells, BuyerNote, 2000), SellerNote = First(cells, ImportField.SellerNote, 2000) };
        var shipBy = cells.Select(c => c.Time(ShipBy, mayBeAhead: true)).OfType<DateTimeOffset>().Cast<DateTimeOffset?>().Min();
        if (cells.FirstOrDefault(c => c.Faults.Count > 0) is { } faulty) return new(orderNo, rows[0].Number, null, default, Refusals(orderNo, cells, faulty));

        var order = new IncomingOrder
        {
            ShopId = shop.Id, PlatformOrderNo = orderNo, Version = 0, Status = status, CreatedAt = times.Created!.Value,
            PaidAt = status is PlatformStatus.Unpaid or PlatformStatus.ClosedUnpaid ? null : times.Paid ?? times.Created,
            ShipBy = shipBy, BuyerKey = texts.Nick, BuyerNick = texts.Nick, Receiver = receiver, Amounts = amounts!.Amounts, Lines = Lines(goods, amounts),
            BuyerNote = texts.BuyerNote.Length > 0 ? texts.BuyerNote : null, SellerNote = texts.SellerNote.Length > 0 ? texts.SellerNote : null, PlatformHold = hold,
        };
        return new(orderNo, rows[0].Number, order, times.Last, Remarks(order, cells[0].Number, money, goods, isClosed));
    }

    private sealed record Goods(string LineNo, string Title, string Spec, string MerchantCode, string SkuId, string ProductId, int Quantity)
    {
        public bool IsUnknown => Title.Length + MerchantCode.Length + SkuId.Length + ProductId.Length == 0;
    }

    /// <summary>Null with a fault noted, on this row or on another.</summary>
    private static OrderAmounts? Amounts(List<RowCells> cells, List<RowMoney> money, bool wasPaid, bool isClosed)
    {
        if (cells.Exists(c => c.Faults.Count > 0)) return null;
        try
        {
            if (OrderAmounts.Of(money, wasPaid, isClosed) is { } amounts) return amounts;
            cells[0].Faults.Add(RowErrors.NoAmount);
        }
        catch (OverflowException)
        {
            cells[0].Faults.Add(RowErrors.AmountsTooBig);
        }
        return null;
    }

    private static RowMoney Money(RowCells cells) => new(cells.Quantity() ?? 1, cells.Money(UnitPrice), cells.Money(ImportField.Goods), cells.Money(Freight), cells.Money(ShopDiscount), cells.Money(PlatformDiscount),
        cells.Money(Payable), cells.Money(Paid), cells.Money(Refund));

    /// <summary>Without a status the times and the refund tell; a line that is closed beside others that are not leaves the order open.</summary>
    private (PlatformStatus Status, string? Hold) Status(List<RowCells> cells, OrderTimes times, List<RowMoney> money)
    {
        var wasPaid = times.Paid is not null || money.Exists(m => m.Refund > 0) || times.Shipped is not null;
        var stated = new List<(PlatformStatus Status, string? Hold)>();
        foreach (var cell in cells)
        {
            var text = cell.Text(ImportField.Status);
            if (text.Length == 0) continue;
            if (StatusWords.Parse(text, wasPaid) is { } read) stated.Add(read);
            else cell.Faults.Add(RowErrors.BadStatus(text));
        }
        if (stated.Count > 0) return OfLines(stated);
        if (times.Shipped is not null) return (PlatformStatus.Shipped, null);
        if (!wasPaid && (times.Paid is not null || !mapping.Has(PaidAt) && money.Exists(m => m.Paid > 0))) wasPaid = true;
        if (!wasPaid) return (PlatformStatus.Unpaid, null);
        var refund = money.Max(m => m.Refund) ?? 0;
        var full = money.Max(m => m.Payable) ?? money.Max(m => m.Paid) ?? 0;
        return (refund > 0 && refund >= full ? PlatformStatus.ClosedAfterPayment : PlatformStatus.Paid, null);
    }

    /// <summary>Lines may differ. What is partly shipped or partly closed must not be shipped whole.</summary>
    private static (PlatformStatus Status, string? Hold) OfLines(List<(PlatformStatus Status, string? Hold)> lines)
    {
        var open = lines.Where(l => l.Status < PlatformStatus.ClosedUnpaid).ToList();
        if (open.Count == 0) return lines.MaxBy(l => l.Status);
        var least = open.MinBy(l => l.Status);
        if (least.Status == PlatformStatus.Paid && open.Exists(l => l.Status > PlatformStatus.Paid)) least = (PlatformStatus.PartShipped, least.Hold);
        return open.Count < lines.Count && least.Status <= PlatformStatus.PartShipped ? (least.Status, "订单里有商品已关闭，请核对后再处理") : least;
    }

    private static IncomingReceiver Receiver(List<RowCells> cells)
    {
        var (province, address) = (First(cells, Province), First(cells, Address, 1000));
        var parts = province.Length == 0 ? AddressText.Split(address) : new AddressText(province, First(cells, City), First(cells, District), First(cells, Town), address);
        return new(First(cells, ReceiverName, 200), First(cells, ReceiverPhone, 100), parts.Province, parts.City, parts.District, parts.Town, parts.Rest, Token: null);
    }

    private static string First(List<RowCells> cells, ImportField field, int longest = 400) => cells.Select(c => c.Text(field, longest)).FirstOrDefault(t => t.Length > 0) ?? "";

    private List<IncomingLine> Lines(List<Goods> goods, OrderAmounts amounts)
    {
        var numbers = new LineNumbers();
        return [.. goods.Select((g, i) => new IncomingLine
        {
            PlatformLineNo = g.LineNo.Length > 0 ? g.LineNo : numbers.For(NumberOf(g)),
            PlatformProductId = Nullable(g.ProductId), PlatformSkuId = Nullable(g.SkuId), MerchantCode = Nullable(g.MerchantCode),
            Title = g.IsUnknown ? GoodsUnknown : g.Title.Length > 0 ? g.Title : g.MerchantCode.Length > 0 ? g.MerchantCode : g.SkuId + g.ProductId,
            Spec = g.Spec, Quantity = g.Quantity, UnitPriceFen = amounts.UnitPrices[i], PayFen = amounts.LinePays[i], IsGift = goods.Count > 1 && amounts.UnitPrices[i] == 0,
        })];
    }

    /// <summary>Where a platform gives its lines no numbers, its adapter numbers them by SKU; the same here, so that a later pull finds the same lines.</summary>
    private string NumberOf(Goods goods) => shop.Kind is ShopKind.Jd or ShopKind.Pinduoduo && goods.SkuId.Length > 0 ? goods.SkuId : goods.MerchantCode.Length > 0 ? goods.MerchantCode : "1";

    private static string? Nullable(string text) => text.Length > 0 ? text : null;

    /// <summary>Every faulty row with its reasons, the order's other rows with a pointer to it.</summary>
    private static List<RowFinding> Refusals(string orderNo, List<RowCells> cells, RowCells faulty) =>
        [.. cells.SelectMany(c => c.Faults.Count > 0 ? c.Faults.Distinct().Select(f => new RowFinding(c.Number, orderNo, f))
            : [new RowFinding(c.Number, orderNo, RowErrors.OtherRow(faulty.Number.ToString(System.Globalization.CultureInfo.InvariantCulture)))])];

    private static List<RowFinding> Remarks(IncomingOrder order, int row, List<RowMoney> money, List<Goods> goods, bool isClosed)
    {
        var remarks = new List<RowFinding>();
        if (isClosed || order.Status > PlatformStatus.Paid) return remarks;
        if (goods.Exists(g => g.IsUnknown)) remarks.Add(new(row, order.PlatformOrderNo, RowErrors.NoGoods));
        if (money.Max(m => m.Refund) is > 0 and var refund) remarks.Add(new(row, order.PlatformOrderNo, RowErrors.HasRefund(Platform.Units.Money.ToYuan(refund))));
        return remarks;
    }
}

/// <summary>The times an order's rows tell of.</summary>
internal sealed class OrderTimes
{
    public OrderTimes(IReadOnlyList<RowCells> cells)
    {
        Paid = Earliest(cells, PaidAt);
        Created = Earliest(cells, CreatedAt) ?? Paid;
        Shipped = Earliest(cells, ShippedAt);
        DateTimeOffset?[] all = [Created, Paid, Shipped, Latest(cells, FinishedAt), Latest(cells, ModifiedAt)];
        Last = all.Max() ?? default;
    }

    public DateTimeOffset? Created { get; }
    public DateTimeOffset? Paid { get; }
    public DateTimeOffset? Shipped { get; }
    public DateTimeOffset Last { get; }

    private static DateTimeOffset? Earliest(IReadOnlyList<RowCells> cells, ImportField field) => cells.Select(c => c.Time(field)).Min();
    private static DateTimeOffset? Latest(IReadOnlyList<RowCells> cells, ImportField field) => cells.Select(c => c.Time(field)).Max();
}
