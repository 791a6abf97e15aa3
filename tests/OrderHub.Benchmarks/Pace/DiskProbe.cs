using System.Diagnostics;

namespace OrderHub.Benchmarks.Pace;

/// <summary>
/// Ten times a second a small write of its own, flushed to the disk as a commit is. How long the disk kept that waiting is no work of the hub's: no
/// answer after a durable commit can come sooner.
/// </summary>
internal sealed class DiskProbe : IDisposable
{
    public static readonly TimeSpan Stall = TimeSpan.FromMilliseconds(30);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);
    private readonly CancellationTokenSource _enough = new();
    private readonly Task _probing;
    private TimeSpan _stalled, _watched;

    public DiskProbe(string folder) => _probing = Task.Factory.StartNew(() => Probe(Path.Combine(folder, "disk-probe")), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    /// <summary>The share of the time since it began that a flush spent waiting for longer than <see cref="Stall"/>; it ends the probing.</summary>
    public double StalledPercent()
    {
        _enough.Cancel();
        _probing.Wait();
        return 100 * _stalled / _watched;
    }

    private void Probe(string path)
    {
        var clock = Stopwatch.StartNew();
        using var file = File.OpenHandle(path, FileMode.Create, FileAccess.Write, preallocationSize: 4096);
        var bytes = new byte[4096];
        while (!_enough.Token.WaitHandle.WaitOne(Pause))
        {
            var began = Stopwatch.GetTimestamp();
            RandomAccess.Write(file, bytes, 0);
            RandomAccess.FlushToDisk(file);
            if (Stopwatch.GetElapsedTime(began) is var took && took > Stall) _stalled += took;
        }
        _watched = clock.Elapsed;
    }

    public void Dispose()
    {
        StalledPercent();
        _enough.Dispose();
    }
}
