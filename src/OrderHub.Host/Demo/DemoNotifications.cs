using OrderHub.Platform.Accounts;
using OrderHub.Platform.Notifications;
using OrderHub.Platform.Results;
using OrderHub.Sandbox;

namespace OrderHub.Host.Demo;

/// <summary>A WeCom group, a DingTalk group and a mailbox of the played world hear of the demo's troubles.</summary>
internal static class DemoNotifications
{
    public static async Task SeedAsync(IServiceProvider services, SandboxWorld sandbox, CancellationToken ct)
    {
        var setup = services.GetRequiredService<INotificationSetup>();
        if (!services.GetRequiredService<IConfiguration>().GetSection("OrderHub:Smtp").Exists())
            Check(await setup.SetUpAsync(new SmtpDraft("127.0.0.1", sandbox.SmtpPort, "None", SandboxCredentials.MailUser, SandboxCredentials.MailPassword, SandboxCredentials.MailUser, "OrderHub 订单中枢"), Actor.System, ct));
        Check(await setup.SetUpAsync(new TargetDraft(null, "运营值班群", TargetKind.WeCom, $"{sandbox.BaseAddress}wecom/cgi-bin/webhook/send?key={SandboxCredentials.WeComRobotKey}"), Actor.System, ct));
        Check(await setup.SetUpAsync(new TargetDraft(null, "渠道技术群", TargetKind.DingTalk, $"{sandbox.BaseAddress}dingtalk/robot/send?access_token={SandboxCredentials.DingTalkToken}", SandboxCredentials.DingTalkSecret), Actor.System, ct));
        Check(await setup.SetUpAsync(new TargetDraft(null, "店长邮箱", TargetKind.Email, "manager@spruce.example"), Actor.System, ct));
    }

    private static void Check(Result setUp)
    {
        if (setUp.Error is { } error) throw new InvalidOperationException(error.Text);
    }
}
