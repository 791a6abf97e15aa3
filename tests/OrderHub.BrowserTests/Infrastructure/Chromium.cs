using Microsoft.Playwright;

namespace OrderHub.BrowserTests.Infrastructure;

/// <summary>The machine's own browser; none is downloaded.</summary>
internal static class Chromium
{
    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

    public static Task<IBrowser> LaunchAsync(IPlaywright playwright) => playwright.Chromium.LaunchAsync(new()
    {
        ExecutablePath = Find(),
        Args = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--mute-audio"],
    });

    private static string Find() => Candidates().FirstOrDefault(File.Exists) ?? throw new InvalidOperationException(
        "The browser tests need Chromium or Chrome: install it (Debian: apt-get install chromium fonts-noto-cjk) or set ORDERHUB_CHROMIUM to its path.");

    private static IEnumerable<string> Candidates()
    {
        if (Environment.GetEnvironmentVariable("ORDERHUB_CHROMIUM") is { Length: > 0 } chosen) return [chosen];
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries).Prepend("/usr/bin");
        return folders.SelectMany(folder => Names.Select(name => Path.Combine(folder, name)));
    }
}
