using System.CommandLine;
using OrderHub.Host.Startup;
using OrderHub.Platform.Accounts;

namespace OrderHub.Host.Verbs;

internal static class MigrateVerb
{
    public static Command Create()
    {
        var verb = new Command("migrate", "Bring the database schema up to date and make the roles. Run it before new hosts start on a shared database.");
        verb.SetAction((parsed, ct) => parsed.GuardedAsync(async settings =>
        {
            await using var hub = await HubApplication.CreateAsync(settings, verb: true, ct);
            var applied = await hub.MigrateAsync(ct);
            await using var scope = hub.Services.CreateAsyncScope();
            await scope.ServiceProvider.GetRequiredService<UserAccounts>().EnsureRolesAsync(ct);
            foreach (var migration in applied) await Console.Out.WriteLineAsync(migration);
            await Console.Out.WriteLineAsync($"{applied.Count} migrations applied, schema is up to date");
            return VerbRun.Done;
        }, ct));
        return verb;
    }
}
