using Microsoft.AspNetCore.Components;
using OrderHub.Catalog.Contracts;
using OrderHub.Platform.Actions;
using OrderHub.Platform.Results;

namespace OrderHub.Orders.Locking;

/// <summary>When orders take stock: the rules, and what the shops do without one.</summary>
public sealed partial class LockRulePage
{
    private readonly CancellationTokenSource _left = new();
    private LockRuleList? _list;
    private Form? _form;
    private Error? _error;
    private string? _done;
    private int? _removing;
    private bool _busy;

    [Inject] private IActionRunner Actions { get; set; } = default!;

    /// <summary>A rule while it is written; the time in the largest unit it is whole in.</summary>
    private sealed class Form
    {
        public int? Id { get; init; }
        public string Shop { get; set; } = "";
        public string Sku { get; set; } = "";
        public string Promotion { get; set; } = "";
        public LockPolicy Policy { get; set; } = LockPolicy.OnOrder;
        public int Hold { get; set; } = 72;
        public int Unit { get; set; } = 60;

        public LockRuleDraft Draft => new(Id, Shop, Sku, Promotion, Policy, (int)Math.Clamp((long)Hold * Unit, 0, int.MaxValue));

        public static Form Of(LockRuleLine line)
        {
            var unit = Unit(line.Rule.UnpaidHoldMinutes);
            return new()
            {
                Id = line.Rule.Id, Shop = line.Shop?.Code ?? "", Sku = line.Sku?.Code ?? "", Promotion = line.Rule.PromotionType ?? "", Policy = line.Rule.Policy,
                Hold = line.Rule.UnpaidHoldMinutes / unit, Unit = unit,
            };

            static int Unit(int minutes) => minutes % 1440 == 0 ? 1440 : minutes % 60 == 0 ? 60 : 1;
        }
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender) await LoadAsync();
    }

    public void Dispose() => _left.Cancel();

    private async Task LoadAsync()
    {
        var read = await Actions.ReadAsync<EditLockRules, LockRuleList>((rules, ct) => rules.ListAsync(ct), _left.Token);
        if (_left.IsCancellationRequested) return;
        _error = read.Error ?? _error;
        if (read.IsOk) _list = read.Value;
        StateHasChanged();
    }

    private void Edit(LockRuleLine? line) => (_form, _removing, _error, _done) = (line is null ? new Form() : Form.Of(line), null, null, null);
    private void AskToRemove(int id) => (_form, _removing, _error, _done) = (null, id, null, null);

    private async Task SaveAsync()
    {
        if (_form is { } form && await ActAsync(rules => rules.SaveAsync(form.Draft, _left.Token), L["规则已保存，新来的订单马上按它占用。"])) _form = null;
    }

    private async Task RemoveAsync(int id)
    {
        if (await ActAsync(rules => rules.RemoveAsync(id, _left.Token), L["规则已删除。"])) _removing = null;
    }

    private async Task<bool> ActAsync(Func<EditLockRules, Task<Result>> act, string done)
    {
        if (_busy) return false;
        (_busy, _done, _error) = (true, null, null);
        var outcome = await Actions.RunAsync<EditLockRules>((rules, _) => act(rules), _left.Token);
        (_busy, _error, _done) = (false, outcome.Error, outcome.IsOk ? done : null);
        if (outcome.IsOk) await LoadAsync();
        return outcome.IsOk;
    }

    private string Hold(int minutes) => minutes % 1440 == 0 ? L["{0} 天", minutes / 1440] : minutes % 60 == 0 ? L["{0} 小时", minutes / 60] : L["{0} 分钟", minutes];
}

internal static class LockWords
{
    public static readonly IReadOnlyList<string> Promotions = ["normal", "presale", "group", "live", "flash", "gift"];

    public static string Policy(LockPolicy policy) => policy == LockPolicy.OnOrder ? "下单占用" : "付款占用";

    /// <summary>A platform's own word stays as it is.</summary>
    public static string Promotion(string type) => type switch
    {
        "normal" => "普通", "presale" => "预售", "group" => "拼团", "live" => "直播", "flash" => "秒杀", "gift" => "赠品",
        _ => type,
    };
}
