using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using OrderHub.Inventory.Adjustments;
using OrderHub.Inventory.Arrivals;
using OrderHub.Inventory.Batches;
using OrderHub.Inventory.Checks;
using OrderHub.Inventory.Contracts;
using OrderHub.Inventory.Counts;
using OrderHub.Inventory.Documents;
using OrderHub.Inventory.Freezes;
using OrderHub.Inventory.Health;
using OrderHub.Inventory.Kits;
using OrderHub.Inventory.Ledger;
using OrderHub.Inventory.Publishing;
using OrderHub.Inventory.Quotas;
using OrderHub.Inventory.Repairs;
using OrderHub.Inventory.Settings;
using OrderHub.Inventory.Snapshots;
using OrderHub.Inventory.Stock;
using OrderHub.Inventory.Transfers;
using OrderHub.Inventory.Variances;
using OrderHub.Platform.Data;
using OrderHub.Platform.Jobs;
using OrderHub.Platform.Verification;

namespace OrderHub.Inventory;

/// <summary>The central pool: what is where, who holds it, the papers that change it, and the proof that it is right.</summary>
public static class InventoryModule
{
    public static IServiceCollection AddInventory(this IServiceCollection services) => services
        .AddModuleAssembly(typeof(InventoryModule).Assembly)
        .AddScoped<IStockPool, StockPool>().AddScoped<IStockReader, ReadStock>().AddScoped<ListStock>().AddScoped<ReadSkuStock>()
        .AddScoped<PostStock>().AddScoped<ReadMovements>().AddScoped<ReadReservations>()
        .AddScoped<CheckDraft>().AddScoped<DocumentBook>().AddScoped<ReadDocument>().AddScoped<ListDocuments>().AddScoped<FormChoices>().AddScoped<OpenDocument>().AddScoped<DecideDocumentHandler>().AddScoped<CancelDocumentHandler>()
        .AddScoped<IStockReceipts, ReceiveStock>().AddScoped<OpenArrivalHandler>().AddScoped<ICustomerReturns, ExpectReturns>().AddScoped<ReceiveGoodsHandler>()
        .AddScoped<OpenTransferHandler>().AddScoped<ShipTransferHandler>().AddSingleton<ShippedBatches>()
        .AddScoped<IStockAdjustments, AdjustStock>().AddScoped<AdjustByCode>().AddScoped<OpenAdjustmentHandler>().AddScoped<ApprovalLimit>()
        .AddScoped<OpenCountHandler>().AddScoped<RecordCountHandler>().AddScoped<SubmitCountHandler>()
        .AddScoped<AssembleKitHandler>().AddScoped<FreezeStockHandler>()
        .AddScoped<SetPublishRule>().AddScoped<ReadSettings>().AddScoped<ChangeSettingsHandler>()
        .AddScoped<QuotaLedger>().AddScoped<SetQuotaHandler>().AddScoped<EndQuotaHandler>().AddScoped<ListQuotas>()
        .AddJob<TurnQuotasJob>("inventory.turn_quotas", every: TimeSpan.FromMinutes(1), title: "专享库存到点生效和退回")
        .AddSingleton<PickBatches>().AddScoped<IBatchPicks, ChooseBatches>().AddScoped<ListBatches>()
        .AddScoped<ReceiveSnapshotHandler>().AddScoped<ReadSnapshots>().AddScoped<AcceptSnapshotHandler>()
        .AddScoped<CompareWeek>().AddJob<ReportWeekJob>("inventory.report_week", cron: "0 0 7 ? * MON", title: "每周账实差异报告")
        .AddScoped<IStockRepair, RepairStock>().AddScoped<ShowRepair>().AddScoped<IStockHealth, ReadHealth>()
        .AddJob<CheckHealthJob>("inventory.check_health", every: TimeSpan.FromMinutes(5), title: "核对库存计数与台账")
        .AddScoped<IVerifyCheck, NeverOversold>().AddScoped<IVerifyCheck, CountersEqualMovements>().AddScoped<IVerifyCheck, ReservedEqualsReservations>().AddScoped<IVerifyCheck, MovementBalancesRun>()
        .AddScoped<IVerifyCheck, QuotasEqualDraws>().AddScoped<IVerifyCheck, BatchesEqualMovements>().AddScoped<IVerifyCheck, BatchPicksAreHeld>().AddScoped<IVerifyCheck, InTransitEqualsOpenDocuments>();

    public static IEndpointRouteBuilder MapInventory(this IEndpointRouteBuilder app)
    {
        app.MapStock();
        app.MapStockExport();
        app.MapDocumentExport();
        app.MapBatchExport();
        app.MapSnapshots();
        app.MapSnapshotExport();
        app.MapVarianceExport();
        return app;
    }
}
