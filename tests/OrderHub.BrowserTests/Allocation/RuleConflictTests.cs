using System.Text.RegularExpressions;
using Microsoft.Playwright;
using OrderHub.BrowserTests.Infrastructure;

namespace OrderHub.BrowserTests.Allocation;

[Collection(OneHub.Name)]
public sealed partial class RuleConflictTests(RunningHub hub)
{
    [Fact]
    public Task Who_saves_second_is_shown_the_newer_edit_where_they_look_and_may_write_over_it() => hub.WalkAsync("admin", Screen.Phone, second => hub.WalkAsync("boss", Screen.Desktop, async first =>
    {
        await second.OpenAsync("/allocation");
        await second.Page.GetByRole(AriaRole.Link, new() { Name = "编辑", Exact = true }).First.ClickAsync();
        await second.Page.WaitForURLAsync(RulePage());
        await second.SettledAsync();
        await first.OpenAsync(new Uri(second.Page.Url).AbsolutePath);
        var name = await first.Page.GetByLabel("规则名").InputValueAsync();
        await first.Page.GetByLabel("规则名").FillAsync(name + " 先存的");
        await SaveAsync(first);
        await first.Page.WaitForURLAsync("**/allocation");

        await SaveAsync(second);
        await Assertions.Expect(second.Page.GetByText("刚被别人改过")).ToBeInViewportAsync();
        await Assertions.Expect(second.Page.GetByText(name + " 先存的", new() { Exact = true })).ToBeInViewportAsync();
        await second.Page.GetByRole(AriaRole.Button, new() { Name = "用我填的覆盖" }).ClickAsync();
        await second.Page.WaitForURLAsync("**/allocation");
        await Assertions.Expect(second.Page.GetByText(name, new() { Exact = true })).ToBeVisibleAsync();
    }));

    private static Task SaveAsync(Visit visit) => visit.Page.GetByRole(AriaRole.Button, new() { Name = "保存", Exact = true }).ClickAsync();

    [GeneratedRegex("/allocation/rules/[0-9]+$")]
    private static partial Regex RulePage();
}
