using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace OrderHub.Platform.Data;

public static class DatabaseRegistration
{
    /// <summary>Registers the data source, the EF context and <see cref="HubDatabase"/> on one connection string.</summary>
    public static IServiceCollection AddHubDatabase(this IServiceCollection services, string connectionString)
    {
        var builder = new NpgsqlDataSourceBuilder(connectionString);
        builder.ConnectionStringBuilder.SearchPath = OrderHubDbContext.Schema;
        builder.ConnectionStringBuilder.MaxAutoPrepare = 200;
        builder.ConnectionStringBuilder.AutoPrepareMinUsages = 2;
        builder.ConnectionStringBuilder.NoResetOnClose = true; // nothing of ours outlives its transaction: no SET, no temporary table, no session lock
        builder.ConnectionStringBuilder.MaxPoolSize = Math.Max(builder.ConnectionStringBuilder.MaxPoolSize, 60);
        services.AddSingleton(builder.Build());
        services.AddSingleton<HubDatabase>();
        services.AddDbContext<OrderHubDbContext>((provider, options) => options.UseHubNpgsql(provider.GetRequiredService<NpgsqlDataSource>()));
        return services;
    }

    public static DbContextOptionsBuilder UseHubNpgsql(this DbContextOptionsBuilder options, NpgsqlDataSource source) =>
        options.UseNpgsql(source, MigrationsTable);

    internal static DbContextOptionsBuilder<OrderHubDbContext> UseHubNpgsql(this DbContextOptionsBuilder<OrderHubDbContext> options, DbConnection connection) =>
        (DbContextOptionsBuilder<OrderHubDbContext>)options.UseNpgsql(connection, MigrationsTable);

    private static void MigrationsTable(Npgsql.EntityFrameworkCore.PostgreSQL.Infrastructure.NpgsqlDbContextOptionsBuilder npgsql) => npgsql
        .MigrationsHistoryTable("platform_migrations", OrderHubDbContext.Schema)
        .MigrationsAssembly("OrderHub.Host");
}
