using Microsoft.AspNetCore.Components.Endpoints;
using OrderHub.Host.Demo;
using OrderHub.Host.Shell;
using OrderHub.Platform.Accounts;
using OrderHub.Platform.Actions;
using OrderHub.Platform.Data;

namespace OrderHub.Host.Web;

/// <summary>What a request passes, in order, and what answers it.</summary>
internal static class HubPipeline
{
    public static void UseHub(this WebApplication app, DemoWorld? demo)
    {
        app.UseMiddleware<RequestLog>();
        app.UseSecurityHeaders();
        app.UseRequestLocalization();
        app.UseWhen(http => http.Request.IsForPrograms(), programs => programs.UseExceptionHandler().UseStatusCodePages());
        app.UseWhen(http => !http.Request.IsForPrograms(), pages =>
        {
            pages.UseExceptionHandler("/error", createScopeForErrors: true);
            pages.UseStatusCodePagesWithReExecute("/not-found", createScopeForStatusCodePages: true);
        });
        app.UseRouting(); // after the error pages, so that they are routed anew
        app.UseHsts();
        app.UseAuthentication();
        app.Use((http, next) =>
        {
            http.RequestServices.GetRequiredService<CurrentActor>().Take(http.User);
            return next(http);
        });
        app.UseAuthorization();
        app.UseAntiforgery();

        app.MapStaticAssets().AllowAnonymous();
        app.MapHealth();
        app.MapOpenApi().AllowAnonymous();
        app.MapPreferences();
        app.MapModules();
        if (demo is not null) app.MapDemo(demo);
        app.MapRazorComponents<App>()
            .AddInteractiveServerRenderMode(o => o.ContentSecurityFrameAncestorsPolicy = null) // the security headers say it for every answer
            .AddAdditionalAssemblies([.. app.Services.GetRequiredService<ModuleAssemblies>().All.Where(a => a != typeof(App).Assembly)]);
    }
}
