using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using OrderHub.BrowserTests.Infrastructure;

namespace OrderHub.BrowserTests.Pages;

[Collection(OneHub.Name)]
public sealed class AccessibilityTests(RunningHub hub)
{
    private static readonly AxeRunOptions Quick = new() { ResultTypes = [ResultType.Violations] };

    [Fact]
    public async Task Nothing_serious_keeps_anyone_from_using_a_page()
    {
        var pages = (await PageList.AllAsync(hub)).Where(p => IsMain(p.Path));
        var serious = new List<string>();
        foreach (var account in pages.GroupBy(p => p.Account, p => p.Path))
            await hub.WalkAsync(account.Key, account.Key == "packer" ? Screen.Phone : Screen.Desktop, async visit =>
            {
                foreach (var path in account)
                {
                    await visit.OpenAsync(path);
                    var found = (await visit.Page.RunAxe(Quick)).Violations.Where(v => v.Impact is "serious" or "critical");
                    serious.AddRange(found.Select(v => $"{path}: {v.Id} ({v.Impact}): {Where(v)}"));
                }
            });
        serious.ShouldBeEmpty();
    }

    /// <summary>The others are made of the same parts; axe needs seconds for a long table.</summary>
    private static bool IsMain(string path) => path is "/" or "/settlements" or "/channels" or "/w" or "/w/handover" || path.StartsWith("/orders/", StringComparison.Ordinal) || path.StartsWith("/w/pack/", StringComparison.Ordinal);

    private static string Where(AxeResultItem violation) => string.Join("; ", violation.Nodes.Take(4).Select(n => $"{n.Target} {Short(n.Html)}"));

    private static string Short(string html) => html.Length > 160 ? html[..160] + "…" : html;
}
