using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using OrderHub.BrowserTests.Infrastructure;

namespace OrderHub.BrowserTests.Pages;

[Collection(OneHub.Name)]
public sealed class AccessibilityTests(RunningHub hub)
{
    [Fact]
    public async Task Nothing_serious_keeps_anyone_from_using_a_page()
    {
        var pages = await PageList.AllAsync(hub);
        var serious = new List<string>();
        foreach (var account in pages.GroupBy(p => p.Account, p => p.Path))
            await hub.WalkAsync(account.Key, account.Key == "packer" ? Screen.Phone : Screen.Desktop, async visit =>
            {
                foreach (var path in account)
                {
                    await visit.OpenAsync(path);
                    var found = (await visit.Page.RunAxe()).Violations.Where(v => v.Impact is "serious" or "critical");
                    serious.AddRange(found.Select(v => $"{path}: {v.Id} ({v.Impact}): {Where(v)}"));
                }
            });
        serious.ShouldBeEmpty();
    }

    private static string Where(AxeResultItem violation) => string.Join("; ", violation.Nodes.Take(4).Select(n => $"{n.Target} {Short(n.Html)}"));

    private static string Short(string html) => html.Length > 160 ? html[..160] + "…" : html;
}
