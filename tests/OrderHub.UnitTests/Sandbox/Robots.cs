using System.Globalization;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Configuration;
using OrderHub.Platform.Notifications;
using OrderHub.Platform.Notifications.Senders;
using OrderHub.Sandbox;

namespace OrderHub.UnitTests.Sandbox;

/// <summary>The played robots and the mail server refuse what the real ones refuse.</summary>
public sealed class Robots : IAsyncLifetime
{
    private static readonly Letter News = new("n1", MessageTone.Alarm, "拉取失败", ["错误：503"], null, "", DateTimeOffset.UnixEpoch);
    private readonly HttpClient _http = new();
    private SandboxSetup _setup = null!;

    private SandboxWorld World => _setup.World;

    public async Task InitializeAsync() => _setup = await SandboxSetup.StartAsync();

    public async Task DisposeAsync()
    {
        _http.Dispose();
        await _setup.DisposeAsync();
    }

    [Fact]
    public async Task WeCom_wants_its_key_a_known_type_and_a_text_within_its_bytes()
    {
        (await WeComAsync("wrong-key-0000", Text("x"))).ShouldBe(93000);
        (await WeComAsync(SandboxCredentials.WeComRobotKey, new { msgtype = "poem" })).ShouldBe(40008);
        (await WeComAsync(SandboxCredentials.WeComRobotKey, Text(""))).ShouldBe(44004);
        (await WeComAsync(SandboxCredentials.WeComRobotKey, Text(new string('错', 683)))).ShouldBe(40058);
        (await WeComAsync(SandboxCredentials.WeComRobotKey, Text(new string('错', 682)))).ShouldBe(0);
        (await WeComAsync(SandboxCredentials.WeComRobotKey, new { msgtype = "markdown", markdown = new { content = new string('a', 4097) } })).ShouldBe(40058);
        World.Messages.All.Count.ShouldBe(1);
    }

    [Fact]
    public async Task WeCom_takes_twenty_a_minute_and_more_a_minute_later()
    {
        for (var i = 0; i < 20; i++) (await WeComAsync(SandboxCredentials.WeComRobotKey, Text("x"))).ShouldBe(0);
        (await WeComAsync(SandboxCredentials.WeComRobotKey, Text("x"))).ShouldBe(45009);
        _setup.Clock.Ahead += TimeSpan.FromSeconds(61);
        (await WeComAsync(SandboxCredentials.WeComRobotKey, Text("x"))).ShouldBe(0);
    }

    [Fact]
    public async Task DingTalk_wants_a_fresh_and_true_signature()
    {
        var now = _setup.Clock.GetUtcNow();
        (await DingTalkAsync(now, SandboxCredentials.DingTalkSecret)).ShouldBe((0, "ok"));
        (await DingTalkAsync(now.AddMinutes(-59), SandboxCredentials.DingTalkSecret)).ShouldBe((0, "ok"));
        (await DingTalkAsync(now.AddMinutes(-61), SandboxCredentials.DingTalkSecret)).ShouldBe((310000, "invalid timestamp"));
        (await DingTalkAsync(now.AddMinutes(61), SandboxCredentials.DingTalkSecret)).ShouldBe((310000, "invalid timestamp"));
        (await DingTalkAsync(now, "SECwrong")).ShouldBe((310000, "sign not match"));
        (await PostAsync($"dingtalk/robot/send?access_token={SandboxCredentials.DingTalkToken}", Text("x"))).ShouldBe((310000, "invalid timestamp"));
        (await PostAsync("dingtalk/robot/send?access_token=unknown", Text("x"))).Code.ShouldBe(300001);
    }

    [Fact]
    public async Task DingTalk_in_keyword_mode_wants_its_word()
    {
        var url = $"dingtalk/robot/send?access_token={SandboxCredentials.DingTalkKeywordToken}";
        (await PostAsync(url, Text("拉取失败"))).ShouldBe((310000, "keywords not in content"));
        (await PostAsync(url, Text($"{SandboxCredentials.DingTalkKeyword} 拉取失败"))).Code.ShouldBe(0);
    }

