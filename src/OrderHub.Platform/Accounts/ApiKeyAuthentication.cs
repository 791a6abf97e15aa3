using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OrderHub.Platform.Actions;

namespace OrderHub.Platform.Accounts;

/// <summary>Signs a program in by the header <c>X-Api-Key</c>; it has exactly its key's role and acts as <c>api:name</c>.</summary>
internal sealed class ApiKeyAuthentication(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logs, UrlEncoder encoder, ApiKeys keys)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logs, encoder)
{
    public const string Name = "ApiKey", Header = "X-Api-Key";

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (Request.Headers[Header].ToString() is not { Length: > 0 } key) return AuthenticateResult.NoResult();
        if (await keys.FindAsync(key, Context.RequestAborted) is not { } owner) return AuthenticateResult.Fail("unknown API key");
        var name = "api:" + owner.Name;
        var identity = new ClaimsIdentity(
            [new(ClaimTypes.Name, name), new(CurrentActorClaims.DisplayName, name), new(ClaimTypes.Role, owner.Role)], Scheme.Name);
        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), Scheme.Name));
    }
}
