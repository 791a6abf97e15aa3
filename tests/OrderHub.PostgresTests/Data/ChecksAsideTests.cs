using OrderHub.Platform.Verification;
using OrderHub.PostgresTests.Infrastructure;

namespace OrderHub.PostgresTests.Data;

public sealed class ChecksAsideTests(TestHub hub) : IClassFixture<TestHub>
{
    private const string Workers = "select current_setting('max_parallel_workers_per_gather')";

    [Fact]
    public async Task A_check_beside_the_days_work_gets_one_core_and_the_next_user_of_its_connection_all_of_them()
    {
        var all = (await hub.Database.CheckAsync("select 1::bigint", Workers, default)).Examples.ShouldHaveSingleItem();
        all.ShouldNotBe("0");

        var aside = await hub.Database.CheckAsync("select 7::bigint", Workers, default, aside: true);

        (aside.Checked, aside.Breaches, aside.Examples[0]).ShouldBe((7, 1, "0"));
        (await hub.Database.CheckAsync("select 1::bigint", Workers, default)).Examples.ShouldBe([all]);
    }
}
