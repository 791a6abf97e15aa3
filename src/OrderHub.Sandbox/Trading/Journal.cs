using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using OrderHub.Sandbox.Gateway;
using OrderHub.Sandbox.Kuaidi100;
using OrderHub.Sandbox.Replaying;

namespace OrderHub.Sandbox.Trading;

/// <summary>One line of the journal: what it tells is set, the rest is null.</summary>
internal sealed record JournalEntry
{
    public SandboxOrder? Order { get; init; }
    public PublishedStock? Stock { get; init; }
    public Parcel? Parcel { get; init; }
    public Label? Label { get; init; }
    public ReplayStart? Replay { get; init; }
    public long? LastSequence { get; init; }
    public ShopToken? Token { get; init; }
}

/// <summary>Append-only memory of the world. Each line is handed to the operating system before the caller answers,
/// so a killed process loses nothing it promised; a line cut in half by the kill was promised to nobody.</summary>
internal sealed class Journal : IDisposable
{
    private static readonly JsonSerializerOptions Format = new()
    {
        IgnoreReadOnlyProperties = true,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private readonly Lock _gate = new();
    private readonly FileStream _owner;
    private readonly string _path;
    private FileStream? _file;

    public Journal(string directory)
    {
        Directory.CreateDirectory(directory);
        _path = Path.Combine(directory, "sandbox.journal");
        try
        {
            _owner = new FileStream(_path + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException taken)
        {
            throw new InvalidOperationException($"{directory} belongs to a sandbox that is still running. Stop it or choose another data directory.", taken);
        }
    }

    /// <summary>All entries, oldest first. Only the last line may be broken.</summary>
    public IEnumerable<JournalEntry> Load()
    {
        if (!File.Exists(_path)) yield break;
        using var reader = new StreamReader(_path, Encoding.UTF8);
        var number = 0;
        var line = reader.ReadLine();
        while (line is not null)
        {
            var next = reader.ReadLine();
            number++;
            JournalEntry? entry;
            try
            {
                entry = JsonSerializer.Deserialize<JournalEntry>(line, Format);
            }
            catch (JsonException) when (next is null)
            {
                yield break;
            }
            catch (JsonException broken)
            {
                throw new InvalidDataException($"{_path}, line {number}: not a journal line. Move the file away to start with an empty world.", broken);
            }
            if (entry is not null) yield return entry;
            line = next;
        }
    }

    /// <summary>Replaces the file by the entries still needed and keeps it open for appending.</summary>
    public void Restart(IEnumerable<JournalEntry> entries)
    {
        var fresh = _path + ".new";
        using (var file = new FileStream(fresh, FileMode.Create, FileAccess.Write))
        {
            foreach (var entry in entries) file.Write(Line(entry));
            file.Flush(flushToDisk: true);
        }
        File.Move(fresh, _path, overwrite: true);
        _file = new FileStream(_path, FileMode.Append, FileAccess.Write, FileShare.Read, bufferSize: 0);
    }

    public void Append(JournalEntry entry)
    {
        var line = Line(entry);
        lock (_gate)
        {
            (_file ?? throw new InvalidOperationException("The journal is appended to before it was restarted.")).Write(line);
        }
    }

    public void Dispose()
    {
        _file?.Dispose();
        _owner.Dispose();
    }

    private static byte[] Line(JournalEntry entry) => [.. JsonSerializer.SerializeToUtf8Bytes(entry, Format), (byte)'\n'];
}
