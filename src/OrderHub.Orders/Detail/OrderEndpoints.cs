using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using OrderHub.Orders.Contracts;
using OrderHub.Orders.Flow;
using OrderHub.Platform.Accounts;
using OrderHub.Platform.Results;
using OrderHub.Platform.Units;

namespace OrderHub.Orders.Detail;

internal sealed record ReasonJson(string? Reason);

internal static class OrderEndpoints
{
    public static void MapOne(this RouteGroupBuilder orders)
    {
        orders.MapGet("/{no}", async (string no, ReadOrderDetail detail, IEnumerable<IOrderDetailSource> sources, CancellationToken ct) =>
            {
                if (await detail.HandleAsync(no, ct) is not { } found) return OrdersErrors.NotFound(no).ToHttp();
                var json = OrderJson.From(found);
                foreach (var source in sources)
                    if (await source.ReadAsync(found.Head.Id, ct) is { } more) json.More[source.Name] = more;
                return TypedResults.Ok(json);
            })
            .WithName("GetOrder").WithSummary("One order with lines, reservations, warehouse decision and timeline")
            .WithDescription("`no` is the hub's order number (H…). Parcels and what other modules know are added under their own names.")
            .Produces<OrderJson>().ProducesProblem(StatusCodes.Status404NotFound)
            .RequireAuthorization(Policies.ReadOrders);

        orders.MapPost("/{no}/approve", (string no, ReasonJson body, ApproveReview approve, CancellationToken ct) =>
                OrderNo.TryParse(no, out var id) ? ToHttpAsync(approve.HandleAsync(id, body.Reason ?? "", ct)) : NotFoundAsync(no))
            .WithName("ApproveOrder").WithSummary("Lets an order in REVIEW go on").WithDescription("The reason is kept on the timeline and in the audit trail.")
            .Produces(StatusCodes.Status204NoContent).Refuses().RequireAuthorization(Policies.HandleOrders);

        orders.MapPost("/{no}/cancel", (string no, ReasonJson body, CancelOrder cancel, CancellationToken ct) =>
                OrderNo.TryParse(no, out var id) ? ToHttpAsync(cancel.HandleAsync(id, body.Reason ?? "", ct)) : NotFoundAsync(no))
            .WithName("CancelOrder").WithSummary("Cancels an order that has not left the warehouse")
            .WithDescription("Releases its stock. The money is refunded on the platform, not here. Cancelling twice changes nothing.")
            .Produces(StatusCodes.Status204NoContent).Refuses().RequireAuthorization(Policies.HandleOrders);
    }

    private static RouteHandlerBuilder Refuses(this RouteHandlerBuilder endpoint) => endpoint
        .ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict).ProducesProblem(StatusCodes.Status422UnprocessableEntity);

    private static async Task<IResult> ToHttpAsync(Task<Result> action) => (await action).ToHttp();

    private static Task<IResult> NotFoundAsync(string no) => Task.FromResult(OrdersErrors.NotFound(no).ToHttp());
}
