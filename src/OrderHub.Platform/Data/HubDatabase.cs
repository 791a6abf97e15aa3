using System.Data;
using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;
using OrderHub.Platform.Outbox;

namespace OrderHub.Platform.Data;

/// <summary>Connections for transactions; reads have their own, planned for looking around.</summary>
public sealed class TransactionSource(NpgsqlDataSource source) : IAsyncDisposable
{
    internal NpgsqlDataSource Source => source;

    public ValueTask DisposeAsync() => source.DisposeAsync();
}

/// <summary>Opens the transactions that commands run in.</summary>
public sealed class HubDatabase(NpgsqlDataSource source, TransactionSource transactions, IServiceProvider services, OutboxSignal signal, ILogger<HubDatabase> log)
{
    /// <summary>Transactions run again since the start.</summary>
    public RaceCounts Races { get; } = new();

    /// <summary>For statements of their own: reads and single writes outside a command's transaction.</summary>
    public NpgsqlDataSource Source => source;

    /// <summary>The one who starts the work begins and commits; whoever is handed the transaction only joins it.</summary>
    public async Task<HubTransaction> BeginAsync(CancellationToken ct)
    {
        var connection = await transactions.Source.OpenConnectionAsync(ct);
        try
        {
            return new HubTransaction(connection, await connection.BeginTransactionAsync(IsolationLevel.ReadCommitted, ct), services, signal);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>
    /// Runs the work in a transaction and commits it. A lost race (unique key taken meanwhile, deadlock, serialisation) rolls back
    /// and runs the whole work again, so the work must build its effects from what it reads inside.
    /// </summary>
    public Task<T> RunAsync<T>(Func<HubTransaction, Task<T>> work, CancellationToken ct, int attempts = 5) => RunAsync(work, _ => true, ct, attempts);

    /// <param name="commits">Asked with what the work returned; false takes all of it back, and what it returned stays known.</param>
    public async Task<T> RunAsync<T>(Func<HubTransaction, Task<T>> work, Func<T, bool> commits, CancellationToken ct, int attempts = 5)
    {
        for (var attempt = 1; ; attempt++)
        {
            await using var tx = await BeginAsync(ct);
            try
            {
                var result = await work(tx);
                if (commits(result)) await tx.CommitAsync(ct);
                else await tx.RollbackAsync();
                return result;
            }
            catch (Exception failure) when (LostRace(failure) is { } race)
            {
                if (attempt >= attempts)
                {
                    Races.GiveUp();
                    log.LogWarning(failure, "A transaction lost its race ({SqlState}) {Attempts} times and was given up.", race, attempt);
                    throw;
                }
                Races.RunAgain(race);
                log.LogDebug("A transaction lost its race ({SqlState}) at attempt {Attempt} and runs again.", race, attempt);
                await tx.RollbackAsync();
                await Task.Delay(TimeSpan.FromMilliseconds(Random.Shared.Next(5, 25) * attempt), ct);
            }
        }
    }

    public Task RunAsync(Func<HubTransaction, Task> work, CancellationToken ct) =>
        RunAsync(async tx => { await work(tx); return true; }, ct);

    private static string? LostRace(Exception failure) => failure switch
    {
        LostRaceException => "taken",
        PostgresException { SqlState: PostgresErrorCodes.UniqueViolation or PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure } lost => lost.SqlState,
        { InnerException: PostgresException { SqlState: PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure } lost } => lost.SqlState, // as EF wraps it
        _ => null,
    };
}

/// <summary>What was read without a lock is no longer so when it was to be written; <see cref="HubDatabase.RunAsync{T}(Func{HubTransaction, Task{T}}, CancellationToken, int)"/> runs the work again.</summary>
public sealed class LostRaceException(string message) : Exception(message);

/// <summary>One database transaction that several modules join. Never committed by anyone but its beginner.</summary>
public sealed class HubTransaction : IAsyncDisposable
{
    private readonly IServiceProvider _services;
    private readonly OutboxSignal _signal;
    private OrderHubDbContext? _context;
    private Action? _afterCommit;
    private readonly List<NpgsqlBatchCommand> _later = [];

    internal HubTransaction(NpgsqlConnection connection, NpgsqlTransaction transaction, IServiceProvider services, OutboxSignal signal) =>
        (Connection, Transaction, _services, _signal) = (connection, transaction, services, signal);

    public NpgsqlConnection Connection { get; }
    public NpgsqlTransaction Transaction { get; }

    /// <summary>An EF context on this very transaction, for what is not hot. Its changes must be saved by whoever made them.</summary>
    public OrderHubDbContext Context
    {
        get
        {
            SendLater();
            if (_context is not null) return _context;
            MustBeConnected();
            var options = new DbContextOptionsBuilder<OrderHubDbContext>().UseHubNpgsql(Connection).AddInterceptors(NeverReopen.Instance).Options;
            _context = new OrderHubDbContext(options, _services.GetRequiredService<ModuleAssemblies>());
            _context.Database.UseTransaction(Transaction);
            return _context;
        }
    }

    /// <summary>What the outbox was told: written with one statement just before the commit; its consumers are woken after it, never inside it.</summary>
    internal List<OutboxNews> News { get; } = [];

    /// <summary>For wake-ups in this process only: it runs once the commit has succeeded and must neither block nor throw. The same one twice runs once.</summary>
    public void AfterCommit(Action wake)
    {
        if (_afterCommit?.GetInvocationList().Contains(wake) != true) _afterCommit += wake;
    }

    /// <summary>Does the work and takes all of it back, its news and wake-ups too; what it returned stays known.</summary>
    public async Task<T> RehearseAsync<T>(Func<Task<T>> work, CancellationToken ct)
    {
        var (news, wake) = (News.Count, _afterCommit);
        await ExecuteAsync("savepoint rehearsal", ct);
        var result = await work();
        await ExecuteAsync("rollback to savepoint rehearsal", ct);
        News.RemoveRange(news, News.Count - news);
        _afterCommit = wake;
        return result;
    }

    public NpgsqlCommand Command(string sql, params object?[] values)
    {
        SendLater();
        MustBeConnected();
        var command = new NpgsqlCommand(sql, Connection, Transaction);
        SqlReading.Add(command.Parameters, values);
        return command;
    }

    /// <summary>Holds what waits to be sent; what the caller adds follows in the same round trip. A reader of it starts at the caller's first result, since writes have none.</summary>
    public NpgsqlBatch Batch() => TakeLater();

    /// <summary>
    /// For writes whose outcome nobody asks for: they wait and go to the server in one round trip with the commit, or with the next
    /// <see cref="Batch"/>, so that locks are held for one turn instead of one per statement. Whatever else this transaction runs sends
    /// them first; nothing reads past them.
    /// </summary>
    public void Later(string sql, params object?[] values)
    {
        var command = new NpgsqlBatchCommand(sql);
        SqlReading.Add(command.Parameters, values);
        _later.Add(command);
    }

    internal async Task SendLaterAsync(CancellationToken ct)
    {
        if (_later.Count == 0) return;
        await using var batch = TakeLater();
        await batch.ExecuteNonQueryAsync(ct);
    }

    private void SendLater()
    {
        if (_later.Count == 0) return;
        using var batch = TakeLater();
        batch.ExecuteNonQuery();
    }

    private NpgsqlBatch TakeLater()
    {
        MustBeConnected();
        var batch = new NpgsqlBatch(Connection, Transaction);
        foreach (var command in _later) batch.BatchCommands.Add(command);
        _later.Clear();
        return batch;
    }

    /// <summary>A connection may be lost without a statement's failing. What would come next is an outage then, not a mistake in what was to be written.</summary>
    private void MustBeConnected()
    {
        if (Connection.State != ConnectionState.Open) throw ConnectionLost();
    }

    private static NpgsqlException ConnectionLost() => new("The transaction's connection was lost.", new IOException("The connection was lost."));

    /// <summary>On a lost connection EF would open another; what is left of a transaction must never be written there.</summary>
    private sealed class NeverReopen : DbConnectionInterceptor
    {
        public static readonly NeverReopen Instance = new();

        public override InterceptionResult ConnectionOpening(DbConnection connection, ConnectionEventData eventData, InterceptionResult result) => throw ConnectionLost();

        public override ValueTask<InterceptionResult> ConnectionOpeningAsync(DbConnection connection, ConnectionEventData eventData, InterceptionResult result, CancellationToken cancellationToken = default) => throw ConnectionLost();
    }

    /// <summary>Positional parameters <c>$1</c>… ; null is sent as an untyped null, so cast it in the SQL where the type matters.</summary>
    public async Task<int> ExecuteAsync(string sql, CancellationToken ct, params object?[] values)
    {
        await SendLaterAsync(ct);
        await using var command = Command(sql, values);
        return await command.ExecuteNonQueryAsync(ct);
    }

    internal static NpgsqlParameter Parameter(object? value) => value as NpgsqlParameter ?? new NpgsqlParameter { Value = value ?? DBNull.Value };

    public async Task CommitAsync(CancellationToken ct)
    {
        if (News.Count > 0) OutboxWriter.Write(this);
        if (_later.Count == 0)
        {
            MustBeConnected();
            await Transaction.CommitAsync(ct);
        }
        else
        {
            await using var last = TakeLater(); // a statement that fails keeps the commit behind it from being run
            last.BatchCommands.Add(new NpgsqlBatchCommand("commit"));
            await last.ExecuteNonQueryAsync(ct);
        }
        foreach (var consumer in News.Select(n => n.Consumer).Distinct()) _signal.Committed(consumer);
        _afterCommit?.Invoke();
    }

    public Task RollbackAsync() => Transaction.RollbackAsync(CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        if (_context is not null) await _context.DisposeAsync();
        await Transaction.DisposeAsync();
        await Connection.DisposeAsync();
    }
}

public static class SqlReading
{
    /// <summary>Runs a query with positional parameters and projects every row; the caller owns neither connection nor reader.</summary>
    public static async Task<List<T>> QueryAsync<T>(this HubTransaction tx, string sql, Func<NpgsqlDataReader, T> project, CancellationToken ct, params object?[] values)
    {
        await tx.SendLaterAsync(ct);
        await using var command = tx.Command(sql, values);
        return await ReadAsync(command, project, ct);
    }

    public static async Task<List<T>> QueryAsync<T>(this HubDatabase database, string sql, Func<NpgsqlDataReader, T> project, CancellationToken ct, params object?[] values)
    {
        await using var command = database.Source.CreateCommand(sql);
        Add(command.Parameters, values);
        return await ReadAsync(command, project, ct);
    }

    /// <summary>A lone string[] is taken by C# for the whole list of values, one parameter per element, and the query would mean something else.</summary>
    internal static void Add(NpgsqlParameterCollection parameters, object?[] values)
    {
        if (values.GetType() != typeof(object[]))
            throw new ArgumentException($"A lone {values.GetType().Name} would be spread over {values.Length} parameters; wrap it: new object?[] {{ array }}.", nameof(values));
        foreach (var value in values) parameters.Add(HubTransaction.Parameter(value));
    }

    internal static async Task<List<T>> ReadAsync<T>(NpgsqlCommand command, Func<NpgsqlDataReader, T> project, CancellationToken ct)
    {
        await using var reader = await command.ExecuteReaderAsync(ct);
        var rows = new List<T>();
        while (await reader.ReadAsync(ct)) rows.Add(project(reader));
        return rows;
    }

    /// <summary>Null-safe read of a column.</summary>
    public static T? Nullable<T>(this NpgsqlDataReader reader, int ordinal) where T : struct => reader.IsDBNull(ordinal) ? null : reader.GetFieldValue<T>(ordinal);
    public static string? Text(this NpgsqlDataReader reader, int ordinal) => reader.IsDBNull(ordinal) ? null : reader.GetString(ordinal);
}
