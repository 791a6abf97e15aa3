namespace OrderHub.Sandbox;

/// <summary>App keys, secrets and shop codes of the played shops. Constants, so that a demo seed can know them before the world starts.</summary>
public static class SandboxCredentials
{
    public static readonly SandboxShop Taobao = new(SandboxPlatform.Taobao, "tb-demo", "云杉生活旗舰店（天猫）",
        "23011111", "5b7c1e0f9a3d48628c4e7f10b2a6d935", "6100e23a9c7b41f58d0a6e3bTbDemoSession01", "6101a7TbDemoRefresh01");

    public static readonly SandboxShop Jd = new(SandboxPlatform.Jd, "jd-demo", "云杉生活京东旗舰店",
        "4F1C9A72E0B64D5D8A3710BE5C2F6D91", "c0d4be7a12f94e6f8b35a19d7e603c28", "jd8a1f0c6be24d7793JdDemoToken01", "jdJdDemoRefresh01");

    public static readonly SandboxShop Pinduoduo = new(SandboxPlatform.Pinduoduo, "pdd-demo", "云杉生活拼多多店",
        "9e4b7d21c0f84a6fb35d1e8a7c206f94", "a71f3c5e9b0d48627e4c1fb8d2a6935077aa01bc", "pdd5c81e0a97f3b42d6PddDemoToken01", "pddPddDemoRefresh01");

    public static readonly SandboxShop Douyin = new(SandboxPlatform.Douyin, "dy-demo", "云杉生活抖音小店",
        "7298410365021947181", "3f6b0c9d-71e8-4a25-9c4e-8d1fb2a60735", "dy-2b9e7c40-a15f-4d83-DyDemoToken01", "dy-DyDemoRefresh01");

    /// <summary>The own mall has an app id and a secret, used in both directions; no access token.</summary>
    public static readonly SandboxShop Mall = new(SandboxPlatform.Mall, "mini-demo", "云杉生活小程序商城",
        "mini-demo-app", "whsec_9d1f7b3c5e0a42688e4c7fb1", null, null);

    /// <summary>No refresh token: a new access token is asked for with the app's own credentials, and the grant's name stands in its place.</summary>
    public static readonly SandboxShop WeChat = new(SandboxPlatform.WeChat, "wx-demo", "云杉生活微信小店",
        "wx7d3f0c9a81e24b65", "5d0b8e7f41c94a2f9be36c1708ad52e3", "81_WxDemoAccessToken_0f6b", "client_credential");

    /// <summary>The app's two secrets, that for tokens and that for signatures, with a bar between.</summary>
    public static readonly SandboxShop Kuaishou = new(SandboxPlatform.Kuaishou, "ks-demo", "云杉生活快手小店",
        "ks701234567890123456", "mQ7xKsDemoAppSecret01|5d2c8e417fa94b06b3e19a7c60d2f845", "ChFvYXV0aC5hY2Nlc3NUb2tlbhKsDemoToken01", "ChJvYXV0aC5yZWZyZXNoVG9rZW4KsDemoRefresh01");

    public static IReadOnlyList<SandboxShop> Shops { get; } =
    [
        Taobao, Jd, Pinduoduo, Douyin, Mall,
        WeChat,
        Kuaishou,
    ];

    public const string Kuaidi100Customer = "8C1E0F9A3D4B5A69788796A5B4C3D2E1";
    public const string Kuaidi100Key = "VkTnQrDemo01";
    public const string Kuaidi100LabelSecret = "4a7f10b2a6d9355b7c1e0f9a3d48628c";

    public const string WeComRobotKey = "5f0c3c2e-8a41-4c6b-9d27-2f6f1b7ad0e1";
    public const string DingTalkToken = "b1946ac92492d2347c6235b4d2611184b1946ac92492d2347c6235b4d2611184";
    public const string DingTalkSecret = "SEC6cd3556deb0da54bca060b4c39479839591e6b1f1f2a4c0e9d7b8a5c3e2f1d0c";
    public const string DingTalkKeywordToken = "591785b794601e212b260e25925636fd591785b794601e212b260e25925636fd";
    public const string DingTalkKeyword = "云杉生活";
    public const string MailUser = "orderhub@spruce.example", MailPassword = "mail-9d1f7b3c5e0a";

    internal static SandboxShop Of(SandboxPlatform platform) => Shops.First(s => s.Platform == platform);
}

public sealed record SandboxShop(SandboxPlatform Platform, string ShopCode, string ShopName,
    string AppKey, string AppSecret, string? AccessToken, string? RefreshToken);
