using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using OrderHub.Platform.Data;

namespace OrderHub.Platform.Accounts;

public static class AccountsRegistration
{
    private const string CookieOrKey = "CookieOrKey";
    private static readonly string[] ProgramPaths = ["/api", "/oms", "/openapi", "/_blazor"];

    /// <summary>People by cookie, programs by key; every policy by role, and whatever names no policy needs at least a sign-in.</summary>
    public static IServiceCollection AddHubAccounts(this IServiceCollection services)
    {
        services.AddIdentityCore<HubUser>(Rules)
            .AddRoles<HubRole>().AddEntityFrameworkStores<OrderHubDbContext>().AddSignInManager().AddDefaultTokenProviders()
            .AddClaimsPrincipalFactory<HubClaims>().AddErrorDescriber<PasswordWords>();
        services.AddScoped<ApiKeys>().AddScoped<UserAccounts>();
        services.AddAuthentication(CookieOrKey)
            .AddPolicyScheme(CookieOrKey, null, o => o.ForwardDefaultSelector = SchemeOf)
            .AddScheme<AuthenticationSchemeOptions, ApiKeyAuthentication>(ApiKeyAuthentication.Name, null)
            .AddIdentityCookies();
        services.ConfigureApplicationCookie(Cookie);
        services.AddAuthorization(Policy);
        return services;
    }

    /// <summary>Requests that must be answered with a status code, never with a redirect to a page.</summary>
    public static bool IsForPrograms(this HttpRequest request) =>
        ProgramPaths.Any(p => request.Path.StartsWithSegments(p)) || request.Headers.ContainsKey(ApiKeyAuthentication.Header);

    private static string SchemeOf(HttpContext http) =>
        http.Request.Headers.ContainsKey(ApiKeyAuthentication.Header) ? ApiKeyAuthentication.Name : IdentityConstants.ApplicationScheme;

    private static void Rules(IdentityOptions o)
    {
        o.Password.RequiredLength = 10;
        o.Password.RequireNonAlphanumeric = false;
        o.Password.RequiredUniqueChars = 5;
        o.Lockout.MaxFailedAccessAttempts = 5;
        o.Lockout.DefaultLockoutTimeSpan = TimeSpan.FromMinutes(10);
        o.User.RequireUniqueEmail = false;
    }

    private static void Cookie(CookieAuthenticationOptions o)
    {
        o.Cookie.Name = "orderhub";
        o.Cookie.HttpOnly = true;
        o.Cookie.SameSite = SameSiteMode.Lax;
        o.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        o.ExpireTimeSpan = TimeSpan.FromHours(12);
        o.SlidingExpiration = true;
        o.LoginPath = "/login";
        o.AccessDeniedPath = "/denied";
        o.ReturnUrlParameter = "back";
        o.Events.OnRedirectToLogin = context => Answer(context, StatusCodes.Status401Unauthorized);
        o.Events.OnRedirectToAccessDenied = context => Answer(context, StatusCodes.Status403Forbidden);
    }

    private static Task Answer(RedirectContext<CookieAuthenticationOptions> context, int status)
    {
        if (context.Request.IsForPrograms()) context.Response.StatusCode = status;
        else context.Response.Redirect(context.RedirectUri);
        return Task.CompletedTask;
    }

    private static void Policy(AuthorizationOptions o)
    {
        foreach (var (policy, roles) in Policies.RolesOf) o.AddPolicy(policy, p => p.RequireAuthenticatedUser().RequireRole(roles));
        o.FallbackPolicy = o.DefaultPolicy;
    }
}
