using System.Globalization;
using Microsoft.AspNetCore.Components.Authorization;
using OrderHub.Platform.Actions;
using OrderHub.Platform.Results;
using OrderHub.Platform.Texts;
using OrderHub.Reconciliation.Contracts;

namespace OrderHub.Reconciliation.Settlements;

/// <summary>What the settlement pages share: settling a day by hand, and how days and figures are written.</summary>
internal static class SettleAction
{
    /// <summary>Auditors read settlements but do not make them.</summary>
    public const string Roles = Platform.Accounts.Roles.Admin + "," + Platform.Accounts.Roles.Finance;

    public static async Task<Result<SettlementReport>> RunAsync(IActionRunner actions, AuthenticationStateProvider authentication, DateOnly day, CancellationToken ct)
    {
        var user = (await authentication.GetAuthenticationStateAsync()).User;
        if (!Roles.Split(',').Any(user.IsInRole)) return ReconciliationErrors.MayNotSettle;
        return await actions.RunAsync<IDailySettlement, SettlementReport>(async (settlement, token) =>
        {
            var report = await settlement.SettleAsync(day, token);
            return report.Refusal is { } refusal ? refusal : report;
        }, ct);
    }

    public static string Words(HubLocalizer l, SettlementReport report) => report.Status == SettlementStatus.Settled
        ? l["{0} 已结算，第 {1} 版。", Text(report.Day), report.Revision]
        : l["{0} 的账没有变化，仍是第 {1} 版。", Text(report.Day), report.Revision];

    public static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
    public static string Text(long count) => count.ToString("N0", CultureInfo.InvariantCulture);

    public static DateOnly? Day(string? text) => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;
}
