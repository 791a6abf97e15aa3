using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace OrderHub.Platform.Notifications;

/// <summary>Robot keys, signing secrets and the mail password: ciphertext in the database, plain only for the call.</summary>
internal sealed class NotificationSecrets(IDataProtectionProvider protection)
{
    private readonly IDataProtector _protector = protection.CreateProtector("OrderHub.Notifications.Secrets");

    public string Protect(string secret) => _protector.Protect(secret);

    /// <returns>Null when this installation's keys cannot read it.</returns>
    public string? TryReveal(string cipher)
    {
        try
        {
            return _protector.Unprotect(cipher);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
