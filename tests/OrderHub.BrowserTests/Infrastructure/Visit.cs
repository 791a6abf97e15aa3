using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace OrderHub.BrowserTests.Infrastructure;

internal sealed record Screen(string Name, int Width, int Height)
{
    public static readonly Screen Desktop = new("desktop", 1440, 900), Phone = new("phone", 390, 844);
}

/// <summary>One person's browser window, and everything it complained about.</summary>
internal sealed class Visit : IAsyncDisposable
{
    private const float Patience = 10_000;
    private readonly IBrowserContext _context;

    private Visit(IBrowserContext context, IPage page, Screen screen)
    {
        (_context, Page, Screen) = (context, page, screen);
        page.Console += (_, said) => { if (said.Type is "error" or "warning") Complaints.Add($"console {said.Type}: {said.Text}"); };
        page.PageError += (_, error) => Complaints.Add("script error: " + error);
        page.Response += (_, answer) => { if (answer.Status >= 400) Complaints.Add($"{answer.Status} for {answer.Url}"); };
    }

    public IPage Page { get; }
    public Screen Screen { get; }
    public List<string> Complaints { get; } = [];

    public static async Task<Visit> StartAsync(IBrowser browser, Uri address, Screen screen, string? storageState)
    {
        var context = await browser.NewContextAsync(new()
        {
            BaseURL = address.ToString(), Locale = "zh-CN", TimezoneId = "Asia/Shanghai", StorageState = storageState, AcceptDownloads = true,
            ViewportSize = new() { Width = screen.Width, Height = screen.Height }, IsMobile = screen == Screen.Phone, HasTouch = screen == Screen.Phone,
        });
        context.SetDefaultTimeout(Patience);
        return new(context, await context.NewPageAsync(), screen);
    }

    /// <summary>Opens a page of the hub and waits until it shows what it has to show.</summary>
    public async Task OpenAsync(string path)
    {
        await Page.GotoAsync(path);
        await SettledAsync();
    }

    public async Task SettledAsync()
    {
        await Assertions.Expect(Page.Locator(".app-ready, .plain").First).ToBeVisibleAsync(new() { Timeout = Patience });
        await Assertions.Expect(Page.Locator(".app-ready .loading-rows")).ToHaveCountAsync(0, new() { Timeout = Patience });
    }

    public async Task SignInAsync(string account, string password)
    {
        await Page.GotoAsync("/login");
        await Page.GetByLabel("账号", new() { Exact = true }).FillAsync(account);
        await Page.GetByLabel("密码", new() { Exact = true }).FillAsync(password);
        await Page.GetByRole(AriaRole.Button, new() { Name = "登录" }).ClickAsync();
        await Page.WaitForURLAsync(new Regex("^(?!.*/login)"));
    }

    /// <summary>What a keyboard-wedge scanner does: it types wherever the focus is and ends with Enter.</summary>
    public async Task ScanAsync(string code)
    {
        await Assertions.Expect(Page.Locator("#scan")).ToBeFocusedAsync();
        await Page.Keyboard.TypeAsync(code);
        await Page.Keyboard.PressAsync("Enter");
    }

    public async Task<string> PhotographAsync(string test)
    {
        var file = Path.Combine(ResultFolder(), $"{test}-{Screen.Name}.png");
        await Page.ScreenshotAsync(new() { Path = file });
        return file;
    }

    public ValueTask DisposeAsync() => new(_context.CloseAsync());

    /// <summary><c>TestResults</c> beside the test project, wherever the tests were started.</summary>
    private static string ResultFolder()
    {
        var here = new DirectoryInfo(AppContext.BaseDirectory);
        while (here is not null && here.GetFiles("*.csproj").Length == 0) here = here.Parent;
        return Directory.CreateDirectory(Path.Combine(here?.FullName ?? AppContext.BaseDirectory, "TestResults")).FullName;
    }
}
