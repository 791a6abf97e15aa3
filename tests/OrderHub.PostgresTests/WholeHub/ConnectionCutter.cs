using Npgsql;
using OrderHub.Platform.Data;

namespace OrderHub.PostgresTests.WholeHub;

/// <summary>Ends connections of the database while they are in the middle of a transaction, one here and one there.</summary>
internal sealed class ConnectionCutter(HubDatabase database)
{
    public int Cuts { get; private set; }

    public static bool IsCut(Exception failure) => failure is NpgsqlException { IsTransient: true } and not PostgresException { SqlState: PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure }
        || (failure.InnerException is { } inner && IsCut(inner));

    public async Task CutWhileAsync(Task work)
    {
        while (!work.IsCompleted)
        {
            Cuts += (await database.QueryAsync("""
                select pg_terminate_backend(pid) from (
                    select pid from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid() and xact_start is not null order by random() limit 1) victim
                """, r => r.GetBoolean(0), default)).Count(ended => ended);
            await Task.WhenAny(work, Task.Delay(Random.Shared.Next(50, 150)));
        }
        await work;
    }
}
