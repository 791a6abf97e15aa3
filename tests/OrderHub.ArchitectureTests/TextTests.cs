using System.Text.Json;
using System.Text.RegularExpressions;

namespace OrderHub.ArchitectureTests;

public sealed partial class TextTests
{
    [Fact]
    public void Every_text_of_a_page_has_its_english()
    {
        var english = Repository.Files(Repository.Source, ".json").Where(f => f.EndsWith("en-US.json", StringComparison.Ordinal))
            .SelectMany(f => JsonSerializer.Deserialize<Dictionary<string, string>>(File.ReadAllText(f))!).ToList();
        english.Count.ShouldBeGreaterThan(100);
        english.Where(e => string.IsNullOrWhiteSpace(e.Value) || Chinese().IsMatch(e.Value) && e.Value != "中文").Select(e => e.Key).ShouldBeEmpty("no Chinese in an English text");

        var keys = english.Select(e => e.Key).ToHashSet();
        var missing = Repository.Files(Repository.Source, ".razor", ".cs")
            .SelectMany(f => KeysIn(File.ReadAllText(f)).Select(k => (Key: k, File: Path.GetFileName(f))))
            .Where(k => !keys.Contains(k.Key)).Select(k => $"{k.File}: {k.Key}").Distinct().ToList();
        missing.ShouldBeEmpty();
    }

    [Fact]
    public void The_rule_finds_the_keys_of_a_page() =>
        KeysIn("""<h1>@L["订单"]</h1> @L["共 {0} 单", n] new("orders.x", "没有订单 {0}。", ErrorKind.NotFound) flow.NoteAsync(tx, order.Id, "已交快递", actor, null, ct) [new("错误", new(text))]""")
            .ShouldBe(["订单", "共 {0} 单", "没有订单 {0}。", "已交快递", "错误"]);

    [Fact]
    public void No_page_shows_a_text_past_the_localizer()
    {
        var pages = Repository.Files(Repository.Source, ".razor").ToList();
        pages.Count.ShouldBeGreaterThan(10);
        pages.SelectMany(f => Bare(File.ReadAllText(f)).Select(t => $"{Path.GetFileName(f)}: {t}")).ShouldBeEmpty();
    }

    [Fact]
    public void The_rule_sees_a_bare_text() => Bare("<h1>订单</h1>").ShouldBe(["订单"]);

    private static IEnumerable<string> KeysIn(string source) =>
        Key().Matches(source).Concat(ErrorText().Matches(source)).Concat(TimelineText().Matches(source)).Concat(MessageText().Matches(source)).Select(m => Regex.Unescape(m.Groups[1].Value)).Where(k => Chinese().IsMatch(k));

    private static IEnumerable<string> Bare(string markup) => BareText().Matches(Comment().Replace(markup, "")).Select(m => m.Groups[1].Value.Trim());

    [GeneratedRegex("""\bL\["((?:[^"\\]|\\.)+)"[\],]""")]
    private static partial Regex Key();

    [GeneratedRegex("""new\(\s*"[a-z_]+\.[a-z_]+",\s*"((?:[^"\\]|\\.)+)",\s*ErrorKind""")]
    private static partial Regex ErrorText();

    [GeneratedRegex("""NoteAsync\(tx, [^"\n]*"((?:[^"\\]|\\.)+)",""")]
    private static partial Regex TimelineText();

    /// <summary>Labels, titles and values of what is said outside the hub (<c>Fact</c>, <c>Words</c>).</summary>
    [GeneratedRegex("""(?:\bnew|\bWords|\bFact)\(\s*"((?:[^"\\]|\\.)+)",\s*new\(""")]
    private static partial Regex MessageText();

    [GeneratedRegex(@"\p{IsCJKUnifiedIdeographs}")]
    private static partial Regex Chinese();

    [GeneratedRegex(@">([^<>@{}""]*\p{IsCJKUnifiedIdeographs}[^<>@{}""]*)<")]
    private static partial Regex BareText();

    [GeneratedRegex(@"@\*.*?\*@|<!--.*?-->", RegexOptions.Singleline)]
    private static partial Regex Comment();
}
