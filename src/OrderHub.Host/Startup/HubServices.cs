using System.Globalization;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Localization;
using OrderHub.Host.Demo;
using OrderHub.Host.Shell;
using OrderHub.Host.Shell.Dashboard;
using OrderHub.Host.Web;
using OrderHub.Platform.Accounts;
using OrderHub.Platform.Data;
using OrderHub.Platform.Jobs;
using OrderHub.Platform.Verification;
using Radzen;

namespace OrderHub.Host.Startup;

internal static class HubServices
{
    public const string ReplayCsvKey = "Verify:ReplayCsv";

    public static void AddHub(this IServiceCollection services, HubSettings settings, IConfiguration configuration, string connectionString)
    {
        services.AddSingleton(settings);
        services.AddSingleton(new VerifyOptions(configuration[ReplayCsvKey]));
        if (settings.Demo)
            services.AddSingleton(configuration.GetSection("Sandbox").Get<DemoOptions>() ?? new()).AddHostedService<DemoStaff>();
        services.AddModules();
        services.AddModuleAssembly(typeof(HubServices).Assembly);
        services.AddHubDatabase(connectionString);
        services.AddHubDataProtection();
        services.AddHubAccounts();
        services.AddHubScheduler(connectionString);
        services.AddHttpContextAccessor();
        services.AddHubPages();
        services.AddHubApi();
    }

    private static void AddHubPages(this IServiceCollection services)
    {
        services.AddRazorComponents().AddInteractiveServerComponents(o => o.DisconnectedCircuitRetentionPeriod = TimeSpan.FromMinutes(5));
        services.AddCascadingAuthenticationState();
        services.AddScoped<AuthenticationStateProvider, RevalidatedSignIn>();
        services.AddRadzenComponents();
        services.AddSingleton<ILocalizer, RadzenTexts>();
        services.AddScoped<ReadDashboard>();
        services.AddAntiforgery(o => o.Cookie.Name = "orderhub-forgery");
        services.Configure<RequestLocalizationOptions>(o =>
        {
            o.SetDefaultCulture(Languages.Chinese).AddSupportedCultures(Languages.All).AddSupportedUICultures(Languages.All);
            // only the person's own choice counts: an English browser must not turn amounts and dates around
            o.RequestCultureProviders = [new CookieRequestCultureProvider { CookieName = Languages.Cookie }];
        });
        CultureInfo.DefaultThreadCurrentCulture = CultureInfo.DefaultThreadCurrentUICulture = new CultureInfo(Languages.Chinese);
    }
}
