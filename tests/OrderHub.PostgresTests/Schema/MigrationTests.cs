using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using OrderHub.Platform.Data;
using OrderHub.PostgresTests.Infrastructure;

namespace OrderHub.PostgresTests.Schema;

public sealed class MigrationTests(TestHub hub) : IClassFixture<TestHub>
{
    [Fact]
    public async Task The_migrations_and_the_mappings_say_the_same()
    {
        await using var scope = hub.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<OrderHubDbContext>().Database.HasPendingModelChanges().ShouldBeFalse("run eng/migration.sh NAME");
    }

    [Theory]
    [InlineData("update inventory_movements set delta = 1")]
    [InlineData("delete from orders_timeline")]
    [InlineData("truncate reconciliation_money_entries")]
    [InlineData("update platform_audit set actor = 'somebody else'")]
    public async Task A_ledger_cannot_be_rewritten_by_anyone(string sql)
    {
        await hub.ReceiveAsync(TestHub.Shirt, hub.Suzhou, 1);
        var refusal = await Should.ThrowAsync<PostgresException>(() => hub.Database.RunAsync(tx => tx.ExecuteAsync(sql, default), default));
        refusal.MessageText.ShouldContain("append-only");
    }
}
