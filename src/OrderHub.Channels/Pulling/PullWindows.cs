using OrderHub.Channels.Adapters;

namespace OrderHub.Channels.Pulling;

internal readonly record struct PullWindow(DateTimeOffset From, DateTimeOffset Until);

/// <summary>
/// The way from the cursor to now in windows the platform answers, oldest first; no I/O. Only the first looks back over the overlap. A window
/// that fails is halved, so that of a long way through a bad line each part that got through is kept; each success doubles the next again.
/// </summary>
/// <param name="stride">The longest window the last pull left off with; null = the platform's longest.</param>
internal sealed class PullWindows(DateTimeOffset cursor, DateTimeOffset now, PlatformAbilities abilities, TimeSpan? stride)
{
    /// <summary>Even the shortest window gets this far beyond the overlap, else the cursor would not move.</summary>
    private static readonly TimeSpan Progress = TimeSpan.FromMinutes(1);
    private readonly DateTimeOffset _end = now - abilities.Lag;
    private DateTimeOffset _from = cursor - abilities.Overlap;
    private TimeSpan _longest = Within(stride ?? abilities.MaxWindow, abilities);

    /// <summary>Null: there is nothing more to ask for.</summary>
    public PullWindow? Next => _end <= cursor || _from >= _end ? null : new(_from, _from + _longest < _end ? _from + _longest : _end);

    /// <summary>For the next pull; null = the platform's longest.</summary>
    public TimeSpan? Stride => _longest < abilities.MaxWindow ? _longest : null;

    public void Succeeded(PullWindow window)
    {
        _from = window.Until;
        _longest = Within(_longest * 2, abilities);
    }

    public void Failed(PullWindow window) => _longest = Within((window.Until - window.From) / 2, abilities);

    private static TimeSpan Within(TimeSpan length, PlatformAbilities abilities)
    {
        var least = abilities.Overlap + Progress;
        return length >= abilities.MaxWindow || least >= abilities.MaxWindow ? abilities.MaxWindow : length > least ? length : least;
    }
}
