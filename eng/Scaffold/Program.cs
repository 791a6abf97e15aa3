using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Migrations.Design;
using Microsoft.Extensions.DependencyInjection;
using Npgsql.EntityFrameworkCore.PostgreSQL.Design.Internal;
using OrderHub.Host;
using OrderHub.Platform.Data;

#pragma warning disable EF1001 // the provider's design-time services are what every migration tool loads

if (args is not [var name, var folder])
{
    Console.Error.WriteLine("usage: Scaffold NAME FOLDER");
    return 2;
}

// no connection is opened: a migration is the difference between the mappings and the snapshot
var services = new ServiceCollection();
services.AddModules();
services.AddHubDatabase("Host=127.0.0.1;Database=design;Username=design");
await using var provider = services.BuildServiceProvider();
// asked in a scope of its own: the question finalises the snapshot it reads, and the scaffolder takes a finalised one for none
await using (var asking = provider.CreateAsyncScope())
{
    if (!asking.ServiceProvider.GetRequiredService<OrderHubDbContext>().Database.HasPendingModelChanges())
    {
        Console.WriteLine("No mapping changed: nothing to migrate.");
        return 0;
    }
}
await using var scope = provider.CreateAsyncScope();
var context = scope.ServiceProvider.GetRequiredService<OrderHubDbContext>();

var design = new ServiceCollection();
design.AddEntityFrameworkDesignTimeServices();
design.AddDbContextDesignTimeServices(context);
new NpgsqlDesignTimeServices().ConfigureDesignTimeServices(design);
await using var designProvider = design.BuildServiceProvider();
await using var designScope = designProvider.CreateAsyncScope();
var scaffolder = designScope.ServiceProvider.GetRequiredService<IMigrationsScaffolder>();
var migration = scaffolder.ScaffoldMigration(name, "OrderHub.Host", null, "C#");
Directory.CreateDirectory(folder);
await WriteAsync(migration.MigrationId, migration.MigrationCode);
await WriteAsync(migration.MigrationId + ".Designer", migration.MetadataCode);
await WriteAsync(migration.SnapshotName, migration.SnapshotCode);
return 0;

async Task WriteAsync(string file, string code)
{
    var path = Path.Combine(folder, file + ".cs");
    await File.WriteAllTextAsync(path, code);
    Console.WriteLine(path);
}
