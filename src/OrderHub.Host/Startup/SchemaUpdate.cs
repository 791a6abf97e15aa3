using Microsoft.EntityFrameworkCore;
using Npgsql;
using OrderHub.Platform.Data;
using OrderHub.Platform.Jobs;

namespace OrderHub.Host.Startup;

/// <summary>Brings the schema up to date. Hosts that start together take turns; the second finds nothing to do.</summary>
internal static class SchemaUpdate
{
    private const long Lock = 0x4F52444552485542; // "ORDERHUB"

    /// <returns>The migrations that were applied.</returns>
    public static async Task<IReadOnlyList<string>> RunAsync(IServiceProvider services, CancellationToken ct)
    {
        var source = services.GetRequiredService<NpgsqlDataSource>();
        await using var connection = await source.OpenConnectionAsync(ct);
        await ExecuteAsync(connection, $"select pg_advisory_lock({Lock})", ct);
        try
        {
            await ExecuteAsync(connection, $"create schema if not exists {OrderHubDbContext.Schema}; create schema if not exists {SchedulerRegistration.Schema}", ct);
            await using var scope = services.CreateAsyncScope();
            var database = scope.ServiceProvider.GetRequiredService<OrderHubDbContext>().Database;
            var pending = (await database.GetPendingMigrationsAsync(ct)).ToList();
            if (pending.Count > 0) await database.MigrateAsync(ct);
            return pending;
        }
        finally
        {
            await ExecuteAsync(connection, $"select pg_advisory_unlock({Lock})", CancellationToken.None);
        }
    }

    public static async Task<IReadOnlyList<string>> PendingAsync(IServiceProvider services, CancellationToken ct)
    {
        await using var scope = services.CreateAsyncScope();
        return [.. await scope.ServiceProvider.GetRequiredService<OrderHubDbContext>().Database.GetPendingMigrationsAsync(ct)];
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync(ct);
    }
}
