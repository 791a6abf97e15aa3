using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using OrderHub.Platform.Actions;

namespace OrderHub.Platform.Accounts;

/// <summary>What the cookie says about a person beyond name and roles.</summary>
internal sealed class HubClaims(UserManager<HubUser> users, RoleManager<HubRole> roles, IOptions<IdentityOptions> options)
    : UserClaimsPrincipalFactory<HubUser, HubRole>(users, roles, options)
{
    protected override async Task<ClaimsIdentity> GenerateClaimsAsync(HubUser user)
    {
        var identity = await base.GenerateClaimsAsync(user);
        identity.AddClaim(new(CurrentActorClaims.DisplayName, user.DisplayName.Length > 0 ? user.DisplayName : user.UserName!));
        if (user.WarehouseId is { } warehouse) identity.AddClaim(new(CurrentActorClaims.Warehouse, warehouse.ToString(CultureInfo.InvariantCulture)));
        return identity;
    }
}
