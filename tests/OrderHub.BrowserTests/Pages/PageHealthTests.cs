using OrderHub.BrowserTests.Infrastructure;
using OrderHub.Platform.Components;

namespace OrderHub.BrowserTests.Pages;

[Collection(OneHub.Name)]
public sealed class PageHealthTests(RunningHub hub)
{
    /// <summary>How many pixels of the page, or of its scrolling main part, lie beyond the right edge.</summary>
    private const string Sideways = """
        () => Math.max(0, document.scrollingElement.scrollWidth - innerWidth,
          ...[...document.querySelectorAll('.shell-main, .packer-main')].map(e => e.scrollWidth - e.clientWidth))
        """;

    [Theory]
    [InlineData("desktop")]
    [InlineData("phone")]
    public async Task Every_page_is_clean_in_Chinese_on_desktop_and_phone(string screen)
    {
        var pages = await PageList.AllAsync(hub);
        var wrong = new List<string>();
        foreach (var account in pages.GroupBy(p => p.Account, p => p.Path))
            await hub.WalkAsync(account.Key, screen == "phone" ? Screen.Phone : Screen.Desktop, async visit =>
            {
                foreach (var path in account) wrong.AddRange((await FaultsAsync(visit, path)).Select(fault => $"{path}: {fault}"));
            });
        wrong.ShouldBeEmpty();
    }

    private static async Task<List<string>> FaultsAsync(Visit visit, string path)
    {
        visit.Complaints.Clear();
        await visit.OpenAsync(path);
        var faults = new List<string>();
        var texts = await VisibleText.OfAsync(visit.Page);
        if (texts.Any(t => t.Contains(LayoutErrors.Broken.Text, StringComparison.Ordinal))) faults.Add("the page failed");
        faults.AddRange(texts.Append(await visit.Page.TitleAsync()).Where(VisibleText.HasEnglish).Distinct().Select(t => $"English: {t}"));
        if (await visit.Page.EvaluateAsync<int>(Sideways) is > 0 and var pixels) faults.Add($"scrolls sideways by {pixels} px");
        faults.AddRange(visit.Complaints);
        if (faults.Count > 0) faults.Add("see " + await visit.PhotographAsync("clean" + path.Replace('/', '-')));
        return faults;
    }
}
