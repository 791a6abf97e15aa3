using System.CommandLine;
using OrderHub.Platform.Accounts;

namespace OrderHub.Host.Verbs;

internal static class ApiKeyVerb
{
    public static Command Create() => new("apikey", "Keys for programs (header X-Api-Key).") { CreateKey(), RevokeKeys() };

    private static Command CreateKey()
    {
        var name = new Option<string>("--name") { Description = "Who uses it; written into the audit trail as api:<name>.", Required = true };
        var role = new Option<string>("--role") { Description = "What it may do.", Required = true };
        role.AcceptOnlyFromAmong([.. Roles.All]);
        var verb = new Command("create", "Create a key and print it, alone, on the last line of standard output. It cannot be shown again.") { name, role };
        verb.SetAction((parsed, ct) => parsed.InHubAsync(async (hub, token) =>
        {
            await using var scope = hub.Services.CreateAsyncScope();
            var created = await scope.ServiceProvider.GetRequiredService<ApiKeys>().CreateAsync(parsed.GetRequiredValue(name), parsed.GetRequiredValue(role), token);
            if (created.Error is { } refusal)
            {
                await Console.Error.WriteLineAsync(refusal.Text);
                return VerbRun.Refused;
            }
            await Console.Out.WriteLineAsync(created.Value);
            return VerbRun.Done;
        }, ct));
        return verb;
    }

    private static Command RevokeKeys()
    {
        var name = new Option<string>("--name") { Description = "All keys of this name stop working.", Required = true };
        var verb = new Command("revoke", "Make keys useless at once.") { name };
        verb.SetAction((parsed, ct) => parsed.InHubAsync(async (hub, token) =>
        {
            await using var scope = hub.Services.CreateAsyncScope();
            var revoked = await scope.ServiceProvider.GetRequiredService<ApiKeys>().RevokeAsync(parsed.GetRequiredValue(name), token);
            await Console.Out.WriteLineAsync($"{revoked} keys revoked");
            return revoked > 0 ? VerbRun.Done : VerbRun.Refused;
        }, ct));
        return verb;
    }
}
