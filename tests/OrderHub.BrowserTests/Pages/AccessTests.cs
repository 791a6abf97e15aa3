using Microsoft.Playwright;
using OrderHub.BrowserTests.Infrastructure;

namespace OrderHub.BrowserTests.Pages;

[Collection(OneHub.Name)]
public sealed class AccessTests(RunningHub hub)
{
    [Fact]
    public Task A_page_is_refused_to_the_wrong_role() => hub.WalkAsync("packer", Screen.Phone, async visit =>
    {
        await visit.Page.GotoAsync("/settlements");
        await Assertions.Expect(visit.Page.GetByText("你没有权限看这个页面")).ToBeVisibleAsync();
        var file = await visit.Page.APIRequest.GetAsync("/settlements/2026-01-01/daily.xlsx", new() { MaxRedirects = 0 });
        file.Status.ShouldBeOneOf(302, 403);
    });

    [Fact]
    public Task Nobody_signs_in_with_a_wrong_password() => hub.WalkAsync(null, Screen.Desktop, async visit =>
    {
        await visit.Page.GotoAsync("/login");
        await visit.Page.GetByLabel("账号", new() { Exact = true }).FillAsync("auditor");
        await visit.Page.GetByLabel("密码", new() { Exact = true }).FillAsync("Wrong-" + hub.PasswordOf("finance"));
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "登录" }).ClickAsync();
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Alert)).ToHaveTextAsync(new System.Text.RegularExpressions.Regex("账号或密码不对"));
        await visit.Page.GotoAsync("/orders");
        new Uri(visit.Page.Url).AbsolutePath.ShouldBe("/login");
    });
}
