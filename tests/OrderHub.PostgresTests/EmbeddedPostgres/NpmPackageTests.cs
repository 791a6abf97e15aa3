using OrderHub.EmbeddedPostgres;

namespace OrderHub.PostgresTests.EmbeddedPostgres;

public sealed class NpmPackageTests : IDisposable
{
    private readonly string _package = Directory.CreateTempSubdirectory("orderhub-npm-").FullName;

    public void Dispose() => Directory.Delete(_package, recursive: true);

    [Fact]
    public void The_library_links_the_package_lists_are_made()
    {
        Write("""[{"source":"native/lib/libpq.so.5.15","target":"native/lib/libpq.so"},{"source":"native/lib/libpq.so.5.15","target":"native/lib/libpq.so.5"}]""");
        NpmPackage.CreateLinks(_package);
        NpmPackage.CreateLinks(_package); // a second time changes nothing

        foreach (var name in new[] { "libpq.so", "libpq.so.5" })
        {
            var link = new FileInfo(Path.Combine(_package, "native", "lib", name));
            link.LinkTarget.ShouldBe("libpq.so.5.15");
            File.ReadAllText(link.FullName).ShouldBe("library");
        }
    }

    [Theory]
    [InlineData("native/lib/libpq.so.5.15", "../../outside.so")]
    [InlineData("../../../etc/passwd", "native/lib/libpq.so")]
    [InlineData("/etc/passwd", "native/lib/libpq.so")]
    public void A_link_that_leads_out_of_the_package_is_refused(string source, string target)
    {
        Write($$"""[{"source":"{{source}}","target":"{{target}}"}]""");
        Should.Throw<EmbeddedPostgresException>(() => NpmPackage.CreateLinks(_package));
    }

    private void Write(string links)
    {
        var lib = Directory.CreateDirectory(Path.Combine(_package, "native", "lib")).FullName;
        File.WriteAllText(Path.Combine(lib, "libpq.so.5.15"), "library");
        File.WriteAllText(Path.Combine(_package, "native", "pg-symlinks.json"), links);
    }
}
