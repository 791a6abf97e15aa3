using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using OrderHub.AfterSales.Contracts;
using OrderHub.Orders.Contracts;
using OrderHub.Platform.Data;
using OrderHub.Platform.Jobs;
using OrderHub.Platform.Outbox;
using OrderHub.Platform.Verification;
using OrderHub.Reconciliation.Checks;
using OrderHub.Reconciliation.Contracts;
using OrderHub.Reconciliation.MoneyLedger;
using OrderHub.Reconciliation.Settlements;

namespace OrderHub.Reconciliation;

public static class ReconciliationModule
{
    public static IServiceCollection AddReconciliation(this IServiceCollection services) => services
        .AddModuleAssembly(typeof(ReconciliationModule).Assembly)
        .AddNoReplayFile()
        .AddConsumer<OrderPaid, BookPayments>(BookPayments.Consumer)
        .AddConsumer<RefundDone, BookRefunds>(BookRefunds.Consumer)
        .AddScoped<IDailySettlement, SettleDay>()
        .AddScoped<ReadSettlements>()
        .AddScoped<SettlementWorkbook>()
        .AddJob<DailySettlementJob>("reconciliation.daily-settlement", cron: "0 30 1 * * ?", title: "结算前一天")
        .AddScoped<IVerifyCheck, ReceivablesCheck>()
        .AddScoped<IVerifyCheck, RefundsCheck>()
        .AddScoped<IVerifyCheck, FeesCheck>()
        .AddScoped<IVerifyCheck, DocumentsCheck>()
        .AddScoped<IVerifyCheck, SettlementsCheck>()
        .AddScoped<IVerifyCheck, ReplayCheck>();

    /// <summary>Unless the host names a file to compare with.</summary>
    private static IServiceCollection AddNoReplayFile(this IServiceCollection services)
    {
        services.TryAddSingleton(new VerifyOptions(ReplayCsv: null));
        return services;
    }

    public static IEndpointRouteBuilder MapReconciliation(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapSettlementDownloads();
        return endpoints;
    }
}
