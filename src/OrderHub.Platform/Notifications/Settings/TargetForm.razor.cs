using Microsoft.AspNetCore.Components;
using OrderHub.Platform.Actions;
using OrderHub.Platform.Results;

namespace OrderHub.Platform.Notifications.Settings;

/// <summary>One target. What is stored secretly is never brought back to the browser: an empty field keeps it.</summary>
public sealed partial class TargetForm
{
    private string _name = "", _address = "", _secret = "", _keyword = "";
    private TargetKind _kind = TargetKind.WeCom;
    private bool _english, _busy;
    private Error? _error;

    /// <summary>Null = a new one.</summary>
    [Parameter] public TargetRow? Target { get; set; }
    [Parameter] public EventCallback<string> OnSaved { get; set; }
    [Parameter] public EventCallback OnCancelled { get; set; }
    [Inject] private IActionRunner Actions { get; set; } = default!;

    private string AddressHint => Target is not null ? L["不改就留空（{0}）", Target.Shown] : _kind switch
    {
        TargetKind.Email => L["多个地址用逗号隔开"],
        TargetKind.WeCom => "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=…",
        _ => "https://oapi.dingtalk.com/robot/send?access_token=…",
    };

    protected override void OnInitialized()
    {
        if (Target is { } target) (_name, _kind, _keyword, _english) = (target.Name, target.Kind, target.Keyword ?? "", target.InEnglish);
    }

    private async Task SaveAsync()
    {
        if (_busy) return;
        (_busy, _error) = (true, null);
        var draft = new TargetDraft(Target?.Id, _name, _kind, _address, _kind == TargetKind.DingTalk ? _secret : null, _kind == TargetKind.DingTalk ? _keyword : null, _english);
        var saved = await Actions.RunAsync<ManageTargets, long>((targets, ct) => targets.SaveAsync(draft, ct));
        (_busy, _error) = (false, saved.Error);
        if (saved.IsOk) await OnSaved.InvokeAsync(_name.Trim());
    }
}
