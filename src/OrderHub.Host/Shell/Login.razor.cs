using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Identity;
using OrderHub.Host.Web;
using OrderHub.Platform.Accounts;

namespace OrderHub.Host.Shell;

public sealed partial class Login
{
    private string? _refusal;

    [Inject] private SignInManager<HubUser> SignIn { get; set; } = default!;
    [Inject] private NavigationManager Navigation { get; set; } = default!;
    [SupplyParameterFromForm(FormName = "login")] private LoginInput? Input { get; set; }
    [SupplyParameterFromQuery] private string? Back { get; set; }

    protected override void OnInitialized() => Input ??= new();

    private async Task SignInAsync()
    {
        var name = Input!.Name?.Trim() ?? "";
        var outcome = await SignIn.PasswordSignInAsync(name, Input.Password ?? "", Input.Remember, lockoutOnFailure: true);
        if (outcome.Succeeded)
        {
            var user = await SignIn.UserManager.FindByNameAsync(name);
            Navigation.NavigateTo(LocalPath.Is(Back) && Back != "/" ? Back! : await HomeAsync(user!));
            return;
        }
        _refusal = outcome.IsLockedOut ? L["错误次数太多，账号已锁定 10 分钟。"] : L["账号或密码不对。"];
    }

    /// <summary>Packers work on their own pages; everyone else starts at the dashboard.</summary>
    private async Task<string> HomeAsync(HubUser user)
    {
        var roles = await SignIn.UserManager.GetRolesAsync(user);
        return roles.Any(r => Policies.RolesOf[Policies.Office].Contains(r)) ? "/" : "/w";
    }

    internal sealed class LoginInput
    {
        public string? Name { get; set; }
        public string? Password { get; set; }
        public bool Remember { get; set; }
    }
}
