using System.Globalization;
using System.Text;

namespace OrderHub.Warehousing.Labels;

/// <summary>Code 128, code set B (ASCII 32–126), as an SVG of whole modules.</summary>
internal static class Code128
{
    private const int StartB = 104, Stop = 106, QuietModules = 10;

    // bar and space widths in modules, by symbol value; ISO/IEC 15417 table 1
    private static readonly string[] Widths =
    [
        "212222", "222122", "222221", "121223", "121322", "131222", "122213", "122312", "132212", "221213", "221312", "231212", "112232", "122132", "122231", "113222",
        "123122", "123221", "223211", "221132", "221231", "213212", "223112", "312131", "311222", "321122", "321221", "312212", "322112", "322211", "212123", "212321",
        "232121", "111323", "131123", "131321", "112313", "132113", "132311", "211313", "231113", "231311", "112133", "112331", "132131", "113123", "113321", "133121",
        "313121", "211331", "231131", "213113", "213311", "213131", "311123", "311321", "331121", "312113", "312311", "332111", "314111", "221411", "431111", "111224",
        "111422", "121124", "121421", "141122", "141221", "112214", "112412", "122114", "122411", "142112", "142211", "241211", "221114", "413111", "241112", "134111",
        "111242", "121142", "121241", "114212", "124112", "124211", "411212", "421112", "421211", "212141", "214121", "412121", "111143", "111341", "131141", "114113",
        "114311", "411113", "411311", "113141", "114131", "311141", "411131", "211412", "211214", "211232", "2331112",
    ];

    /// <summary>Start, data, check symbol and stop.</summary>
    /// <exception cref="ArgumentException">Empty, or a character outside ASCII 32–126.</exception>
    public static IReadOnlyList<int> Symbols(string text)
    {
        if (text.Length == 0 || text.Any(c => c is < ' ' or > '~')) throw new ArgumentException("Code 128 B takes one or more characters of ASCII 32–126.", nameof(text));
        var symbols = new List<int>(text.Length + 3) { StartB };
        symbols.AddRange(text.Select(c => c - ' '));
        symbols.Add((StartB + text.Select((c, i) => (i + 1) * (c - ' ')).Sum()) % 103);
        symbols.Add(Stop);
        return symbols;
    }

    /// <summary>Stretches to the size of its box; quiet zones of ten modules are inside.</summary>
    public static string Svg(string text)
    {
        var bars = new StringBuilder();
        var x = QuietModules;
        foreach (var widths in Symbols(text).Select(s => Widths[s]))
            for (var i = 0; i < widths.Length; i++)
            {
                var width = widths[i] - '0';
                if (i % 2 == 0) bars.Append(CultureInfo.InvariantCulture, $"M{x} 0h{width}v1h-{width}z");
                x += width;
            }
        return string.Create(CultureInfo.InvariantCulture,
            $"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {x + QuietModules} 1" preserveAspectRatio="none" shape-rendering="crispEdges" role="img" aria-label="{System.Net.WebUtility.HtmlEncode(text)}"><path d="{bars}"/></svg>""");
    }
}
