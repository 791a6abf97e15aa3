using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace OrderHub.Platform.Data;

public static class DatabaseRegistration
{
    /// <summary>Connections of each kind at most, unless the connection string says otherwise.</summary>
    private const int MostConnections = 60;

    /// <summary>Registers the data sources, the EF context and <see cref="HubDatabase"/> on one connection string.</summary>
    public static IServiceCollection AddHubDatabase(this IServiceCollection services, string connectionString)
    {
        // Prepared statements outlive the tables they were planned for: what was planned while a table was empty would scan its first million
        // rows from end to end. Transactions take rows by key: one plan serves them always, and never scans where an index is. Reads are planned anew,
        // and know that a page at random costs no more than the next one: with PostgreSQL's default for turning disks a consumer's few hundred keys were looked for in parallel scans of everything.
        services.AddSingleton(_ => Source(connectionString, "-c plan_cache_mode=force_custom_plan -c random_page_cost=1.1"));
        services.AddSingleton(_ => new TransactionSource(Source(connectionString, "-c enable_seqscan=off -c plan_cache_mode=force_generic_plan")));
        services.AddSingleton<HubDatabase>();
        services.AddDbContext<OrderHubDbContext>((provider, options) => options.UseHubNpgsql(provider.GetRequiredService<NpgsqlDataSource>()));
        return services;
    }

    private static NpgsqlDataSource Source(string connectionString, string options)
    {
        var builder = new NpgsqlDataSourceBuilder(connectionString);
        var settings = builder.ConnectionStringBuilder;
        if (!settings.ContainsKey("Maximum Pool Size")) settings.MaxPoolSize = MostConnections;
        settings.SearchPath = OrderHubDbContext.Schema;
        settings.MaxAutoPrepare = 200;
        settings.AutoPrepareMinUsages = 2;
        settings.NoResetOnClose = true; // nothing of ours outlives its transaction: no SET, no temporary table, no session lock
        settings.Options = $"{settings.Options} {options}".Trim();
        return builder.Build();
    }

    public static DbContextOptionsBuilder UseHubNpgsql(this DbContextOptionsBuilder options, NpgsqlDataSource source) =>
        options.UseNpgsql(source, MigrationsTable);

    internal static DbContextOptionsBuilder<OrderHubDbContext> UseHubNpgsql(this DbContextOptionsBuilder<OrderHubDbContext> options, DbConnection connection) =>
        (DbContextOptionsBuilder<OrderHubDbContext>)options.UseNpgsql(connection, MigrationsTable);

    private static void MigrationsTable(Npgsql.EntityFrameworkCore.PostgreSQL.Infrastructure.NpgsqlDbContextOptionsBuilder npgsql) => npgsql
        .MigrationsHistoryTable("platform_migrations", OrderHubDbContext.Schema)
        .MigrationsAssembly("OrderHub.Host");
}
