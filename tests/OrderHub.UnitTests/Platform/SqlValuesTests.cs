using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using OrderHub.Platform.Data;
using OrderHub.Platform.Outbox;

namespace OrderHub.UnitTests.Platform;

public sealed class SqlValuesTests
{
    [Fact]
    public async Task A_lone_array_of_texts_is_refused_before_it_becomes_several_parameters()
    {
        await using var source = NpgsqlDataSource.Create("Host=127.0.0.1;Port=1;Username=nobody");
        var database = new HubDatabase(source, null!, null!, new OutboxSignal(null!), NullLogger<HubDatabase>.Instance);
        string[] codes = ["SF", "YTO"];
        var refused = await Should.ThrowAsync<ArgumentException>(() => database.QueryAsync("select $1", r => r.GetString(0), default, codes));
        refused.Message.ShouldContain("wrap it");
        await Should.ThrowAsync<NpgsqlException>(() => database.QueryAsync("select $1", r => r.GetString(0), default, new object?[] { codes }));
    }
}
