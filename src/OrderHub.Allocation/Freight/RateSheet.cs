using System.Globalization;
using System.IO.Compression;
using System.Text;
using ExcelDataReader;
using ExcelDataReader.Exceptions;
using OrderHub.Allocation.Contracts;
using OrderHub.Allocation.Rules;
using OrderHub.Platform.Results;
using OrderHub.Platform.Units;

namespace OrderHub.Allocation.Freight;

/// <param name="Row">As a spreadsheet counts: the header is 1.</param>
internal sealed record RowFault(int Row, Error Error);

/// <param name="Faults">Any of them refuses the whole file.</param>
internal sealed record RateSheet(IReadOnlyList<FreightRate> Rates, IReadOnlyList<RowFault> Faults)
{
    public const int MostBytes = 2 * 1024 * 1024, MostRows = 5_000;
    private const long MostUnpackedBytes = 64L * 1024 * 1024;

    /// <summary>Recognised by these words in the header, in Chinese or English; the export writes such headers.</summary>
    public static readonly IReadOnlyList<string> Headers = ["发货仓", "到达省份", "首重（公斤）", "首重价格（元）", "续重单位（公斤）", "续重价格（元）"];

    /// <summary>First sheet of an .xlsx or .xls, or a .csv in UTF-8 or GB18030. An empty warehouse or province means all others; several provinces may stand in one cell.</summary>
    public static Result<RateSheet> Read(byte[] content, Courier courier, FulfilmentNetwork network)
    {
        try
        {
            var rows = Rows(content);
            return rows.Error is { } unreadable ? unreadable : Read(rows.Value, courier, network);
        }
        catch (Exception broken) when (broken is ExcelReaderException or InvalidDataException or System.Xml.XmlException or EndOfStreamException or DecoderFallbackException)
        {
            return AllocationErrors.FileUnreadable;
        }
    }

    private static Result<List<string[]>> Rows(byte[] content)
    {
        if (content.Length is 0) return AllocationErrors.FileEmpty;
        if (content.Length > MostBytes) return AllocationErrors.FileTooBig(MostBytes / 1024 / 1024, MostRows);
        var isZip = content.AsSpan().StartsWith("PK"u8);
        var isWorkbook = isZip || content.AsSpan().StartsWith((ReadOnlySpan<byte>)[0xD0, 0xCF, 0x11, 0xE0]);
        if (!isWorkbook && content.AsSpan().Contains((byte)0)) return AllocationErrors.FileUnreadable;
        if (isZip)
        {
            using var zip = new ZipArchive(new MemoryStream(content, writable: false));
            if (zip.Entries.Sum(e => e.Length) > MostUnpackedBytes) return AllocationErrors.FileTooBig(MostBytes / 1024 / 1024, MostRows);
        }
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        var settings = new ExcelReaderConfiguration { FallbackEncoding = Encoding.GetEncoding("GB18030") };
        using var reader = isWorkbook ? ExcelReaderFactory.CreateReader(new MemoryStream(content, writable: false), settings) : ExcelReaderFactory.CreateCsvReader(new MemoryStream(content, writable: false), settings);
        var rows = new List<string[]>();
        while (reader.Read())
        {
            if (rows.Count > MostRows) return AllocationErrors.FileTooBig(MostBytes / 1024 / 1024, MostRows);
            rows.Add([.. Enumerable.Range(0, reader.FieldCount).Select(c => Text(reader.GetValue(c)))]);
        }
        return rows;
    }

    private static Result<RateSheet> Read(List<string[]> rows, Courier courier, FulfilmentNetwork network)
    {
        if (rows.Count == 0) return AllocationErrors.FileEmpty;
        var columns = Headers.Select((_, field) => Array.FindIndex(rows[0], cell => FieldOf(cell) == field)).ToArray();
        if (Array.IndexOf(columns, -1) is >= 0 and var missing) return AllocationErrors.ColumnMissing(Headers[missing]);
        var (rates, seen, faults) = (new List<FreightRate>(), new Dictionary<(int?, string?), int>(), new List<RowFault>());
        for (var i = 1; i < rows.Count; i++)
        {
            if (rows[i].All(c => c.Length == 0)) continue;
            var read = Row([.. columns.Select(c => c < rows[i].Length ? rows[i][c] : "")], courier, network);
            if (read.Error is { } fault) faults.Add(new(i + 1, fault));
            else
                foreach (var rate in read.Value)
                    if (seen.TryAdd((rate.FromWarehouseId, rate.ToProvince), i + 1)) rates.Add(rate);
                    else faults.Add(new(i + 1, AllocationErrors.RateTwice(seen[(rate.FromWarehouseId, rate.ToProvince)])));
        }
        return rates.Count == 0 && faults.Count == 0 ? AllocationErrors.FileEmpty : new RateSheet(rates, faults);
    }

    private static Result<List<FreightRate>> Row(string[] cells, Courier courier, FulfilmentNetwork network)
    {
        int? from = null;
        if (cells[0].Length > 0 && cells[0] is not ("全部仓" or "All warehouses"))
        {
            if (network.Warehouses.FirstOrDefault(w => w.Name == cells[0] || w.Code.Equals(cells[0], StringComparison.OrdinalIgnoreCase)) is not { } warehouse) return AllocationErrors.WarehouseUnknown(cells[0]);
            from = warehouse.Id;
        }
        var provinces = new List<string?>();
        if (cells[1].Length == 0 || cells[1] is "其他省份" or "Other provinces") provinces.Add(null);
        else
            foreach (var typed in cells[1].Split(['、', ',', '，', '/', ';', '；', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            {
                if (Provinces.Normalize(typed) is not { } province) return AllocationErrors.ProvinceUnknown(typed);
                provinces.Add(province);
            }
        var numbers = new long[4];
        for (var n = 0; n < 4; n++)
        {
            var cell = cells[n + 2].TrimStart('¥', '￥');
            // kilograms to grams and yuan to fen alike: nothing may be left over
            if (!decimal.TryParse(cell, NumberStyles.AllowDecimalPoint | NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out var number) || number > 1_000_000) return AllocationErrors.NumberUnreadable(Headers[n + 2], cells[n + 2]);
            var scaled = number * (n % 2 == 0 ? 1000 : 100);
            if (decimal.Truncate(scaled) != scaled) return AllocationErrors.NumberUnreadable(Headers[n + 2], cells[n + 2]);
            numbers[n] = (long)scaled;
        }
        var rates = provinces.Select(p => new FreightRate(courier.Id, from, p, (int)numbers[0], numbers[1], (int)numbers[2], numbers[3])).ToList();
        return rates.Select(r => r.Check(network)).FirstOrDefault(e => e is not null) is { } refusal ? refusal : rates;
    }

    private static int? FieldOf(string header)
    {
        bool Says(params string[] words) => words.Any(w => header.Contains(w, StringComparison.OrdinalIgnoreCase));
        var isPrice = Says("价", "费", "元", "price", "yuan");
        if (Says("首重", "first")) return isPrice ? 3 : 2;
        if (Says("续重", "further")) return isPrice ? 5 : 4;
        return Says("仓", "warehouse") ? 0 : Says("省", "province") ? 1 : null;
    }

    private static string Text(object? value) => value switch
    {
        null => "",
        double number => ((decimal)Math.Round(number, 6)).ToString("0.######", CultureInfo.InvariantCulture),
        IFormattable other => other.ToString(null, CultureInfo.InvariantCulture).Trim(),
        _ => value.ToString()!.Trim(),
    };
}
