using OrderHub.Platform.Results;

namespace OrderHub.Channels.Imports;

internal static class ImportErrors
{
    public static readonly Error NotFound = new("channels.import_not_found", "没有这次导入，可能已被清理。", ErrorKind.NotFound);
    public static readonly Error MovedOn = new("channels.import_moved_on", "这次导入已经进到下一步，请刷新页面。", ErrorKind.Conflict);
    public static readonly Error FileGone = new("channels.import_file_gone", "文件已被清理，请重新上传。", ErrorKind.Conflict);
    public static Error FieldMissing(string field) => new("channels.import_field_missing", "还没有指定哪一列是“{0}”。", ErrorKind.Invalid, field);
}
