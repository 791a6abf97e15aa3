using Microsoft.Extensions.DependencyInjection;
using OrderHub.AfterSales.Contracts;
using OrderHub.Channels.Adapters;
using OrderHub.Channels.Answers;
using OrderHub.Channels.Deliveries;
using OrderHub.Channels.Memos;
using OrderHub.Orders.Contracts;
using OrderHub.Platform.Results;

namespace OrderHub.PostgresTests.Channels;

/// <summary>What colleagues say to a platform: memos and answers to refunds.</summary>
public sealed class WriteBackTests(ChannelWorld world) : IClassFixture<ChannelWorld>
{
    [Fact]
    public async Task A_memo_is_on_the_order_at_once_and_on_the_platform_after()
    {
        var order = await OrderAsync("M-1");
        (await MemoAsync(order, "加急，电话联系", 1)).Error.ShouldBeNull();

        (await NoteAsync(order)).ShouldSatisfyAllConditions(n => n.Text.ShouldBe("加急，电话联系"), n => n.Flag.ShouldBe(1));
        await world.SendAllAsync(world.PulledShopId);
        world.Taobao.Memos.Where(m => m.OrderNo == "M-1").ShouldBe([("M-1", "加急，电话联系", 1)]);
        (await world.CountAsync("select count(*) from orders_timeline where order_id = $1 and what = '改卖家备注'", order)).ShouldBe(1);
    }

    [Fact]
    public async Task Only_the_newest_memo_is_told_and_the_same_one_never_twice()
    {
        var order = await OrderAsync("M-2");
        await MemoAsync(order, "一", 0);
        await MemoAsync(order, "二", 2);
        await MemoAsync(order, "二", 2);
        await world.SendAllAsync(world.PulledShopId);
        await MemoAsync(order, "二", 2);
        await world.SendAllAsync(world.PulledShopId);

        world.Taobao.Memos.Where(m => m.OrderNo == "M-2").ShouldBe([("M-2", "二", 2)]);
    }

    [Fact]
    public async Task An_old_version_pulled_before_the_write_back_does_not_swallow_the_memo()
    {
        var order = await OrderAsync("M-3");
        await MemoAsync(order, "留言", 3);
        world.Taobao.Publish(FakePlatform.Order("M-3", "M-3-SKU", version: 2), TimeProvider.System.GetUtcNow().AddSeconds(-30)); // the platform's memo is still empty
        await world.PullAsync();
        await world.SendAllAsync(world.PulledShopId);

        world.Taobao.Memos.ShouldContain(m => m.OrderNo == "M-3" && m.Memo == "留言");
        (await NoteAsync(order)).Text.ShouldBe("留言");
    }

    [Fact]
    public async Task A_memo_longer_than_the_platform_takes_is_refused_before_anything_changes()
    {
        var order = await OrderAsync("M-4");
        (await MemoAsync(order, "十一个汉字比三十字节长一些", 0)).Error!.Code.ShouldBe("channels.memo_too_long");
        (await MemoAsync(order, "好", 6)).Error!.Code.ShouldBe("channels.memo_flag");
        (await NoteAsync(order)).Text.ShouldBe("");
        world.Taobao.Abilities = world.Taobao.Abilities with { Actions = PlatformActions.AnswerRefund };
        (await MemoAsync(order, "好", 0)).Error!.Code.ShouldBe("channels.memo_unsupported");
        world.Taobao.Abilities = world.Taobao.Abilities with { Actions = PlatformActions.AnswerRefund | PlatformActions.Memo };
    }

    [Fact]
    public async Task An_answer_reaches_the_platform_once_however_often_it_is_given()
    {
        var refund = await RefundAsync("A-1", version: 7);
        (await AnswerAsync(refund, true, "")).Error.ShouldBeNull();
        (await AnswerAsync(refund, true, "")).Error.ShouldBeNull();
        await world.SendAllAsync(world.PulledShopId);
        (await AnswerAsync(refund, true, "")).Error.ShouldBeNull();
        await world.SendAllAsync(world.PulledShopId);

        world.Taobao.Answers.Where(a => a.RefundNo == "R-A-1").ShouldBe([new("R-A-1", "A-1", RefundKind.RefundOnly, true, 1000, "", 7)]);
        (await world.CountAsync("select count(*) from channels_deliveries where kind = 4 and subject = 'R-A-1'")).ShouldBe(1);
        (await world.CountAsync("select count(*) from orders_timeline t join orders_orders o on o.id = t.order_id where o.platform_order_no = 'A-1' and what = '同意退款'")).ShouldBe(1);
    }

