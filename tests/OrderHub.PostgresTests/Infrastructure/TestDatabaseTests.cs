using Npgsql;

namespace OrderHub.PostgresTests.Infrastructure;

public sealed class TestDatabaseTests
{
    [Fact]
    public async Task Two_test_classes_never_see_each_others_rows()
    {
        var one = new TestDatabase();
        var other = new TestDatabase();
        await one.InitializeAsync();
        await other.InitializeAsync();
        try
        {
            await using var create = one.DataSource.CreateCommand("create table mine (id int)");
            await create.ExecuteNonQueryAsync();
            await using var look = other.DataSource.CreateCommand("select to_regclass('mine') is null");
            (await look.ExecuteScalarAsync()).ShouldBe(true);
        }
        finally
        {
            await one.DisposeAsync();
            await other.DisposeAsync();
        }

        await using var gone = new NpgsqlConnection(one.ConnectionString);
        (await Should.ThrowAsync<PostgresException>(() => gone.OpenAsync())).SqlState.ShouldBe(PostgresErrorCodes.InvalidCatalogName);
    }
}
