using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using OrderHub.Platform.Accounts;
using OrderHub.Platform.Results;

namespace OrderHub.Inventory.Snapshots;

/// <param name="Warehouse">Warehouse code.</param>
/// <param name="TakenAt">When the figures were true; at most 31 days ago.</param>
/// <param name="Complete">True: SKUs that are not named have nothing in stock.</param>
internal sealed record SnapshotRequest(string SnapshotId, string Warehouse, DateTimeOffset TakenAt, IReadOnlyList<SnapshotRequestLine> Lines, bool Complete = false);

/// <param name="Sku">SKU code.</param>
/// <param name="OnHand">Sellable pieces in the warehouse.</param>
/// <param name="InTransit">Announced and not arrived; left out = not known.</param>
internal sealed record SnapshotRequestLine(string Sku, int OnHand, int? InTransit = null);

/// <param name="Differing">Lines whose figure is not ours; <paramref name="Unexplained"/> of them no document explains.</param>
/// <param name="Page">Where people see the bill.</param>
internal sealed record SnapshotReply(string SnapshotId, int Lines, int UnknownSkus, int Differing, int Unexplained, string Page);

internal static class SnapshotApi
{
    public static void MapSnapshots(this IEndpointRouteBuilder app) => app.MapPost("/api/v1/inventory/snapshots", ReceiveAsync)
        .RequireAuthorization(Policies.AdjustStock).WithTags("Stock").WithName("SendStockSnapshot")
        .WithSummary("A warehouse's own figures, compared with ours.")
        .WithDescription("For warehouse systems and third-party logistics. The same snapshotId of a warehouse again answers again and changes nothing. Stock is never changed by a snapshot: people accept what no document explains, under approval.")
        .Produces<SnapshotReply>().ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status422UnprocessableEntity);

    private static async Task<IResult> ReceiveAsync(SnapshotRequest request, ReceiveSnapshotHandler receive, CancellationToken ct)
    {
        var received = await receive.ReceiveAsync(new IncomingSnapshot(request.SnapshotId ?? "", request.Warehouse ?? "", request.TakenAt, request.Complete, [.. (request.Lines ?? []).Select(l => new TheirLine(l.Sku ?? "", l.OnHand, l.InTransit))]), ct);
        if (received.Error is { } error) return error.ToHttp();
        var answer = received.Value;
        return TypedResults.Ok(new SnapshotReply(request.SnapshotId!, answer.Lines, answer.UnknownSkus, answer.Differing, answer.Unexplained, $"/stock/snapshots/{answer.Id}"));
    }
}
