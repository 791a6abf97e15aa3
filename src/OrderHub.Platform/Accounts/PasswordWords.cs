using Microsoft.AspNetCore.Identity;
using OrderHub.Platform.Texts;

namespace OrderHub.Platform.Accounts;

/// <summary>Identity's refusals in the page's language.</summary>
internal sealed class PasswordWords(HubLocalizer texts) : IdentityErrorDescriber
{
    public override IdentityError PasswordTooShort(int length) => Say(nameof(PasswordTooShort), texts["密码至少 {0} 位。", length]);
    public override IdentityError PasswordRequiresDigit() => Say(nameof(PasswordRequiresDigit), texts["密码要有数字。"]);
    public override IdentityError PasswordRequiresLower() => Say(nameof(PasswordRequiresLower), texts["密码要有小写字母。"]);
    public override IdentityError PasswordRequiresUpper() => Say(nameof(PasswordRequiresUpper), texts["密码要有大写字母。"]);
    public override IdentityError PasswordRequiresUniqueChars(int uniqueChars) => Say(nameof(PasswordRequiresUniqueChars), texts["密码至少要有 {0} 个不同的字符。", uniqueChars]);
    public override IdentityError PasswordMismatch() => Say(nameof(PasswordMismatch), texts["当前密码不对。"]);
    public override IdentityError DuplicateUserName(string userName) => Say(nameof(DuplicateUserName), texts["账号 {0} 已存在。", userName]);
    public override IdentityError InvalidUserName(string? userName) => Say(nameof(InvalidUserName), texts["账号名只能用字母、数字和 - . _ @ +。"]);

    private static IdentityError Say(string code, string words) => new() { Code = code, Description = words };
}
