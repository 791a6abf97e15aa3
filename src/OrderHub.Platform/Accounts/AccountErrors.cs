using OrderHub.Platform.Results;

namespace OrderHub.Platform.Accounts;

internal static class AccountErrors
{
    public static readonly Error NameMissing = new("accounts.name_missing", "请填写名称。", ErrorKind.Invalid);
    public static Error UnknownRole(string role) => new("accounts.unknown_role", "没有角色 {0}。可用角色：{1}", ErrorKind.Invalid, role, string.Join(", ", Roles.All));
    public static Error NameTaken(string name) => new("accounts.name_taken", "账号 {0} 已存在。", ErrorKind.Conflict, name);
    public static Error Refused(string reasons) => new("accounts.refused", "{0}", ErrorKind.Invalid, reasons);
}
