using Npgsql;
using OrderHub.Platform.Data;

namespace OrderHub.Platform.Verification;

public static class BreachQueries
{
    /// <summary>Runs a query that yields one line of text per breach, and one that counts what was looked at. Over millions of orders that takes minutes: only the caller ends it.</summary>
    public static async Task<VerifyResult> CheckAsync(this HubDatabase database, string countSql, string breachSql, CancellationToken ct)
    {
        var seen = (await PatientlyAsync(database, countSql, r => r.GetInt64(0), ct))[0];
        var breaches = await PatientlyAsync(database, breachSql, r => r.GetString(0), ct);
        return new VerifyResult(seen, breaches.Count, [.. breaches.Take(10)]);
    }

    private static async Task<List<T>> PatientlyAsync<T>(HubDatabase database, string sql, Func<NpgsqlDataReader, T> project, CancellationToken ct)
    {
        await using var command = database.Source.CreateCommand(sql);
        command.CommandTimeout = 0;
        return await SqlReading.ReadAsync(command, project, ct);
    }
}
