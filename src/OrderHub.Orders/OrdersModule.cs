using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using OrderHub.Inventory.Contracts;
using OrderHub.Orders.Acceptance;
using OrderHub.Orders.Checks;
using OrderHub.Orders.Contracts;
using OrderHub.Orders.Detail;
using OrderHub.Orders.Figures;
using OrderHub.Orders.Flow;
using OrderHub.Orders.Listing;
using OrderHub.Orders.Locking;
using OrderHub.Orders.Reading;
using OrderHub.Orders.Routing;
using OrderHub.Orders.Shortages;
using OrderHub.Orders.Splitting;
using OrderHub.Orders.Upkeep;
using OrderHub.Platform.Data;
using OrderHub.Platform.Jobs;
using OrderHub.Platform.Outbox;
using OrderHub.Platform.Verification;

namespace OrderHub.Orders;

public static class OrdersModule
{
    public static IServiceCollection AddOrders(this IServiceCollection services) => services
        .AddModuleAssembly(typeof(OrdersModule).Assembly)
        .AddScoped<IOrderIntake, AcceptOrders>()
        .AddScoped<OrderWriter>()
        .AddSingleton<OrderIds>()
        .AddScoped<IOrderFlow, MoveOrders>()
        .AddScoped<PlaceAgain>()
        .AddScoped<Allocation.Contracts.IOrderDemands, OrderDemands>()
        .AddScoped<ApproveReview>()
        .AddScoped<MapOrderLine>()
        .AddScoped<CancelOrder>()
        .AddSingleton<LockRuleCache>()
        .AddScoped<EditLockRules>()
        .AddScoped<ServeShortages>()
        .AddScoped<CountShortages>()
        .AddScoped<ReadTriage>()
        .AddScoped<TriageDesk>()
        .AddScoped<SetPriority>()
        .AddScoped<MarkVip>()
        .AddScoped<Relocate>()
        .AddScoped<RouteByHand>()
        .AddScoped<SplitOrder>()
        .AddScoped<RouteAgain>()
        .AddScoped<IOrderRouting, RouteAgain>()
        .AddConsumer<StockChanged, WakeShortages>(WakeShortages.Consumer, WakeShortages.Wants)
        .AddScoped<ISellerNotes, SellerNotes>()
        .AddScoped<IOrderReader, ReadOrders>()
        .AddScoped<IOrderCounts, CountOrders>()
        .AddScoped<IOrderReports, ReportOrders>()
        .AddScoped<IOrderSiblings, FindSiblings>()
        .AddScoped<ListOrders>()
        .AddScoped<OrderDesk>()
        .AddScoped<ExportOrders>()
        .AddScoped<ReadOrderDetail>()
        .AddConsumer<OrderMoved, KeepFigures>(KeepFigures.Moves)
        .AddConsumer<OrderPaid, KeepFigures>(KeepFigures.Payments, KeepFigures.Wants)
        .AddJob<RetryShortages>("orders.retry-shortages", every: TimeSpan.FromSeconds(15), title: "缺货订单重新分仓")
        .AddJob<WatchShortages>("orders.watch-shortages", every: TimeSpan.FromMinutes(1), title: "缺货告警")
        .AddJob<ReleaseUnpaid>("orders.release-unpaid", every: TimeSpan.FromMinutes(1), title: "释放超时未付款的占用")
        .AddScoped<IVerifyCheck, EveryOrderOnce>()
        .AddScoped<IVerifyCheck, LinesComplete>()
        .AddScoped<IVerifyCheck, TimelineTellsState>()
        .AddScoped<IVerifyCheck, PaidMeansPaid>()
        .AddScoped<IVerifyCheck, ShortagesAreKept>()
        .AddScoped<IVerifyCheck, HoldsFitOrders>()
        .AddScoped<IVerifyCheck, FiguresAgree>();

    public static IEndpointRouteBuilder MapOrders(this IEndpointRouteBuilder app)
    {
        var orders = app.MapGroup("/api/v1/orders").WithTags("Orders");
        orders.MapList();
        orders.MapOne();
        app.MapExports();
        app.MapTriageExport();
        return app;
    }
}
