namespace OrderHub.Allocation.Rules;

internal sealed record FreightRate(int CourierId, int? FromWarehouseId, string? ToProvince, int FirstGrams, long FirstFen, int StepGrams, long AdditionalFen)
{
    /// <summary>First weight, then every started step.</summary>
    public long For(int grams) => FirstFen + (grams <= FirstGrams ? 0 : (grams - FirstGrams + StepGrams - 1) / StepGrams * AdditionalFen);
}

internal sealed class FreightRates(IEnumerable<FreightRate> rates)
{
    private readonly Dictionary<(int Courier, int? Warehouse, string? Province), FreightRate> _rates = rates.ToDictionary(r => (r.CourierId, r.FromWarehouseId, r.ToProvince));

    /// <summary>The most exact rate counts: warehouse and province, then province, then warehouse, then the courier's general one. Null = the courier does not go there.</summary>
    public FreightRate? Find(int courierId, int warehouseId, string? province) =>
        _rates.GetValueOrDefault((courierId, warehouseId, province)) ?? _rates.GetValueOrDefault((courierId, null, province))
        ?? _rates.GetValueOrDefault((courierId, warehouseId, null)) ?? _rates.GetValueOrDefault((courierId, null, null));

    public long? Fen(int courierId, int warehouseId, string? province, int grams) => Find(courierId, warehouseId, province)?.For(grams);
}
