using OrderHub.Sandbox.Gateway;

namespace OrderHub.Sandbox;

/// <summary>All an outside client needs to talk to the world.</summary>
public sealed record SandboxDescription(IReadOnlyList<SandboxSimulator> Simulators)
{
    internal static SandboxDescription Of(Uri address, ShopTokens tokens) => new(
    [
        Shop(address, tokens, SandboxPlatform.Taobao, "taobao", ["POST /router/rest"], Taobao.TaobaoMethods.Names),
        Shop(address, tokens, SandboxPlatform.Jd, "jd", ["GET|POST /routerjson"], Jd.JdMethods.Names),
        Shop(address, tokens, SandboxPlatform.Pinduoduo, "pinduoduo", ["POST /api/router"], Pinduoduo.PinduoduoMethods.Names),
        Shop(address, tokens, SandboxPlatform.Douyin, "douyin", [.. Douyin.DouyinMethods.Names.Select(m => "POST /" + m.Replace('.', '/'))], Douyin.DouyinMethods.Names),
        Shop(address, tokens, SandboxPlatform.Kuaishou, "kuaishou", [.. Kuaishou.KuaishouMethods.Names.Select(m => "GET|POST /" + m.Replace('.', '/')), "POST /oauth2/refresh_token"], Kuaishou.KuaishouMethods.Names),
        Shop(address, tokens, SandboxPlatform.Mall, "mall", Mall.MallGateway.Paths, []),
        Shop(address, tokens, SandboxPlatform.WeChat, "wechat", WeChat.WeChatMethods.Paths, []),
        new("kuaidi100", Url(address, "kuaidi100"), ["POST /poll", "POST /poll/query.do"], [],
            SandboxCredentials.Kuaidi100Key, null, null, null, null, null) { Customer = SandboxCredentials.Kuaidi100Customer },
        new("kuaidi100-label", Url(address, "kuaidi100-label"), ["POST /label/order"], ["order"],
            SandboxCredentials.Kuaidi100Key, SandboxCredentials.Kuaidi100LabelSecret, null, null, null, null),
        new("wecom-robot", Url(address, "wecom"), [$"POST {Robots.WeComRobotGateway.Path}"], [], SandboxCredentials.WeComRobotKey, null, null, null, null, null),
        new("dingtalk-robot", Url(address, "dingtalk"), [$"POST {Robots.DingTalkRobotGateway.Path}"], [],
            SandboxCredentials.DingTalkToken, SandboxCredentials.DingTalkSecret, null, null, null, null),
    ]);

    private static SandboxSimulator Shop(Uri address, ShopTokens tokens, SandboxPlatform platform, string kind,
        IReadOnlyList<string> paths, IReadOnlyList<string> methods)
    {
        var shop = SandboxCredentials.Of(platform);
        return new(kind, Url(address, kind), paths, methods, shop.AppKey, shop.AppSecret,
            shop.AccessToken is null ? null : tokens.Current(platform), shop.RefreshToken, shop.ShopName, shop.ShopCode);
    }

    private static string Url(Uri address, string kind) => new Uri(address, kind).ToString();
}

/// <param name="BaseUrl">Without trailing slash; a path of <paramref name="Paths"/> follows directly.</param>
/// <param name="Methods">Method names where one path serves many methods.</param>
public sealed record SandboxSimulator(string Kind, string BaseUrl, IReadOnlyList<string> Paths, IReadOnlyList<string> Methods,
    string AppKey, string? AppSecret, string? AccessToken, string? RefreshToken, string? ShopName, string? ShopCode)
{
    /// <summary>Kuaidi100's customer number.</summary>
    public string? Customer { get; init; }
}
