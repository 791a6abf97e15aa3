using System.Text;
using OrderHub.Channels.Imports.Sheets;
using OrderHub.Platform.Exports;

namespace OrderHub.UnitTests.Channels.Imports;

public sealed class FileTests
{
    private const string Orders = "订单号,下单时间,收货地址,实付金额,商品名称\nA1,2026-01-02 10:00:00,浙江省 杭州市,12.50,青花碗\n";

    public static TheoryData<string> Encodings => ["utf-8", "utf-8 with mark", "gb18030", "utf-16"];

    [Theory, MemberData(nameof(Encodings))]
    public void A_csv_is_read_in_whatever_encoding_a_back_office_writes(string name)
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        var encoding = name switch { "gb18030" => Encoding.GetEncoding("GB18030"), "utf-16" => Encoding.Unicode, "utf-8 with mark" => new UTF8Encoding(true), _ => new UTF8Encoding(false) };
        SheetFile.One(SheetFile.Csv(Orders, encoding)).Lines[0].Title.ShouldBe("青花碗");
    }

    [Theory]
    [InlineData("\t"), InlineData(";")]
    public void Tabs_and_semicolons_separate_as_well(string separator) =>
        SheetFile.One(SheetFile.Csv(Orders.Replace(",", separator, StringComparison.Ordinal))).Amounts.PayFen.ShouldBe(1250);

    [Fact]
    public void A_workbook_gives_the_same_order_as_a_csv()
    {
        var workbook = SheetFile.One(SheetFile.Xlsx(["订单号", "下单时间", "收货地址", "实付金额", "商品名称"],
            ["A1", new DateTimeOffset(2026, 1, 2, 10, 0, 0, TimeSpan.FromHours(8)), "浙江省 杭州市", Cell.Fen(1250), "青花碗"]));
        var csv = SheetFile.One(SheetFile.Csv(Orders));
        workbook.ShouldBeEquivalentTo(csv);
    }

    [Fact]
    public void A_title_above_the_header_and_empty_rows_are_passed_over()
    {
        var file = SheetFile.Csv("2026年1月订单报表,,,,\n,,,,\n" + Orders.Replace("A1,", "\nA1,", StringComparison.Ordinal));
        SheetTable.Open(file).Value.HeaderRow.ShouldBe(3);
        SheetFile.One(file).PlatformOrderNo.ShouldBe("A1");
    }

    [Fact]
    public void A_name_does_not_make_a_picture_a_table() => SheetTable.Open([0x89, 0x50, 0x4E, 0x47, 0, 0, 0, 1]).Error!.Code.ShouldBe("channels.sheet_unknown");

    [Fact]
    public void A_web_page_called_xls_is_refused_with_the_way_out() => SheetTable.Open("<html><table><tr><td>订单号</td></tr></table></html>"u8.ToArray()).Error!.Code.ShouldBe("channels.sheet_web_page");

    [Fact]
    public void A_zip_that_is_no_workbook_and_a_cut_off_workbook_are_refused()
    {
        var whole = SheetFile.Xlsx(["订单号", "下单时间"], ["A1", "2026-01-01"]);
        SheetTable.Open(whole[..(whole.Length / 2)]).Error!.Code.ShouldBe("channels.sheet_broken");
        var zip = new MemoryStream();
        using (var archive = new System.IO.Compression.ZipArchive(zip, System.IO.Compression.ZipArchiveMode.Create, leaveOpen: true)) archive.CreateEntry("readme.txt");
        SheetTable.Open(zip.ToArray()).Error!.Code.ShouldBe("channels.sheet_unknown");
    }

    [Fact]
    public void Empty_files_headers_alone_and_too_many_rows_are_refused()
    {
        SheetTable.Open([]).Error!.Code.ShouldBe("channels.sheet_empty");
        SheetTable.Open(SheetFile.Csv("订单号,下单时间\n")).Value.Measure().Error!.Code.ShouldBe("channels.sheet_no_rows");
        var tooMany = "订单号,下单时间\n" + string.Concat(Enumerable.Range(0, SheetTable.MostRows + 1).Select(i => $"A{i},2026-01-01\n"));
        SheetTable.Open(SheetFile.Csv(tooMany)).Value.Measure().Error!.Code.ShouldBe("channels.sheet_too_many_rows");
    }

    [Theory]
    [InlineData("xlsx"), InlineData("sheet in xlsx"), InlineData("csv")]
    public void A_mangled_file_is_refused_with_a_reason_or_read_and_never_a_crash(string kind)
    {
        var whole = kind == "csv" ? SheetFile.Csv(Orders + string.Concat(Enumerable.Range(0, 30).Select(i => $"\"A{i}\",2026-01-02 10:00:00,浙江省 杭州市,1{i}.50,碗\n")))
            : SheetFile.Xlsx(["订单号", "下单时间", "收货地址", "实付金额"], [.. Enumerable.Range(0, 30).Select(i => (IReadOnlyList<Cell>)[$"A{i}", "2026-01-02", "上海", Cell.Fen(i)])]);
        var random = new Random(7);
        var refused = 0;
        for (var i = 0; i < 1_500; i++)
        {
            var file = kind == "sheet in xlsx" ? WithPart(whole, "xl/worksheets/sheet1.xml", part => Mangled(part, random)) : Mangled(whole, random);
            var table = SheetTable.Open(file);
            if (!table.IsOk || !table.Value.Measure().IsOk || OrderHub.Channels.Imports.Columns.ColumnMapping.Suggest(table.Value.Headers, OrderHub.Channels.Imports.Columns.ImportFields.OfOrders).OrdersRefusal() is not null) refused++;
            else SheetFile.Read(file).ShouldAllBe(r => r.Order != null || r.Findings.Count > 0);
        }
        refused.ShouldBeInRange(1, 1_499);
    }

    private static byte[] Mangled(byte[] whole, Random random)
    {
        var file = whole.ToArray();
        for (var flips = random.Next(1, 12); flips > 0; flips--) file[random.Next(file.Length)] = (byte)random.Next(256);
        return random.Next(4) == 0 ? file[..random.Next(file.Length)] : file;
    }

    private static byte[] WithPart(byte[] workbook, string name, Func<byte[], byte[]> change)
    {
        var file = new MemoryStream();
        file.Write(workbook);
        using (var zip = new System.IO.Compression.ZipArchive(file, System.IO.Compression.ZipArchiveMode.Update, leaveOpen: true))
        {
            var part = new MemoryStream();
            using (var old = zip.GetEntry(name)!.Open()) old.CopyTo(part);
            zip.GetEntry(name)!.Delete();
            using var renewed = zip.CreateEntry(name).Open();
            renewed.Write(change(part.ToArray()));
        }
        return file.ToArray();
    }
}
