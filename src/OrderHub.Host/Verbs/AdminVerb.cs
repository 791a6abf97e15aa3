using System.CommandLine;
using OrderHub.Platform.Accounts;

namespace OrderHub.Host.Verbs;

internal static class AdminVerb
{
    public static Command Create()
    {
        var name = new Option<string>("--name") { Description = "Sign-in name.", Required = true };
        var password = new Option<string?>("--password") { Description = "At least 10 characters with upper and lower case and a digit. Left out: generated and printed on the last line." };
        var create = new Command("create", "Create an administrator's account.") { name, password };
        create.SetAction((parsed, ct) => parsed.InHubAsync(async (hub, token) =>
        {
            await using var scope = hub.Services.CreateAsyncScope();
            var accounts = scope.ServiceProvider.GetRequiredService<UserAccounts>();
            await accounts.EnsureRolesAsync(token);
            var chosen = parsed.GetValue(password);
            var secret = chosen ?? UserAccounts.GeneratePassword();
            var created = await accounts.CreateAsync(parsed.GetRequiredValue(name), parsed.GetRequiredValue(name), secret, Roles.Admin, null, token);
            if (created.Error is { } refusal)
            {
                await Console.Error.WriteLineAsync(refusal.Text);
                return VerbRun.Refused;
            }
            await Console.Out.WriteLineAsync($"administrator {created.Value.UserName} created");
            if (chosen is null) await Console.Out.WriteLineAsync(secret);
            return VerbRun.Done;
        }, ct));
        return new Command("admin", "Administrators' accounts.") { create };
    }
}
