namespace OrderHub.Fake.Packing;

/// <summary>A bad sample: what <see cref="ArchitectureTests.SurfaceTests"/> must reject.</summary>
public sealed class PackParcelHandler;
