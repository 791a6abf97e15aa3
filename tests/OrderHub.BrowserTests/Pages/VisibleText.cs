using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace OrderHub.BrowserTests.Pages;

/// <summary>What a person can read on a page: its texts, and the words of fields and buttons for those who hear it.</summary>
internal static partial class VisibleText
{
    private const string Collect = """
        within => {
          const found = [];
          const shown = e => e.checkVisibility({ visibilityProperty: true, opacityProperty: true });
          const foreign = e => e.closest('[lang]') !== document.documentElement || e.closest('.state-icon, .rzi, code, script, style, #boot, #blazor-error-ui');
          for (const root of document.querySelectorAll(within)) {
            const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
            for (let node = walker.currentNode; node; node = walker.nextNode()) {
              if (node.nodeType === Node.TEXT_NODE) {
                if (node.data.trim() && shown(node.parentElement) && !foreign(node.parentElement)) found.push(node.data.trim());
              } else if (shown(node) && !foreign(node)) {
                for (const name of ['aria-label', 'placeholder', 'title', 'alt']) if (node.getAttribute(name)) found.push(node.getAttribute(name));
              }
            }
          }
          return found;
        }
        """;

    /// <param name="within">CSS selector of the parts to read.</param>
    public static Task<string[]> OfAsync(IPage page, string within = "body") => page.EvaluateAsync<string[]>(Collect, within);

    /// <summary>Two English words in a row; single ones are names and codes (Excel, SKU, OrderHub).</summary>
    public static bool HasEnglish(string text) => English().IsMatch(text);

    public static bool HasChinese(string text) => Chinese().IsMatch(text);

    [GeneratedRegex(@"\b[A-Za-z][a-z]+\s+[A-Za-z]?[a-z]+\b")]
    private static partial Regex English();

    [GeneratedRegex(@"\p{IsCJKUnifiedIdeographs}")]
    private static partial Regex Chinese();
}

public sealed class VisibleTextTests
{
    [Theory]
    [InlineData("No records to display.", true)]
    [InlineData("已发货", false)]
    [InlineData("下载 2026-11-22 的 Excel", false)]
    [InlineData("云杉 LED 护眼台灯", false)]
    public void The_rule_sees_an_english_sentence(string text, bool english) => VisibleText.HasEnglish(text).ShouldBe(english);
}
