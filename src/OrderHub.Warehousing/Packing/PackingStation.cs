using OrderHub.Platform.Results;
using OrderHub.Warehousing.Contracts;
using OrderHub.Warehousing.Handover;
using OrderHub.Warehousing.PickTasks;

namespace OrderHub.Warehousing.Packing;

/// <summary>The one door to the packer's slices.</summary>
internal sealed class PackingStation(ClaimTaskHandler claim, ReleaseTaskHandler release, ScanItemHandler scan, PackParcelHandler pack,
    UnpackParcelHandler unpack, HandOverHandler handOver) : IPackingStation
{
    public Task<Result<PackTask>> ClaimAsync(ClaimTask command, CancellationToken ct) => claim.HandleAsync(command, ct);
    public Task<Result> ReleaseAsync(TaskKey task, CancellationToken ct) => release.HandleAsync(task, ct);
    public Task<Result<ScanAnswer>> ScanAsync(ScanItem item, CancellationToken ct) => scan.HandleAsync(item, ct);
    public Task<Result<PackedParcel>> PackAsync(TaskKey task, CancellationToken ct) => pack.HandleAsync(task, ct);
    public Task<Result> UnpackAsync(TaskKey task, CancellationToken ct) => unpack.HandleAsync(task, ct);
    public Task<Result<HandoverAnswer>> HandOverAsync(HandOverParcels command, CancellationToken ct) => handOver.HandleAsync(command, ct);
}
