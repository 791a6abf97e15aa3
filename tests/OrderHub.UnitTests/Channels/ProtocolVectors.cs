using System.Text.Json;

namespace OrderHub.UnitTests.Channels;

/// <summary>The signature vectors kept beside the repository, some published by the platforms themselves.</summary>
internal static class ProtocolVectors
{
    private const string Folder = "shared/protocols/vectors";

    public static IReadOnlyList<JsonElement> Of(string platform)
    {
        var root = JsonElement.Parse(File.ReadAllText(Path.Combine(Locate(), $"{platform}.json")));
        return [.. root.GetProperty("vectors").EnumerateArray()];
    }

    public static JsonElement One(string platform, string id) => Of(platform).Single(v => v.Text("id") == id);

    public static string Text(this JsonElement vector, string name) => vector.GetProperty(name).GetString()!;

    public static Dictionary<string, string> Params(this JsonElement vector) =>
        vector.GetProperty("params").EnumerateObject().ToDictionary(p => p.Name, p => p.Value.GetString()!);

    private static string Locate()
    {
        if (Environment.GetEnvironmentVariable("ORDERHUB_VECTORS") is { Length: > 0 } given) return given;
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (Path.Combine(folder.FullName, Folder) is var here && Directory.Exists(here)) return here;
        }
        throw new DirectoryNotFoundException($"No folder {Folder} beside or above {AppContext.BaseDirectory}. Set ORDERHUB_VECTORS to where the signature vectors are.");
    }
}
