using System.Collections.Frozen;
using System.Globalization;
using System.Text.Json;
using OrderHub.Platform.Data;
using OrderHub.Platform.Results;

namespace OrderHub.Platform.Texts;

/// <summary>
/// Texts of pages. The Chinese text is the key, so markup reads as colleagues speak; English stands in each module's embedded
/// <c>Texts/en-US.json</c> (a flat object Chinese → English). A test compares the keys in use with the files.
/// </summary>
public sealed class HubLocalizer
{
    private readonly FrozenDictionary<string, string> _english;

    public HubLocalizer(ModuleAssemblies modules)
    {
        var english = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var assembly in modules.All)
            foreach (var name in assembly.GetManifestResourceNames().Where(n => n.EndsWith("Texts.en-US.json", StringComparison.Ordinal)))
            {
                using var stream = assembly.GetManifestResourceStream(name)!;
                foreach (var (key, value) in JsonSerializer.Deserialize<Dictionary<string, string>>(stream)!) english[key] = value;
            }
        _english = english.ToFrozenDictionary(StringComparer.Ordinal);
    }

    public IReadOnlyDictionary<string, string> English => _english;

    public string this[string chinese] => IsEnglish && _english.TryGetValue(chinese, out var text) ? text : chinese;

    public string this[string chinese, params object?[] values] => string.Format(CultureInfo.CurrentCulture, this[chinese], values);

    /// <summary>Words among the values (a state, a reason) are translated too.</summary>
    public string this[Error error] => this[error.Message, [.. error.Arguments.Select(a => a is string word ? this[word] : a)]];

    public string this[Words words] => words.Arguments.Length == 0 ? this[words.Text] : this[words.Text, [.. words.Arguments.Select(a => (object?)this[a])]];

    /// <summary>Says something in a language of its own, whatever the page's: for messages that leave the hub.</summary>
    public static T In<T>(string culture, Func<T> say)
    {
        var before = CultureInfo.CurrentUICulture;
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(culture);
        try
        {
            return say();
        }
        finally
        {
            CultureInfo.CurrentUICulture = before;
        }
    }

    public static bool IsEnglish => CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "en";
}
