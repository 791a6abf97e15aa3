using Microsoft.Extensions.DependencyInjection;
using OrderHub.Platform.Data;
using OrderHub.Platform.Notifications;
using OrderHub.Platform.Notifications.Sending;
using OrderHub.Platform.Notifications.Settings;
using OrderHub.Platform.Results;
using OrderHub.Sandbox;

namespace OrderHub.PostgresTests.Alerts;

public sealed class SendingTests : IAsyncLifetime
{
    private readonly AlertWorld world = new();

    public Task InitializeAsync() => world.InitializeAsync();
    public Task DisposeAsync() => world.DisposeAsync();

    [Fact]
    public async Task A_host_that_dies_after_the_commit_leaves_the_message_to_the_next_one()
    {
        await world.AddGroupAsync();
        await using (var dying = world.StartHost())
            await dying.GetRequiredService<Platform.Data.HubDatabase>().RunAsync(tx => world.Incidents.OpenAsync(tx, new("test.pull", "tb"), new(new("拉取失败"), [], null, []), default), default);
        await using var next = world.StartHost();
        await world.SendAsync(next);
        world.WeCom.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_host_that_dies_while_it_sends_lets_the_message_go_by_time()
    {
        var target = await world.AddGroupAsync();
        await world.OpenAsync("tb");
        (await world.Host.GetRequiredService<NotificationQueue>().ClaimAsync(target, default)).ShouldNotBeNull(); // and then nothing more is heard of this host
        await using var next = world.StartHost();
        await world.SendAsync(next);
        world.WeCom.ShouldBeEmpty();
        world.Clock.Advance(TimeSpan.FromMinutes(2));
        await world.SendAsync(next);
        await world.SendAsync();
        world.WeCom.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Several_hosts_send_each_message_once_and_in_order()
    {
        await world.AddGroupAsync();
        for (var i = 0; i < 12; i++) await world.OpenAsync($"s{i}", $"第 {i} 件");
        await using var other = world.StartHost();
        for (var round = 0; round < 12; round++) await Task.WhenAll(world.SendAsync(), world.SendAsync(other));
        world.WeCom.Select(m => m.Text.Split("第 ")[1].Split(' ')[0]).ShouldBe(Enumerable.Range(0, 12).Select(i => $"{i}"));
    }

    [Fact]
    public async Task A_flood_becomes_one_digest_and_the_critical_one_still_stands_alone()
    {
        await world.AddGroupAsync();
        for (var i = 0; i < 40; i++) await world.OpenAsync($"s{i}", $"第 {i} 件");
        await world.OpenAsync("fire", "授权已过期", isCritical: true);
        await world.SendAsync();
        world.WeCom.Count.ShouldBe(2);
        var digest = world.WeCom.Single(m => m.Text.Contains("汇总", StringComparison.Ordinal));
        digest.Text.ShouldContain("40 条消息，其中告警 40 条");
        digest.Text.ShouldContain("第 39 件");
        digest.Text.ShouldContain($"({AlertWorld.PublicUrl}/incidents)");
        world.WeCom.Single(m => m != digest).Text.ShouldContain("授权已过期");
    }

    [Fact]
    public async Task A_robot_never_gets_more_than_twenty_messages_in_a_minute()
    {
        await world.AddGroupAsync();
        for (var i = 0; i < 60; i++)
        {
            await world.OpenAsync($"s{i}", $"第 {i} 件", isCritical: i % 2 == 0);
            await world.SendAsync();
        }
        world.WeCom.Count.ShouldBe(20);
        (await StatesAsync()).ShouldNotContain((short)NotificationState.Refused); // the robot, which counts for itself, never had to refuse
        for (var minute = 0; minute < 3; minute++)
        {
            world.Clock.Advance(TimeSpan.FromSeconds(70));
            await world.SendAsync();
        }
        (await StatesAsync()).ShouldAllBe(s => s == (short)NotificationState.Sent);
        var told = string.Concat(world.WeCom.Select(m => m.Text));
        Enumerable.Range(0, 60).Where(i => !told.Contains($"第 {i} 件", StringComparison.Ordinal)).ShouldBeEmpty();
    }

    [Fact]
    public async Task While_the_robot_is_down_messages_wait_and_keep_their_order()
    {
        await world.AddGroupAsync();
        world.Sandbox.Messages.IsDown = true;
        await world.OpenAsync("a", "第一件");
        await world.SendAsync();
        await world.OpenAsync("b", "第二件");
        await world.SendAsync();
        world.WeCom.ShouldBeEmpty();
        world.Sandbox.Messages.IsDown = false;
        world.Clock.Advance(TimeSpan.FromMinutes(1));
        await world.SendAsync();
        world.WeCom.Select(m => m.Title.Contains("第一件", StringComparison.Ordinal)).ShouldBe([true, false]);
    }

    [Fact]
    public async Task A_robot_that_was_removed_is_asked_once_and_the_refusal_is_kept()
    {
        await world.AddTargetAsync(new(null, "已解散的群", TargetKind.WeCom, world.WeComUrl.ToString().Replace("5f0c3c2e", "00000000", StringComparison.Ordinal)));
        await world.OpenAsync("tb");
        for (var i = 0; i < 3; i++)
        {
            await world.SendAsync();
            world.Clock.Advance(TimeSpan.FromHours(2));
        }
        var kept = (await world.Database.QueryAsync("select state, attempts, last_error from platform_notifications", r => (r.GetInt16(0), r.GetInt32(1), r.GetString(2)), default)).ShouldHaveSingleItem();
        kept.ShouldBe(((short)NotificationState.Refused, 1, "93000 invalid webhook url, hint: [sandbox]"));
    }

    [Fact]
    public async Task A_mail_arrives_with_its_chinese_subject_readable()
    {
        await world.AddMailServerAsync();
        await world.AddTargetAsync(new(null, "店长", TargetKind.Email, "manager@spruce.example, boss@spruce.example"));
        await world.OpenAsync("tb", "云杉生活旗舰店（天猫）：订单拉取失败，请尽快处理 🚚");
        await world.SendAsync();
        var mail = world.Sandbox.Messages.Of("smtp").ShouldHaveSingleItem();
        mail.Title.ShouldBe("【告警】云杉生活旗舰店（天猫）：订单拉取失败，请尽快处理 🚚");
        mail.To.ShouldBe("manager@spruce.example, boss@spruce.example");
        mail.Text.ShouldContain("错误：http.503: 平台暂时无法服务");
        mail.Text.ShouldContain($"{AlertWorld.PublicUrl}/channels/tb-demo");
    }

    [Fact]
    public async Task An_english_target_is_told_in_english()
    {
        await world.AddTargetAsync(new(null, "office", TargetKind.WeCom, world.WeComUrl.ToString(), InEnglish: true));
        await world.ConnectAsync("http://127.0.0.1:9/taobao", world.Clock.GetUtcNow());
        await world.PatrolAsync();
        await world.SendAsync();
        var text = string.Concat(world.WeCom.Select(m => m.Text)).Replace("淘宝测试店", "", StringComparison.Ordinal);
        text.ShouldContain("the authorisation has expired");
        text.ShouldContain("Orders waiting to be shipped: 0");
        text.ShouldNotMatch(@"\p{IsCJKUnifiedIdeographs}");
    }

    [Fact]
    public async Task Secrets_are_neither_in_the_database_nor_in_the_log_nor_on_the_page()
    {
        await world.AddMailServerAsync();
        await world.AddGroupAsync();
        await world.AddTargetAsync(new(null, "钉钉", TargetKind.DingTalk, world.DingTalkUrl.ToString(), SandboxCredentials.DingTalkSecret));
        var dead = await world.AddTargetAsync(new(null, "断线的群", TargetKind.WeCom, "http://127.0.0.1:9/send?key=" + SandboxCredentials.WeComRobotKey));
        await world.AddTargetAsync(new(null, "店长", TargetKind.Email, "manager@spruce.example"));
        await world.OpenAsync("tb");
        await world.SendAsync();
        (await world.InScopeAsync<TryTarget, Result>(attempt => attempt.HandleAsync(dead, default))).IsOk.ShouldBeFalse();
        world.Sandbox.Messages.All.Count.ShouldBe(3);

        string[] secrets = [SandboxCredentials.WeComRobotKey, SandboxCredentials.DingTalkToken, SandboxCredentials.DingTalkSecret, SandboxCredentials.MailPassword];
        var places = new List<string> { string.Join('\n', await world.InScopeAsync<ManageTargets, IReadOnlyList<TargetRow>>(t => t.ListAsync(default))), $"{await world.InScopeAsync<ManageSmtp, SmtpView?>(s => s.ReadAsync(default))}" };
        lock (world.Log) places.AddRange(world.Log);
        foreach (var table in new[] { "platform_notification_targets", "platform_notifications", "platform_notification_sends", "platform_smtp_servers", "platform_incidents", "platform_audit" })
            places.AddRange(await world.Database.QueryAsync($"select t::text from {table} t", r => r.GetString(0), default));
        places.Count.ShouldBeGreaterThan(20);
        places.Where(p => secrets.Any(s => p.Contains(s, StringComparison.Ordinal))).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_target_that_is_switched_off_gets_no_old_news_later()
    {
        var target = await world.AddGroupAsync();
        world.Sandbox.Messages.IsDown = true;
        await world.OpenAsync("tb");
        await world.SendAsync();
        world.Sandbox.Messages.IsDown = false;
        await world.InScopeAsync<ManageTargets, Result>(targets => targets.EnableAsync(target, false, default));
        await world.InScopeAsync<ManageTargets, Result>(targets => targets.EnableAsync(target, true, default));
        world.Clock.Advance(TimeSpan.FromHours(1));
        await world.SendAsync();
        world.WeCom.ShouldBeEmpty();
        (await StatesAsync()).ShouldBe([(short)NotificationState.Dropped]);
    }

    [Fact]
    public async Task A_test_message_shows_what_the_platform_answered()
    {
        var good = await world.AddGroupAsync();
        var unsigned = await world.AddTargetAsync(new(null, "没填密钥", TargetKind.DingTalk, world.DingTalkUrl.ToString()));
        (await world.InScopeAsync<TryTarget, Result>(attempt => attempt.HandleAsync(good, default))).Error.ShouldBeNull();
        world.WeCom.ShouldHaveSingleItem().Text.ShouldContain("测试消息：运营群 已接通");
        (await world.InScopeAsync<TryTarget, Result>(attempt => attempt.HandleAsync(unsigned, default))).Error!.Text.ShouldContain("310000 invalid timestamp");
    }

    [Fact]
    public async Task Editing_a_target_keeps_the_key_that_nobody_typed_again()
    {
        var target = await world.AddGroupAsync();
        await world.AddTargetAsync(new(target, "改了名的群", TargetKind.WeCom, null));
        (await world.InScopeAsync<TryTarget, Result>(attempt => attempt.HandleAsync(target, default))).Error.ShouldBeNull();
        var row = (await world.InScopeAsync<ManageTargets, IReadOnlyList<TargetRow>>(t => t.ListAsync(default))).ShouldHaveSingleItem();
        (row.Name, row.Shown).ShouldBe(("改了名的群", $"{world.Sandbox.BaseAddress.Authority} …{SandboxCredentials.WeComRobotKey[^4..]}"));
    }

    private Task<List<short>> StatesAsync() => world.Database.QueryAsync("select state from platform_notifications", r => r.GetInt16(0), default);
}
