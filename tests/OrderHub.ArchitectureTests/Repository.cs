using System.Runtime.CompilerServices;

namespace OrderHub.ArchitectureTests;

/// <summary>The checkout these tests were built from.</summary>
internal static class Repository
{
    public static string Root { get; } = Find();
    public static string Source => Path.Combine(Root, "src");

    /// <summary>Source files of a folder, build output left out.</summary>
    public static IEnumerable<string> Files(string folder, params string[] extensions) => Directory
        .EnumerateFiles(folder, "*", SearchOption.AllDirectories)
        .Where(f => extensions.Contains(Path.GetExtension(f)))
        .Where(f => !Path.GetRelativePath(folder, f).Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj" or "node_modules" or "Migrations"));

    private static string Find([CallerFilePath] string here = "")
    {
        for (var folder = new DirectoryInfo(Path.GetDirectoryName(here)!); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "OrderHub.sln"))) return folder.FullName;
        throw new InvalidOperationException("OrderHub.sln is not above " + here);
    }
}
