using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Identity;
using OrderHub.Platform.Accounts;

namespace OrderHub.Host.Shell;

public sealed partial class MyAccount
{
    private string _displayName = "", _userName = "", _roles = "";
    private string? _refusal;

    [Inject] private SignInManager<HubUser> SignIn { get; set; } = default!;
    [Inject] private NavigationManager Navigation { get; set; } = default!;
    [CascadingParameter] private HttpContext Http { get; set; } = default!;
    [SupplyParameterFromForm(FormName = "password")] private PasswordInput? Input { get; set; }
    [SupplyParameterFromQuery] private bool Done { get; set; }

    protected override async Task OnInitializedAsync()
    {
        Input ??= new();
        if (await SignIn.UserManager.GetUserAsync(Http.User) is not { } user) return;
        (_displayName, _userName) = (user.DisplayName, user.UserName!);
        _roles = string.Join("、", (await SignIn.UserManager.GetRolesAsync(user)).Select(r => L[RoleWords.Of(r)]));
    }

    private async Task ChangeAsync()
    {
        if (await SignIn.UserManager.GetUserAsync(Http.User) is not { } user)
        {
            await LeaveAsync();
            return;
        }
        var changed = await SignIn.UserManager.ChangePasswordAsync(user, Input!.Current ?? "", Input.Next ?? "");
        if (!changed.Succeeded)
        {
            _refusal = string.Join(" ", changed.Errors.Select(e => e.Description));
            return;
        }
        await SignIn.RefreshSignInAsync(user);
        Navigation.NavigateTo("/account?done=true");
    }

    private async Task LeaveAsync()
    {
        await SignIn.SignOutAsync();
        Navigation.NavigateTo("/login");
    }

    internal sealed class PasswordInput
    {
        public string? Current { get; set; }
        public string? Next { get; set; }
    }
}

internal static class RoleWords
{
    private static readonly Dictionary<string, string> Words = new()
    {
        [Roles.Admin] = "管理员", [Roles.Operations] = "运营", [Roles.CustomerService] = "客服", [Roles.Supervisor] = "主管",
        [Roles.Packer] = "打包员", [Roles.WarehouseLead] = "仓库主管", [Roles.Finance] = "财务", [Roles.Auditor] = "审计",
    };

    public static string Of(string role) => Words.GetValueOrDefault(role, role);
}
