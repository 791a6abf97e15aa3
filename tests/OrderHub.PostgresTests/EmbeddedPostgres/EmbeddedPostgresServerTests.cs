using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using OrderHub.EmbeddedPostgres;

namespace OrderHub.PostgresTests.EmbeddedPostgres;

public sealed class EmbeddedPostgresServerTests : EmbeddedPostgresFolder
{
    [Fact]
    public async Task Data_and_port_survive_a_stop_and_a_start()
    {
        int port;
        await using (var first = await StartAsync())
        {
            await WriteRowAsync(first);
            port = first.Port;
        }

        await using var second = await StartAsync();
        (await RowsAsync(second)).ShouldBe(1);
        second.Port.ShouldBe(port);
    }

    [Fact]
    public async Task A_server_killed_under_a_living_host_comes_back_with_its_committed_rows()
    {
        await using var server = await StartAsync();
        await WriteRowAsync(server);
        KillServer();
        (await EventuallyRowsAsync(server)).ShouldBe(1);
    }

    [Fact]
    public async Task A_host_that_finds_its_server_killed_starts_it_with_its_committed_rows()
    {
        await using (var first = await StartAsync())
        {
            await WriteRowAsync(first);
            KillServer();
        }

        await using var second = await StartAsync();
        (await RowsAsync(second)).ShouldBe(1);
    }

    [Fact]
    public async Task A_server_left_running_by_a_killed_host_is_taken_over_and_stopped_at_the_end()
    {
        int port;
        await using (var first = await StartAsync())
        {
            await WriteRowAsync(first);
            port = first.Port;
        }

        await LeaveServerRunningWithoutHostAsync();
        await using (var second = await StartAsync())
        {
            second.OwnsProcess.ShouldBeTrue();
            second.Port.ShouldBe(port);
            (await RowsAsync(second)).ShouldBe(1);
        }

        using var client = new TcpClient();
        await Should.ThrowAsync<SocketException>(() => client.ConnectAsync(IPAddress.Loopback, port));
    }

    [Fact]
    public async Task A_second_host_on_the_same_folder_is_refused_and_told_who_uses_it()
    {
        await using var host = await StartAsync();
        var refusal = await Should.ThrowAsync<DataDirectoryInUseException>(StartAsync);
        refusal.Message.ShouldContain("另一个 OrderHub 正在使用");
        refusal.Message.ShouldContain($"Another OrderHub host uses the data directory {Options.DataDirectory} (pid {Environment.ProcessId})");
    }

    [Fact]
    public async Task Of_two_hosts_started_at_once_one_runs()
    {
        var starts = new[] { StartAsync(), StartAsync() };
        await Task.WhenAll(starts).ContinueWith(_ => { }, TaskScheduler.Default);
        starts.Count(s => s.IsCompletedSuccessfully).ShouldBe(1);
        starts.Single(s => s.IsFaulted).Exception!.InnerException.ShouldBeOfType<DataDirectoryInUseException>();
        await (await starts.Single(s => s.IsCompletedSuccessfully)).DisposeAsync();
    }

    [Fact]
    public async Task A_verb_attaches_beside_a_running_host_and_stops_nothing()
    {
        await using var host = await StartAsync();
        await WriteRowAsync(host);
        await using (var verb = await StartOrAttachAsync())
        {
            verb.OwnsProcess.ShouldBeFalse();
            (await RowsAsync(verb)).ShouldBe(1);
        }

        (await RowsAsync(host)).ShouldBe(1);
    }

    [Fact]
    public async Task A_verb_without_a_host_starts_the_server_itself()
    {
        await using var verb = await StartOrAttachAsync();
        verb.OwnsProcess.ShouldBeTrue();
        await verb.EnsureDatabaseAsync("orderhub", CancellationToken.None);
        await verb.EnsureDatabaseAsync("orderhub", CancellationToken.None);
        (await ScalarAsync(verb, "select count(*) from pg_database where datname = 'orderhub'")).ShouldBe(1L);
    }

    [Fact]
    public async Task A_kept_port_that_another_program_took_is_exchanged_and_the_new_one_kept()
    {
        int port;
        await using (var first = await StartAsync()) port = first.Port;

        using (var stranger = new TcpListener(IPAddress.Loopback, port))
        {
            stranger.Start();
            await using var second = await StartAsync();
            second.Port.ShouldNotBe(port);
            port = second.Port;
        }

        await using var third = await StartAsync();
        third.Port.ShouldBe(port);
    }

    [Fact]
    public async Task A_pid_file_whose_number_now_belongs_to_another_program_does_not_prevent_the_start()
    {
        await using (var first = await StartAsync()) await WriteRowAsync(first);
        var pidFile = Path.Combine(Directory.GetDirectories(Home, "pg*").Single(), "postmaster.pid");
        var ownPid = Environment.ProcessId.ToString(CultureInfo.InvariantCulture);
        await File.WriteAllLinesAsync(pidFile, [ownPid, "/elsewhere", "0", "1", "", "127.0.0.1"]);

        await using var second = await StartAsync();
        (await RowsAsync(second)).ShouldBe(1);
    }

    [Fact]
    public async Task Nobody_gets_in_without_the_generated_password()
    {
        await using var server = await StartAsync();
        await using var intruder = new NpgsqlConnection(server.ConnectionString("postgres", c => (c.Password, c.Pooling) = ("guess", false)));
        (await Should.ThrowAsync<PostgresException>(() => intruder.OpenAsync())).SqlState.ShouldBe(PostgresErrorCodes.InvalidPassword);
        if (!OperatingSystem.IsWindows())
            File.GetUnixFileMode(Path.Combine(Home, "password")).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    [Fact]
    public async Task A_setting_the_server_does_not_know_is_named_at_once()
    {
        var options = Options with { Settings = new Dictionary<string, string> { ["no_such_setting"] = "1" } };
        var clock = Stopwatch.StartNew();
        var failure = await Should.ThrowAsync<EmbeddedPostgresException>(
            () => EmbeddedPostgresServer.StartAsync(options, NullLogger.Instance, CancellationToken.None));
        failure.Message.ShouldContain("no_such_setting");
        clock.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(20), "a lasting trouble is not worth thirty seconds of retries");
    }

    private static async Task<long> EventuallyRowsAsync(EmbeddedPostgresServer server)
    {
        for (var clock = Stopwatch.StartNew(); ;)
        {
            try
            {
                return await RowsAsync(server);
            }
            catch (NpgsqlException) when (clock.Elapsed < TimeSpan.FromSeconds(30))
            {
                await Task.Delay(TimeSpan.FromMilliseconds(100));
            }
        }
    }

    private async Task LeaveServerRunningWithoutHostAsync()
    {
        var account = await ServerAccount.ChooseAsync(Home, CancellationToken.None);
        var home = ServerHome.Find(Options.DataDirectory)!;
        var binaries = await PostgresBinaries.FindAsync(Options, home.ExistingMajor, account, NullLogger.Instance, CancellationToken.None);
        var start = await account.RunAsync(
            [binaries.PgCtl, "start", "-s", "-w", "-D", home.ExistingCluster!, "-l", home.LogFile], home.Folder, CancellationToken.None, readOutput: false);
        start.ExitCode.ShouldBe(0);
    }
}
