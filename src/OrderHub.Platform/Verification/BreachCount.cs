using OrderHub.Platform.Data;

namespace OrderHub.Platform.Verification;

public static class BreachQueries
{
    /// <summary>Runs a query that yields one line of text per breach, and one that counts what was looked at.</summary>
    public static async Task<VerifyResult> CheckAsync(this HubDatabase database, string countSql, string breachSql, CancellationToken ct)
    {
        var seen = (await database.QueryAsync(countSql, r => r.GetInt64(0), ct))[0];
        var breaches = await database.QueryAsync(breachSql, r => r.GetString(0), ct);
        return new VerifyResult(seen, breaches.Count, [.. breaches.Take(10)]);
    }
}
