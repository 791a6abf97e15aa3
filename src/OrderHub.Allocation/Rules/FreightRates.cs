namespace OrderHub.Allocation.Rules;

internal sealed record FreightRate(int CourierId, int? FromWarehouseId, string? ToProvince, int FirstGrams, long FirstFen, int StepGrams, long AdditionalFen)
{
    /// <summary>First weight, then every started step.</summary>
    public long For(long grams) => FirstFen + (grams <= FirstGrams ? 0 : (grams - FirstGrams + StepGrams - 1) / StepGrams * AdditionalFen);
}

/// <param name="divisors">Per courier that bills bulky parcels by volume: cubic centimetres a kilogram.</param>
internal sealed class FreightRates(IEnumerable<FreightRate> rates, IReadOnlyDictionary<int, int>? divisors = null)
{
    private readonly Dictionary<(int Courier, int? Warehouse, string? Province), FreightRate> _rates = rates.ToDictionary(r => (r.CourierId, r.FromWarehouseId, r.ToProvince));

    /// <summary>The most exact rate counts: warehouse and province, then province, then warehouse, then the courier's general one. Null = the courier does not go there.</summary>
    public FreightRate? Find(int courierId, int warehouseId, string? province) =>
        _rates.GetValueOrDefault((courierId, warehouseId, province)) ?? _rates.GetValueOrDefault((courierId, null, province))
        ?? _rates.GetValueOrDefault((courierId, warehouseId, null)) ?? _rates.GetValueOrDefault((courierId, null, null));

    public long? Fen(int courierId, int warehouseId, string? province, int grams, int volumeCm3) =>
        Find(courierId, warehouseId, province)?.For(BilledGrams(courierId, grams, volumeCm3));

    /// <summary>The real weight or, where the courier has a divisor and it is more, the volume as kilograms; started grams count.</summary>
    public long BilledGrams(int courierId, int grams, int volumeCm3) =>
        volumeCm3 > 0 && divisors is not null && divisors.TryGetValue(courierId, out var divisor) ? Math.Max(grams, (volumeCm3 * 1000L + divisor - 1) / divisor) : grams;
}
