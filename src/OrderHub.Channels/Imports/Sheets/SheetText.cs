using System.Text;

namespace OrderHub.Channels.Imports.Sheets;

/// <summary>The encoding of a text file: its byte order mark, else UTF-8 if every byte agrees, else GB18030 (GBK and GB2312 are parts of it).</summary>
internal static class SheetText
{
    private static readonly UTF8Encoding StrictUtf8 = new(false, true);
    private static readonly Encoding StrictGb18030 = WithCodePages("GB18030", DecoderFallback.ExceptionFallback);

    public static readonly Encoding Gb18030 = WithCodePages("GB18030", DecoderFallback.ReplacementFallback);

    /// <returns>Null when it is neither.</returns>
    public static Encoding? Recognise(byte[] content)
    {
        if (content.AsSpan().StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE])) return Encoding.Unicode;
        if (content.AsSpan().StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF])) return Encoding.BigEndianUnicode;
        if (content.AsSpan(0, Math.Min(content.Length, 4096)).Contains((byte)0)) return null;
        return Fits(StrictUtf8, content) ? StrictUtf8 : Fits(StrictGb18030, content) ? StrictGb18030 : null;
    }

    /// <summary>The first bytes as text; a character that the cut went through is left open instead of refused.</summary>
    public static string Start(byte[] content, Encoding encoding, int bytes) => Encoding.GetEncoding(encoding.CodePage).GetString(content, 0, Math.Min(content.Length, bytes));

    private static bool Fits(Encoding encoding, byte[] content)
    {
        try
        {
            encoding.GetCharCount(content);
            return true;
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
    }

    private static Encoding WithCodePages(string name, DecoderFallback unreadable)
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        return Encoding.GetEncoding(name, EncoderFallback.ReplacementFallback, unreadable);
    }
}
