using OrderHub.Platform.Verification;

namespace OrderHub.Reconciliation.Checks;

/// <summary>Counts what was looked at and keeps the first ten breaches as examples.</summary>
internal sealed class BreachList
{
    private readonly List<string> _examples = [];
    private long _checked, _breaches;

    public void Saw(long things) => _checked += things;

    public void Add(string breach)
    {
        _breaches++;
        if (_examples.Count < 10) _examples.Add(breach);
    }

    public VerifyResult ToResult() => new(_checked, _breaches, _examples);
}
