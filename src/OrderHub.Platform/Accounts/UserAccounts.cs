using System.Security.Cryptography;
using Microsoft.AspNetCore.Identity;
using OrderHub.Platform.Results;

namespace OrderHub.Platform.Accounts;

/// <summary>Makes people's accounts and the roles they stand on.</summary>
public sealed class UserAccounts(UserManager<HubUser> users, RoleManager<HubRole> roles)
{
    /// <summary>Running it again changes nothing.</summary>
    public async Task EnsureRolesAsync(CancellationToken ct)
    {
        foreach (var role in Roles.All)
        {
            ct.ThrowIfCancellationRequested();
            if (await roles.RoleExistsAsync(role)) continue;
            var created = await roles.CreateAsync(new HubRole { Name = role });
            if (!created.Succeeded) throw new InvalidOperationException($"Role {role}: {Words(created)}");
        }
    }

    public async Task<Result<HubUser>> CreateAsync(string name, string displayName, string password, string role, int? warehouseId, CancellationToken ct)
    {
        if (!Roles.All.Contains(role)) return AccountErrors.UnknownRole(role);
        if (await users.FindByNameAsync(name) is not null) return AccountErrors.NameTaken(name);
        ct.ThrowIfCancellationRequested();
        var user = new HubUser { UserName = name, DisplayName = displayName, WarehouseId = warehouseId, LockoutEnabled = true };
        var created = await users.CreateAsync(user, password);
        if (!created.Succeeded) return AccountErrors.Refused(Words(created));
        var joined = await users.AddToRoleAsync(user, role);
        if (!joined.Succeeded) return AccountErrors.Refused(Words(joined));
        return user;
    }

    public async Task<bool> ExistsAsync(string name) => await users.FindByNameAsync(name) is not null;

    /// <summary>Meets the password rules; no characters that look alike.</summary>
    public static string GeneratePassword()
    {
        const string lower = "abcdefghjkmnpqrstuvwxyz", upper = "ABCDEFGHJKMNPQRSTUVWXYZ", digits = "23456789";
        var letters = RandomNumberGenerator.GetItems<char>(lower + upper + digits, 11);
        return new string([.. letters, .. RandomNumberGenerator.GetItems<char>(lower, 1), .. RandomNumberGenerator.GetItems<char>(upper, 1),
            .. RandomNumberGenerator.GetItems<char>(digits, 1)]);
    }

    private static string Words(IdentityResult result) => string.Join(" ", result.Errors.Select(e => e.Description));
}
