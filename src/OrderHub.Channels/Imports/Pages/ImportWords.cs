using OrderHub.Channels.Imports.Runs;
using OrderHub.Orders.Contracts;
using OrderHub.Platform.Components;

namespace OrderHub.Channels.Imports.Pages;

/// <summary>States as the pages say them; words are localizer keys.</summary>
internal static class ImportWords
{
    public static StateSign Sign(ImportState state) => state switch
    {
        ImportState.Draft => new("waiting", "table_view", "待确认列"),
        ImportState.Checking => new("paid", "fact_check", "检查中"),
        ImportState.Checked => new("warehouse", "rule", "待导入"),
        ImportState.Importing => new("paid", "upload", "导入中"),
        ImportState.Done => new("signed", "task_alt", "已导入"),
        ImportState.Cancelled => new("waiting", "block", "已停止"),
        ImportState.Failed => new("problem", "error", "中断"),
        _ => throw new ArgumentOutOfRangeException(nameof(state)),
    };

    /// <summary>Which of the wizard's three steps a state belongs to.</summary>
    public static int Step(ImportState state) => state switch { ImportState.Draft => 1, ImportState.Checking or ImportState.Checked => 2, _ => 3 };
}