    [Fact]
    public async Task DingTalk_punishes_the_twenty_first_message_with_ten_minutes()
    {
        for (var i = 0; i < 20; i++) (await DingTalkAsync(_setup.Clock.GetUtcNow(), SandboxCredentials.DingTalkSecret)).Code.ShouldBe(0);
        (await DingTalkAsync(_setup.Clock.GetUtcNow(), SandboxCredentials.DingTalkSecret)).Code.ShouldBe(130101);
        _setup.Clock.Ahead += TimeSpan.FromMinutes(9);
        (await DingTalkAsync(_setup.Clock.GetUtcNow(), SandboxCredentials.DingTalkSecret)).Code.ShouldBe(130101);
        _setup.Clock.Ahead += TimeSpan.FromMinutes(2);
        (await DingTalkAsync(_setup.Clock.GetUtcNow(), SandboxCredentials.DingTalkSecret)).Code.ShouldBe(0);
    }

    [Fact]
    public async Task The_mail_server_wants_a_sign_in_and_known_receivers()
    {
        (await MailAsync("a@spruce.example", SandboxCredentials.MailPassword)).ShouldBe(SendOutcome.Sent);
        (await MailAsync("a@spruce.example", "wrong")).ShouldBe(SendOutcome.Refused("smtp 535 5.7.8 Authentication credentials invalid"));
        (await MailAsync("a@spruce.example", null)).ShouldBe(SendOutcome.Refused("smtp 530 5.7.0 Authentication required"));
        (await MailAsync("nobody@spruce.example", SandboxCredentials.MailPassword)).ShouldBe(SendOutcome.Refused("smtp 550 5.1.1 User unknown"));
        (await MailAsync("nobody@spruce.example, b@spruce.example", SandboxCredentials.MailPassword)).ShouldBe(SendOutcome.Sent with { Error = "1/2: 550 5.1.1 User unknown" });
        World.Messages.Of("smtp").Select(m => m.To).ShouldBe(["a@spruce.example", "b@spruce.example"]);
    }

    [Fact]
    public async Task No_password_is_sent_to_a_mail_server_that_does_not_encrypt_as_asked()
    {
        (await MailAsync("a@spruce.example", SandboxCredentials.MailPassword, "StartTls")).ShouldBe(SendOutcome.Refused("smtp 502 STARTTLS is not offered"));
        (await MailAsync("a@spruce.example", SandboxCredentials.MailPassword, "Tls")).Result.ShouldBe(SendResult.Later);
    }

    [Fact]
    public async Task What_arrived_can_be_looked_at()
    {
        await WeComAsync(SandboxCredentials.WeComRobotKey, Text("<b>缺货预警</b>"));
        (await _http.GetStringAsync(new Uri(World.BaseAddress, "messages"))).ShouldContain("&lt;b&gt;缺货预警");
        (await _http.GetStringAsync(new Uri(World.BaseAddress, "messages.json"))).ShouldContain("\"channel\":\"wecom\"");
    }

    private static object Text(string content) => new { msgtype = "text", text = new { content } };

    private async Task<int> WeComAsync(string key, object body) => (await PostAsync($"wecom/cgi-bin/webhook/send?key={key}", body)).Code;

    private Task<(int Code, string Words)> DingTalkAsync(DateTimeOffset at, string secret)
    {
        var timestamp = at.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
        var sign = Convert.ToBase64String(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes($"{timestamp}\n{secret}")));
        return PostAsync($"dingtalk/robot/send?access_token={SandboxCredentials.DingTalkToken}&timestamp={timestamp}&sign={Uri.EscapeDataString(sign)}", Text("x"));
    }

    private async Task<(int Code, string Words)> PostAsync(string path, object body)
    {
        using var answer = await _http.PostAsJsonAsync(new Uri(World.BaseAddress, path), body);
        answer.StatusCode.ShouldBe(System.Net.HttpStatusCode.OK);
        var json = await answer.Content.ReadFromJsonAsync<JsonElement>();
        return (json.GetProperty("errcode").GetInt32(), json.GetProperty("errmsg").GetString()!);
    }

    private Task<SendOutcome> MailAsync(string to, string? password, string security = "None")
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["OrderHub:Smtp:Host"] = "127.0.0.1", ["OrderHub:Smtp:Port"] = World.SmtpPort.ToString(CultureInfo.InvariantCulture), ["OrderHub:Smtp:Security"] = security,
            ["OrderHub:Smtp:UserName"] = password is null ? null : SandboxCredentials.MailUser, ["OrderHub:Smtp:Password"] = password, ["OrderHub:Smtp:FromAddress"] = "hub@spruce.example",
        }).Build();
        return new SmtpMail(new SmtpAccounts(null!, null!, configuration), TimeProvider.System).SendAsync(new(TargetKind.Email, to, null, null), News, default);
    }
}
