using Microsoft.Playwright;
using OrderHub.BrowserTests.Infrastructure;
using OrderHub.Host.Demo;

namespace OrderHub.BrowserTests.Pages;

[Collection(OneHub.Name)]
public sealed class LanguageTests(RunningHub hub)
{
    private const string Frame = ".shell-nav, .shell-top .top-tools > a:not(.account-link), .packer-title, th, button, .page-head > h1";

    [Fact]
    public async Task Switching_to_English_leaves_no_Chinese_in_the_frame()
    {
        var pages = await PageList.AllAsync(hub);
        var left = new List<string>();
        foreach (var account in pages.GroupBy(p => p.Account, p => p.Path))
            await hub.WalkAsync(account.Key, Screen.Desktop, async visit =>
            {
                await visit.OpenAsync("/account");
                await visit.Page.GetByRole(AriaRole.Link, new() { Name = "English" }).ClickAsync();
                await Assertions.Expect(visit.Page.Locator("html")).ToHaveAttributeAsync("lang", "en-US");
                foreach (var path in account.Where(p => !IsNamedByData(p)))
                {
                    await visit.OpenAsync(path);
                    var texts = (await VisibleText.OfAsync(visit.Page, Frame)).Append(await visit.Page.TitleAsync());
                    left.AddRange(texts.Select(WithoutNames).Where(VisibleText.HasChinese).Select(t => $"{path}: {t}"));
                }
            });
        left.ShouldBeEmpty();
    }

    /// <summary>Warehouses head columns, couriers stand on task buttons, rules are moved by buttons: all by the names people gave them.</summary>
    private static string WithoutNames(string text)
    {
        var network = DemoNetwork.Import();
        return network.Warehouses.Select(w => w.Name).Concat(network.Couriers.Select(c => c.Name)).Concat(network.Rules.Select(r => r.Name)).Aggregate(text, (left, name) => left.Replace(name, "", StringComparison.Ordinal));
    }

    /// <summary>A shop's and a product's own page carry their names as people gave them; a rule's form offers shops and categories.</summary>
    private static bool IsNamedByData(string path) => path.StartsWith("/channels/tb-demo", StringComparison.Ordinal) || path.StartsWith("/stock/", StringComparison.Ordinal) || path == "/allocation/rules/new";
}
