using System.Net.Sockets;
using System.Security.Authentication;

namespace OrderHub.Platform.Notifications.Senders;

internal sealed class SmtpMail(SmtpAccounts accounts, TimeProvider clock) : IMessageSender
{
    private static readonly TimeSpan AtMost = TimeSpan.FromSeconds(30), UntilSetUp = TimeSpan.FromMinutes(5);
    public TargetKind Kind => TargetKind.Email;

    public async Task<SendOutcome> SendAsync(Recipient recipient, Letter letter, CancellationToken ct)
    {
        if (await accounts.FindAsync(ct) is not { } account) return SendOutcome.Later("smtp: no mail server is set up", UntilSetUp);
        var to = Addresses(recipient.Address);
        using var patience = new CancellationTokenSource(AtMost, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, patience.Token);
        try
        {
            await using var server = await SmtpConversation.StartAsync(account, either.Token);
            var partly = await server.SendAsync(account.FromAddress, to, MailText.Of(account, to, letter), either.Token);
            return SendOutcome.Sent with { Error = partly };
        }
        catch (SmtpRefusal refusal)
        {
            return refusal.MayPass ? SendOutcome.Later("smtp " + refusal.Message) : SendOutcome.Refused("smtp " + refusal.Message);
        }
        catch (AuthenticationException untrusted)
        {
            return SendOutcome.Later("smtp tls: " + untrusted.Message);
        }
        catch (Exception unreachable) when (unreachable is SocketException or IOException)
        {
            return SendOutcome.Later("network: " + unreachable.Message);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return SendOutcome.Later("network: timeout");
        }
    }

    public static string[] Addresses(string text) => text.Split([',', ';', '，', '；', ' ', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
