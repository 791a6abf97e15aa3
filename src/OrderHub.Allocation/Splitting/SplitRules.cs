using Npgsql;
using OrderHub.Allocation.Contracts;
using OrderHub.Platform.Data;

namespace OrderHub.Allocation.Splitting;

/// <summary>When and how an order may go in several parcels; operations may change it.</summary>
/// <param name="FromFen">Orders of at least this amount are split over warehouses and by category; null = none is.</param>
/// <param name="MostParcels">Over so many warehouses at most.</param>
/// <param name="ParcelFen">What every parcel more costs besides its freight and packing: the buyer's patience, the second label, the questions.</param>
/// <param name="MaxGrams">A heavier order is packed in several parcels, whatever its amount; null = no bound. <paramref name="MaxCm3"/> likewise.</param>
/// <param name="Apart">Categories that travel with no other goods.</param>
internal sealed record SplitRules(long? FromFen = 10_000, int MostParcels = 3, long ParcelFen = 500, int? MaxGrams = null, int? MaxCm3 = null, IReadOnlyList<string>? Apart = null)
{
    /// <summary>Beyond this a person has to look.</summary>
    public const int Most = 10;
    public const int UsualGrams = 20_000, UsualCm3 = 100_000;

    internal const string Select = "select from_fen, most_parcels, parcel_fen, max_grams, max_cm3, apart from allocation_split_rules where id = 1";

    internal static SplitRules Read(NpgsqlDataReader r) => new(r.Nullable<long>(0), r.GetInt32(1), r.GetInt64(2), r.Nullable<int>(3), r.Nullable<int>(4), r.GetFieldValue<string[]>(5));

    public IReadOnlyList<string> Apart { get; init; } = Apart ?? [];

    /// <summary>Into several warehouses' parcels.</summary>
    public bool MaySplit(AllocationDemand demand) => demand.Units is not null && demand.AmountFen >= (FromFen ?? long.MaxValue);

    /// <summary>Whether one parcel is too small for it, or its goods may not lie together. Costs nothing where nothing is set.</summary>
    public bool Exceeds(AllocationDemand demand) => demand.Units is not null
        && (demand.WeightGrams > (MaxGrams ?? int.MaxValue) || demand.VolumeCm3 > (MaxCm3 ?? int.MaxValue)
            || Apart.Count > 0 && demand.Lines.Count > 1 && demand.Lines.Any(l => Apart.Contains(l.Category)) && demand.Lines.Any(l => l.Category != demand.Lines[0].Category));

    public bool Equals(SplitRules? other) => other is not null && (FromFen, MostParcels, ParcelFen, MaxGrams, MaxCm3) == (other.FromFen, other.MostParcels, other.ParcelFen, other.MaxGrams, other.MaxCm3)
        && Apart.SequenceEqual(other.Apart);

    public override int GetHashCode() => HashCode.Combine(FromFen, MostParcels, ParcelFen, MaxGrams, MaxCm3, Apart.Count);
}
