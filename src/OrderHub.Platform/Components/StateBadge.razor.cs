using Microsoft.AspNetCore.Components;

namespace OrderHub.Platform.Components;

public sealed partial class StateBadge
{
    /// <summary>State code of the outside contract (<c>PENDING_PAYMENT</c>, <c>ALLOCATED</c>…). An unknown code is shown as it is, in grey.</summary>
    [Parameter, EditorRequired] public string Code { get; set; } = "";

    /// <summary>Shown on hover: why the order is in this state.</summary>
    [Parameter] public string? Hint { get; set; }

    /// <summary>A held order is shown as frozen whatever its state; the state moves into the hover text.</summary>
    [Parameter] public bool Frozen { get; set; }

    private StateSign Sign => Frozen ? StateSign.Frozen : StateSign.Of(Code);
}

/// <summary>How a state looks and reads.</summary>
/// <param name="Tone">Suffix of the CSS class; the colours stand in the host's app.css.</param>
/// <param name="Icon">Name in the Material Symbols font.</param>
/// <param name="Word">Chinese, a localizer key.</param>
public sealed record StateSign(string Tone, string Icon, string Word)
{
    public static readonly StateSign Frozen = new("frozen", "ac_unit", "已冻结");

    private static readonly Dictionary<string, StateSign> Known = new(StringComparer.OrdinalIgnoreCase)
    {
        ["PENDING_PAYMENT"] = new("waiting", "hourglass_empty", "待付款"),
        ["REVIEW"] = new("problem", "rule", "待审核"),
        ["PAID"] = new("paid", "payments", "已付款"),
        ["SHORTAGE"] = new("problem", "production_quantity_limits", "缺货"),
        ["ALLOCATED"] = new("allocated", "warehouse", "已分仓"),
        ["PACKED"] = new("warehouse", "package_2", "已打包"),
        ["SHIPPED"] = new("shipped", "local_shipping", "已发货"),
        ["SIGNED"] = new("signed", "task_alt", "已签收"),
        ["COMPLETED"] = new("signed", "verified", "已完成"),
        ["CANCELLED"] = new("waiting", "block", "已取消"),
        ["RETURNED"] = new("waiting", "assignment_return", "已退货"),
    };

    public static StateSign Of(string code) => Known.GetValueOrDefault(code) ?? new("waiting", "help", code);

    public static IReadOnlyDictionary<string, StateSign> All => Known;
}
