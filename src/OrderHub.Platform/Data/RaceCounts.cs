using System.Diagnostics.Metrics;

namespace OrderHub.Platform.Data;

/// <summary>How often this process has run transactions again since it started, for people; the same goes to metrics.</summary>
public sealed class RaceCounts
{
    private static readonly Counter<long> Races = new Meter("OrderHub").CreateCounter<long>("orderhub.transactions.lost_races", description: "Transactions run again after a deadlock, a serialization failure, or a key or the last pieces taken meanwhile.");
    private long _deadlocks, _serializations, _lostRaces, _givenUp;

    public long Deadlocks => Interlocked.Read(ref _deadlocks);
    public long Serializations => Interlocked.Read(ref _serializations);
    public long LostRaces => Interlocked.Read(ref _lostRaces);

    /// <summary>Failed at the last attempt, too.</summary>
    public long GivenUp => Interlocked.Read(ref _givenUp);

    internal void RunAgain(string race)
    {
        Races.Add(1, new KeyValuePair<string, object?>("sqlstate", race));
        if (race == Npgsql.PostgresErrorCodes.DeadlockDetected) Interlocked.Increment(ref _deadlocks);
        else if (race == Npgsql.PostgresErrorCodes.SerializationFailure) Interlocked.Increment(ref _serializations);
        else Interlocked.Increment(ref _lostRaces);
    }

    internal void GiveUp() => Interlocked.Increment(ref _givenUp);
}
