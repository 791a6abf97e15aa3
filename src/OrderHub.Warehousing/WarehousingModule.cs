using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using OrderHub.Orders.Contracts;
using OrderHub.Platform.Data;
using OrderHub.Platform.Jobs;
using OrderHub.Platform.Outbox;
using OrderHub.Platform.Verification;
using OrderHub.Warehousing.Checks;
using OrderHub.Warehousing.Contracts;
using OrderHub.Warehousing.Floor;
using OrderHub.Warehousing.Handover;
using OrderHub.Warehousing.Labels;
using OrderHub.Warehousing.Merging;
using OrderHub.Warehousing.Packing;
using OrderHub.Warehousing.Parcels;
using OrderHub.Warehousing.PickTasks;
using OrderHub.Warehousing.Tracking;

namespace OrderHub.Warehousing;

/// <summary>From an allocated order to a signed parcel: pick, check, label, hand over, track; and the packer's phone pages.</summary>
public static class WarehousingModule
{
    public static IServiceCollection AddWarehousing(this IServiceCollection services)
    {
        services.AddModuleAssembly(typeof(WarehousingModule).Assembly);
        services.AddOptions<WarehousingOptions>().BindConfiguration("OrderHub:Warehousing");
        services.AddOptions<WaybillOptions>().BindConfiguration("OrderHub:Waybills");
        services.AddOptions<TrackingOptions>().BindConfiguration("OrderHub:Tracking");
        services.AddHttpClient<IWaybillProvider, Kuaidi100Waybills>();
        services.AddHttpClient<ICourierTracking, Kuaidi100Tracking>(http => http.Timeout = TimeSpan.FromSeconds(15));

        return services
            .AddConsumer<OrderMoved, FollowOrders>("warehousing.pick-tasks", FollowOrders.Wants)
            .AddScoped<ClaimTaskHandler>().AddScoped<ReleaseTaskHandler>().AddScoped<RejectTaskHandler>().AddScoped<ReadTask>().AddScoped<ListTasks>()
            .AddScoped<ScanItemHandler>().AddScoped<PackParcelHandler>().AddScoped<UnpackParcelHandler>()
            .AddScoped<HandOverHandler>().AddScoped<ListWaiting>()
            .AddSingleton<MergeRuleCache>().AddScoped<MergeOrders>().AddScoped<MergeDesk>().AddScoped<SaveMergeRule>()
            .AddScoped<ReadLabel>().AddScoped<ReadPlace>()
            .AddScoped<IPackingStation, PackingStation>()
            .AddScoped<IParcelReader, ReadParcels>().AddScoped<IOrderLookup, ReadParcels>()
            .AddScoped<ReadOrderParcels>().AddScoped<IOrderDetailSource, ReadOrderParcels>()
            .AddSingleton(new OrderDetailPart("包裹", typeof(OrderParcels), Order: 10))
            .AddScoped<IWarehouseFloor, CountFloor>()
            .AddScoped<TakeCourierNewsHandler>().AddScoped<RenewSubscriptionHandler>().AddScoped<ReadTracked>()
            .AddJob<SubscribeParcelsJob>("warehousing.subscribe-tracking", TimeSpan.FromSeconds(5), title: "订阅包裹物流")
            .AddJob<AskForQuietParcelsJob>("warehousing.ask-for-quiet-parcels", TimeSpan.FromMinutes(5), title: "查询久无消息的包裹")
            .AddJob<CompleteSignedJob>("warehousing.complete-signed", TimeSpan.FromMinutes(1), title: "签收期满的订单转完成")
            .AddJob<MergeSiblingsJob>("warehousing.merge-siblings", TimeSpan.FromSeconds(15), title: "同一买家的订单自动合单")
            .AddScoped<IVerifyCheck, PackedTasksAreScanned>()
            .AddScoped<IVerifyCheck, MergedTasksFit>()
            .AddScoped<IVerifyCheck, ParcelsAgreeWithOrders>();
    }

    public static void MapWarehousing(this IEndpointRouteBuilder endpoints) => endpoints.MapTrackingPush();
}
