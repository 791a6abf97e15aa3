namespace OrderHub.Host.Startup;

/// <summary>The configuration keys an operator sets; every other key belongs to the module that reads it.</summary>
/// <param name="ConnectionString">Null: the private PostgreSQL in <paramref name="DataDirectory"/>.</param>
/// <param name="DataDirectory">Absolute; private database, log files, demo accounts.</param>
/// <param name="Demo">Sandbox, demo accounts and demo data. On when no database was given.</param>
internal sealed record HubSettings(string? ConnectionString, string DataDirectory, bool Demo)
{
    public const string DefaultUrl = "http://127.0.0.1:5080";

    public static HubSettings From(IConfiguration configuration)
    {
        var connectionString = configuration.GetConnectionString("OrderHub") is { Length: > 0 } given ? given : null;
        var directory = configuration["OrderHub:DataDirectory"] is { Length: > 0 } chosen ? chosen : DefaultDirectory();
        var demo = configuration["OrderHub:Demo"] switch
        {
            null or "" => connectionString is null,
            var text when bool.TryParse(text, out var on) => on,
            var text => throw new ExpectedFailure($"OrderHub__Demo 只能是 true 或 false，不能是 {text}。OrderHub__Demo must be true or false, not {text}."),
        };
        return new(connectionString, Path.GetFullPath(directory), demo);
    }

    private static string DefaultDirectory()
    {
        var home = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify);
        return home.Length > 0 ? Path.Combine(home, "OrderHub") : "/var/lib/orderhub"; // a service account may have no home
    }
}
