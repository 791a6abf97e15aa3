using Microsoft.AspNetCore.Identity;
using OrderHub.Host.Startup;
using OrderHub.Platform.Accounts;

namespace OrderHub.Host.Demo;

internal sealed record DemoAccount(string Name, string Password, string Role, string DisplayName);

/// <summary>
/// One account per role. Passwords are drawn once per data directory, kept hashed like anyone's, and for printing in a file that
/// only this user may read.
/// </summary>
internal static class DemoAccounts
{
    private static readonly (string Name, string Role, string DisplayName, string? Warehouse)[] People =
    [
        ("admin", Roles.Admin, "陈管理", null),
        ("ops", Roles.Operations, "林运营", null),
        ("service", Roles.CustomerService, "周客服", null),
        ("boss", Roles.Supervisor, "何主管", null),
        ("packer", Roles.Packer, "苏州小吴", "SUZ"),
        ("lead", Roles.WarehouseLead, "苏州老郑", "SUZ"),
        ("finance", Roles.Finance, "沈财务", null),
        ("auditor", Roles.Auditor, "韩审计", null),
    ];

    public static async Task<IReadOnlyList<DemoAccount>> SeedAsync(IServiceProvider services, HubSettings settings, IReadOnlyDictionary<string, int> warehouses, CancellationToken ct)
    {
        var file = Path.Combine(settings.DataDirectory, "demo-accounts.txt");
        var known = await ReadAsync(file, ct);
        var accounts = services.GetRequiredService<UserAccounts>();
        var users = services.GetRequiredService<UserManager<HubUser>>();
        var all = new List<DemoAccount>();
        foreach (var person in People)
        {
            var password = known.GetValueOrDefault(person.Name);
            var user = await users.FindByNameAsync(person.Name);
            if (user is null)
            {
                password ??= UserAccounts.GeneratePassword();
                int? warehouse = person.Warehouse is { } code ? warehouses[code] : null;
                var made = await accounts.CreateAsync(person.Name, person.DisplayName, password, person.Role, warehouse, ct);
                if (made.Error is { } refusal) throw new InvalidOperationException($"Demo account {person.Name}: {refusal.Text}");
            }
            else if (password is null || !await users.CheckPasswordAsync(user, password))
            {
                password = "（已修改 changed）";
            }
            all.Add(new(person.Name, password, person.Role, person.DisplayName));
        }
        await WriteAsync(file, all, ct);
        return all;
    }

    /// <summary>One account a line: name, password, role, separated by tabs.</summary>
    private static async Task<Dictionary<string, string>> ReadAsync(string file, CancellationToken ct) => !File.Exists(file) ? [] :
        (await File.ReadAllLinesAsync(file, ct)).Select(l => l.Split('\t')).Where(p => p.Length >= 2).ToDictionary(p => p[0], p => p[1]);

    private static async Task WriteAsync(string file, IReadOnlyList<DemoAccount> accounts, CancellationToken ct)
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        await using var writer = new StreamWriter(file, options);
        foreach (var account in accounts) await writer.WriteLineAsync($"{account.Name}\t{account.Password}\t{account.Role}".AsMemory(), ct);
    }
}
