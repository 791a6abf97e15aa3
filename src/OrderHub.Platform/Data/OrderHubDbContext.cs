using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using OrderHub.Platform.Accounts;

namespace OrderHub.Platform.Data;

/// <summary>The one context. It has no DbSet properties: modules bring their mappings and say <c>Set&lt;T&gt;()</c>.</summary>
public sealed class OrderHubDbContext(DbContextOptions<OrderHubDbContext> options, ModuleAssemblies modules)
    : IdentityDbContext<HubUser, HubRole, long>(options)
{
    public const string Schema = "orderhub";

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        builder.HasDefaultSchema(Schema);
        builder.Entity<HubUser>().ToTable("platform_users");
        builder.Entity<HubRole>().ToTable("platform_roles");
        builder.Entity<IdentityUserRole<long>>().ToTable("platform_user_roles");
        builder.Entity<IdentityUserClaim<long>>().ToTable("platform_user_claims");
        builder.Entity<IdentityUserLogin<long>>().ToTable("platform_user_logins");
        builder.Entity<IdentityUserToken<long>>().ToTable("platform_user_tokens");
        builder.Entity<IdentityRoleClaim<long>>().ToTable("platform_role_claims");
        foreach (var assembly in modules.All) builder.ApplyConfigurationsFromAssembly(assembly);
        builder.UseSnakeCaseColumns();
    }
}