    [Fact]
    public async Task Two_colleagues_who_answer_differently_at_once_are_one_answer()
    {
        var refund = await RefundAsync("A-2");
        var answers = await Task.WhenAll(AnswerAsync(refund, true, ""), AnswerAsync(refund, false, "已发货"));
        answers.Count(a => a.IsOk).ShouldBe(1);
        answers.Single(a => !a.IsOk).Error!.Code.ShouldBe("channels.answered_already");
        await world.SendAllAsync(world.PulledShopId);
        world.Taobao.Answers.Count(a => a.RefundNo == "R-A-2").ShouldBe(1);
    }

    [Fact]
    public async Task A_refused_answer_may_be_given_again_and_a_buyer_who_asks_anew_gets_a_new_one()
    {
        var refund = await RefundAsync("A-3", version: 1);
        world.Taobao.Troubles.Enqueue(new PlatformException("isv.refund-version", "version is old", isTransient: false));
        await AnswerAsync(refund, false, "凭证不足");
        await world.SendAllAsync(world.PulledShopId);
        (await AnswerAsync(refund, true, "")).Error.ShouldBeNull("the platform did not take the first");
        await world.SendAllAsync(world.PulledShopId);
        (await AnswerAsync(refund, false, "再想想")).Error!.Code.ShouldBe("channels.answered_already");

        await RefundAsync("A-3", version: 2);
        (await AnswerAsync(refund, false, "再次申请")).Error.ShouldBeNull();
        await world.SendAllAsync(world.PulledShopId);
        world.Taobao.Answers.Where(a => a.RefundNo == "R-A-3").Select(a => (a.Agree, a.Version)).ShouldBe([(true, 1L), (false, 2L)]);
    }

    [Fact]
    public async Task What_no_longer_waits_for_an_answer_gets_none()
    {
        var refund = await RefundAsync("A-4", version: 1);
        (await AnswerAsync(refund, false, " ")).Error!.Code.ShouldBe("channels.answer_reason_missing");
        await AnswerAsync(refund, true, "");
        await RefundAsync("A-4", version: 2, RefundStatus.Closed); // the buyer took it back
        await world.SendAllAsync(world.PulledShopId);

        world.Taobao.Answers.ShouldNotContain(a => a.RefundNo == "R-A-4");
        (await world.CountAsync("select count(*) from channels_deliveries where subject = 'R-A-4' and state = 5")).ShouldBe(1);
        (await AnswerAsync(refund, false, "晚了")).Error!.Code.ShouldBe("channels.answer_not_asked");
    }

    private async Task<long> OrderAsync(string no)
    {
        await world.StockedSkuAsync(no + "-SKU", 5);
        world.Taobao.Publish(FakePlatform.Order(no, no + "-SKU"), TimeProvider.System.GetUtcNow().AddMinutes(-1));
        await world.PullAsync();
        return await world.OneAsync("select id from orders_orders where platform_order_no = $1", r => r.GetInt64(0), no);
    }

    private async Task<long> RefundAsync(string orderNo, long version = 1, RefundStatus status = RefundStatus.Applied)
    {
        if (await world.CountAsync("select count(*) from orders_orders where platform_order_no = $1", orderNo) == 0) await OrderAsync(orderNo);
        var now = TimeProvider.System.GetUtcNow();
        await world.InScopeAsync<IRefundIntake, bool>(async intake =>
        {
            await world.Database.RunAsync(tx => intake.AcceptAsync(tx, [new(world.PulledShopId, "R-" + orderNo, version, orderNo, null, RefundKind.RefundOnly, status, 1000, 0, "不想要了", now, now)], default), default);
            return true;
        });
        return await world.OneAsync("select id from aftersales_refunds where refund_no = $1", r => r.GetInt64(0), "R-" + orderNo);
    }

    private Task<Result> MemoAsync(long order, string text, int flag) => world.InScopeAsync<WriteMemoHandler, Result>(h => h.HandleAsync(order, text, flag, default));

    private async Task<SellerNote> NoteAsync(long order) => (await world.InScopeAsync<ISellerNotes, SellerNote?>(n => n.FindAsync(order, default)))!;

    private Task<Result> AnswerAsync(long refund, bool agree, string reason) => world.InScopeAsync<AnswerRefundsHandler, Result>(h => h.HandleAsync(refund, agree, reason, default));
}
