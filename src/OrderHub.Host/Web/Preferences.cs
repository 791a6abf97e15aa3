using Microsoft.AspNetCore.Localization;

namespace OrderHub.Host.Web;

internal static class Languages
{
    public const string Chinese = "zh-CN", English = "en-US", Cookie = "orderhub-language";
    public static readonly string[] All = [Chinese, English];
}

internal static class PageTheme
{
    public const string Light = "light", Dark = "dark", Cookie = "orderhub-theme";

    public static bool IsDark(HttpContext? http) => http?.Request.Cookies[Cookie] == Dark;
}

/// <summary>Language and light or dark: the person's choice, kept a year in the browser. Links on every page, also before sign-in.</summary>
internal static class Preferences
{
    public static void MapPreferences(this IEndpointRouteBuilder app)
    {
        app.MapGet("/preferences/language/{culture}", (string culture, string? back, HttpContext http) =>
        {
            if (Languages.All.Contains(culture)) Keep(http, Languages.Cookie, CookieRequestCultureProvider.MakeCookieValue(new RequestCulture(culture)));
            return TypedResults.LocalRedirect(LocalPath.OrHome(back));
        }).AllowAnonymous().ExcludeFromDescription();

        app.MapGet("/preferences/theme/{theme}", (string theme, string? back, HttpContext http) =>
        {
            if (theme is PageTheme.Light or PageTheme.Dark) Keep(http, PageTheme.Cookie, theme);
            return TypedResults.LocalRedirect(LocalPath.OrHome(back));
        }).AllowAnonymous().ExcludeFromDescription();
    }

    private static void Keep(HttpContext http, string cookie, string value) => http.Response.Cookies.Append(cookie, value,
        new CookieOptions { MaxAge = TimeSpan.FromDays(365), HttpOnly = true, SameSite = SameSiteMode.Lax, Secure = http.Request.IsHttps, IsEssential = true });
}

internal static class LocalPath
{
    /// <summary>Redirects only within this site: <c>//elsewhere</c> and <c>/\elsewhere</c> would leave it.</summary>
    public static bool Is(string? path) => path is ['/', ..] && path is not ['/', '/' or '\\', ..] && !path.Any(char.IsControl);

    public static string OrHome(string? path) => Is(path) ? path! : "/";
}
