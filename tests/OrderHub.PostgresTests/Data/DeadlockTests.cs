using OrderHub.Platform.Data;
using OrderHub.PostgresTests.Infrastructure;

namespace OrderHub.PostgresTests.Data;

public sealed class DeadlockTests(TestHub hub) : IClassFixture<TestHub>
{
    [Fact]
    public async Task Of_two_transactions_that_wait_for_each_other_one_runs_again_both_end_and_people_can_see_it()
    {
        await hub.Database.RunAsync(tx => tx.ExecuteAsync("create table deadlocked (id int primary key, times int not null)", default), default);
        await hub.Database.RunAsync(tx => tx.ExecuteAsync("insert into deadlocked values (1, 0), (2, 0)", default), default);
        var before = hub.Database.Races.Deadlocks;
        using var bothHoldOne = new CountdownEvent(2);

        await Task.WhenAll(TakeAsync(1, 2), TakeAsync(2, 1)).WaitAsync(TimeSpan.FromMinutes(1));

        (await hub.Database.QueryAsync("select times from deadlocked order by id", r => r.GetInt32(0), default)).ShouldBe([2, 2]);
        (hub.Database.Races.Deadlocks - before).ShouldBe(1);
        hub.Database.Races.GivenUp.ShouldBe(0);

        Task TakeAsync(int first, int second)
        {
            var met = false;
            return Task.Run(() => hub.Database.RunAsync(async tx =>
            {
                await tx.ExecuteAsync("update deadlocked set times = times + 1 where id = $1", default, first);
                if (!met)
                {
                    met = true;
                    bothHoldOne.Signal();
                    bothHoldOne.Wait(TimeSpan.FromSeconds(30)).ShouldBeTrue();
                }
                await tx.ExecuteAsync("update deadlocked set times = times + 1 where id = $1", default, second);
            }, default));
        }
    }
}
