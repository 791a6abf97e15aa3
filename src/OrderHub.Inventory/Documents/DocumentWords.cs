using OrderHub.Platform.Components;

namespace OrderHub.Inventory.Documents;

/// <summary>How documents read and how addresses name them; the texts are localizer keys.</summary>
internal static class DocumentWords
{
    public static readonly IReadOnlyList<DocumentKind> Kinds = [DocumentKind.Receipt, DocumentKind.Transfer, DocumentKind.Return, DocumentKind.Adjustment, DocumentKind.Count, DocumentKind.Kit, DocumentKind.Freeze];

    public static string Kind(DocumentKind kind) => kind switch
    {
        DocumentKind.Receipt => "采购入库",
        DocumentKind.Transfer => "调拨",
        DocumentKind.Adjustment => "调整",
        DocumentKind.Count => "盘点",
        DocumentKind.Return => "退货入库",
        DocumentKind.Kit => "组装拆分",
        DocumentKind.Freeze => "冻结解冻",
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    public static string State(DocumentState state) => Sign(state).Word;

    public static StateSign Sign(DocumentState state) => state switch
    {
        DocumentState.Draft => new("waiting", "edit_note", "待发出"),
        DocumentState.Waiting => new("warehouse", "hourglass_empty", "待审批"),
        DocumentState.Open => new("allocated", "pending", "进行中"),
        DocumentState.Done => new("signed", "task_alt", "已完成"),
        DocumentState.Rejected => new("problem", "block", "已驳回"),
        DocumentState.Cancelled => new("waiting", "cancel", "已取消"),
        _ => throw new ArgumentOutOfRangeException(nameof(state)),
    };

    public static string Name(DocumentKind kind) => kind.ToString().ToLowerInvariant();
    public static string Name(DocumentState state) => state.ToString().ToLowerInvariant();
    public static DocumentKind? ParseKind(string? text) => Enum.TryParse<DocumentKind>(text, ignoreCase: true, out var kind) && Enum.IsDefined(kind) ? kind : null;
    public static DocumentState? ParseState(string? text) => Enum.TryParse<DocumentState>(text, ignoreCase: true, out var state) && Enum.IsDefined(state) ? state : null;
}
