using System.Text;
using OrderHub.Catalog.Contracts;
using OrderHub.Channels.Imports.Columns;
using OrderHub.Channels.Imports.Rows;
using OrderHub.Channels.Imports.Sheets;
using OrderHub.Orders.Contracts;
using OrderHub.Platform.Exports;

namespace OrderHub.UnitTests.Channels.Imports;

/// <summary>Files as people upload them, and how they are read.</summary>
internal static class SheetFile
{
    public static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    public static byte[] Csv(string text, Encoding? encoding = null)
    {
        encoding ??= new UTF8Encoding(false);
        return [.. encoding.GetPreamble(), .. encoding.GetBytes(text)];
    }

    public static byte[] Xlsx(IReadOnlyList<string> header, params IReadOnlyList<Cell>[] rows)
    {
        var file = new MemoryStream();
        SpreadsheetWriter.WriteXlsx(file, new SpreadsheetWriter.Sheet("Sheet1", header, rows));
        return file.ToArray();
    }

    public static Shop Shop(ShopKind kind = ShopKind.Taobao) => new(7, "shop", "店", kind, LockPolicy.OnPayment, 72, 0, true);

    /// <summary>With the mapping the hub would suggest.</summary>
    public static List<ReadOrder> Read(byte[] file, ShopKind kind = ShopKind.Taobao)
    {
        var table = SheetTable.Open(file).Value;
        var mapping = ColumnMapping.Suggest(table.Headers, ImportFields.OfOrders);
        mapping.OrdersRefusal().ShouldBeNull();
        var rows = OrderRows.Gather(table.Rows, mapping);
        var reader = new OrderReader(mapping, Shop(kind), Now);
        return [.. rows.From(0).Select(o => reader.Read(o.OrderNo, o.Rows)), .. rows.Orphans.Select(o => new ReadOrder(o.OrderNo, o.Row, null, default, [o]))];
    }

    public static IncomingOrder One(byte[] file, ShopKind kind = ShopKind.Taobao)
    {
        var read = Read(file, kind).ShouldHaveSingleItem();
        read.Order.ShouldNotBeNull(string.Join(" ", read.Findings.Select(f => f.Error.Text)));
        return read.Order;
    }

    /// <summary>Platforms state amounts that must agree: what the judge will ask of the order.</summary>
    public static void ShouldAddUp(this IncomingOrder order)
    {
        var a = order.Amounts;
        a.PayFen.ShouldBe(a.GoodsFen + a.AdjustFen + a.FreightFen - a.ShopDiscountFen - a.PlatformDiscountFen);
        order.Lines.Where(l => !l.IsGift).Sum(l => l.UnitPriceFen * l.Quantity).ShouldBe(a.GoodsFen);
        order.Lines.Sum(l => l.PayFen).ShouldBe(a.PayFen - a.FreightFen);
    }
}
