namespace OrderHub.Benchmarks.Pace;

/// <summary>
/// Two ways measured by turns, so that the machine's moods are both ways' alike; in blocks of four turns in an order of chance, lest anything
/// that comes round regularly meets the same way each time.
/// </summary>
/// <param name="Ratio">The first way's rate ÷ the second's: the geometric mean over the blocks.</param>
/// <param name="Error">Its standard error, as a share of it.</param>
/// <param name="First">Mean rate.</param>
/// <param name="Second">Mean rate.</param>
internal sealed record ByTurns(double Ratio, double Error, int Blocks, double First, double Second)
{
    public const int InABlock = 4;

    /// <param name="rate">A turn of the first way (true) or the second.</param>
    /// <param name="more">Asked before each block with how many there were.</param>
    public static async Task<ByTurns> MeasureAsync(Func<bool, Task<double>> rate, Func<int, bool> more)
    {
        var (chance, blocks) = (new Random(9), new List<(double First, double Second)>());
        while (more(blocks.Count))
        {
            bool[] turns = [true, true, false, false];
            chance.Shuffle(turns);
            var (first, second) = (0.0, 0.0);
            foreach (var turn in turns)
            {
                var measured = await rate(turn);
                if (turn) first += measured / 2;
                else second += measured / 2;
            }
            blocks.Add((first, second));
        }
        var logs = blocks.ConvertAll(b => Math.Log(b.First / b.Second));
        var mean = logs.Average();
        var error = Math.Sqrt(logs.Sum(l => (l - mean) * (l - mean)) / (logs.Count - 1) / logs.Count);
        return new(Math.Exp(mean), error, blocks.Count, blocks.Average(b => b.First), blocks.Average(b => b.Second));
    }
}
