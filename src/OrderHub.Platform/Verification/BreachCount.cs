using Npgsql;
using OrderHub.Platform.Data;

namespace OrderHub.Platform.Verification;

public static class BreachQueries
{
    /// <summary>Runs a query that yields one line of text per breach, and one that counts what was looked at. Over millions of orders that takes minutes: only the caller ends it.</summary>
    /// <param name="aside">For checks that run beside the day's work: PostgreSQL gives them one core, not all there are.</param>
    public static async Task<VerifyResult> CheckAsync(this HubDatabase database, string countSql, string breachSql, CancellationToken ct, bool aside = false)
    {
        await using var batch = database.Source.CreateBatch();
        batch.Timeout = 0;
        if (aside) batch.BatchCommands.Add(new NpgsqlBatchCommand("select set_config('max_parallel_workers_per_gather', '0', true)")); // until the batch, which is one transaction, has ended
        batch.BatchCommands.Add(new NpgsqlBatchCommand(countSql));
        batch.BatchCommands.Add(new NpgsqlBatchCommand(breachSql));
        await using var reader = await batch.ExecuteReaderAsync(ct);
        if (aside) await reader.NextResultAsync(ct);
        await reader.ReadAsync(ct);
        var seen = reader.GetInt64(0);
        await reader.NextResultAsync(ct);
        var breaches = new List<string>();
        while (await reader.ReadAsync(ct)) breaches.Add(reader.GetString(0));
        return new VerifyResult(seen, breaches.Count, [.. breaches.Take(10)]);
    }
}
