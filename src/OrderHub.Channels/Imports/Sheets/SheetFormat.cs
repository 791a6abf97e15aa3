using System.IO.Compression;
using OrderHub.Platform.Results;

namespace OrderHub.Channels.Imports.Sheets;

internal enum SheetFormat : short { Xlsx = 1, Xls = 2, Csv = 3 }

/// <summary>What a file is by its content; its name says nothing.</summary>
internal static class SheetFormats
{
    public const int MostBytes = 32 * 1024 * 1024;

    /// <summary>A file that unpacks to more than this is a trap, not an export.</summary>
    private const long MostUnpackedBytes = 512L * 1024 * 1024;

    public static Result<SheetFormat> Recognise(byte[] content)
    {
        if (content.Length == 0) return SheetErrors.Empty;
        if (content.Length > MostBytes) return SheetErrors.TooBig(MostBytes / 1024 / 1024);
        if (content.AsSpan().StartsWith("PK\u0003\u0004"u8)) return Workbook(content);
        if (content.AsSpan().StartsWith((ReadOnlySpan<byte>)[0xD0, 0xCF, 0x11, 0xE0])) return SheetFormat.Xls;
        if (SheetText.Recognise(content) is not { } encoding) return content.AsSpan(0, Math.Min(content.Length, 4096)).Contains((byte)0) ? SheetErrors.Unknown : SheetErrors.Encoding;
        var start = SheetText.Start(content, encoding, 512).TrimStart('\uFEFF', ' ', '\r', '\n', '\t');
        return start.StartsWith('<') ? SheetErrors.WebPage : SheetFormat.Csv;
    }

    private static Result<SheetFormat> Workbook(byte[] content)
    {
        try
        {
            using var zip = new ZipArchive(new MemoryStream(content, writable: false));
            if (zip.Entries.Sum(e => e.Length) > MostUnpackedBytes) return SheetErrors.TooBig(MostUnpackedBytes / 1024 / 1024);
            return zip.GetEntry("xl/workbook.xml") is null ? SheetErrors.Unknown : SheetFormat.Xlsx;
        }
        catch (InvalidDataException broken)
        {
            return SheetErrors.Broken(broken.Message);
        }
    }
}
