using Npgsql;
using OrderHub.Inventory.Documents;
using OrderHub.Platform.Data;
using OrderHub.PostgresTests.Infrastructure;
using OrderHub.PostgresTests.WholeHub;

namespace OrderHub.PostgresTests.Data;

public sealed class LostConnectionTests(TestHub hub) : IClassFixture<TestHub>
{
    [Fact]
    public async Task What_is_left_of_a_transaction_whose_connection_was_cut_is_never_written_over_another()
    {
        await using var tx = await hub.Database.BeginAsync(default);
        tx.Context.Add(new DocumentPosting { Key = "after the cut", DocumentId = 1, At = DateTimeOffset.UnixEpoch });
        await CutAsync(tx);

        ConnectionCutter.IsCut((await Record.ExceptionAsync(() => tx.Context.SaveChangesAsync())).ShouldNotBeNull()).ShouldBeTrue();

        (await hub.Database.QueryAsync("select 1 from inventory_document_postings where key = 'after the cut'", r => 1, default)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_statement_or_commit_after_the_cut_fails_as_an_outage_and_not_as_a_mistake()
    {
        await using var tx = await hub.Database.BeginAsync(default);
        await CutAsync(tx);

        (await Should.ThrowAsync<NpgsqlException>(() => tx.ExecuteAsync("select 1", default))).IsTransient.ShouldBeTrue();
        (await Should.ThrowAsync<NpgsqlException>(() => tx.CommitAsync(default))).IsTransient.ShouldBeTrue();
    }

    /// <summary>Cut, and noticed by a statement whose failure nobody minded.</summary>
    private async Task CutAsync(HubTransaction tx)
    {
        var backend = (await tx.QueryAsync("select pg_backend_pid()", r => r.GetInt32(0), default))[0];
        await hub.Database.QueryAsync("select pg_terminate_backend($1, 5000)", r => r.GetBoolean(0), default, backend);
        await Should.ThrowAsync<NpgsqlException>(() => tx.ExecuteAsync("select 1", default));
    }
}
